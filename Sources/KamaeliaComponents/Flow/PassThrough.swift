import Kamaelia

/// Changes nothing.
struct PassThrough<T: Message>: GenericComponent {
  static var summary: String { "Passes every message on as it is." }
  static var details: String {
    """
    Useful as a named place in a graph that several linkages lead to or from, and in place of a component that is not \
    there yet. Order is kept. Ends with its inbox. Keeps nothing in memory.

        [left, right] -> PassThrough() as all -> ConsoleWriter()
    """
  }
  static var endsWithReaders: Bool { true }

  let inbox = Inbox<T>("A message.")
  let outbox = Outbox<T>("The same message.")

  static func specialised<A: Message>(for type: A.Type) -> any Component.Type { PassThrough<A>.self }

  @specialized(where T == Int) @specialized(where T == Double) @specialized(where T == String)
  @specialized(where T == Bytes) @specialized(where T == JSON) @specialized(where T == AnyMessage)
  func main() async throws {
    for await message in inbox { try await outbox.send(message) }
  }
}
