import Kamaelia

/// Takes lists apart.
struct Unbatch<T: Message>: GenericComponent {
  static var summary: String { "Sends the elements of lists one by one." }
  static var details: String {
    """
    The opposite of Batch. Elements go in their order; an empty list sends nothing. Ends with the inbox. Keeps one list \
    in memory.

        numbers -> Batch(10) -> Unbatch() -> ConsoleWriter()
    """
  }
  static var endsWithReaders: Bool { true }

  let inbox = Inbox<[T]>("A list.")
  let outbox = Outbox<T>("An element of it.")

  static func specialised<A: Message>(for type: A.Type) -> any Component.Type { Unbatch<A>.self }

  func main() async throws {
    for await list in inbox {
      for element in list { try await outbox.send(element) }
    }
  }
}
