import Kamaelia

/// Sends each message twice.
struct Tee<T: Message>: GenericComponent {
  static var summary: String { "Sends every message to two outboxes." }
  static var details: String {
    """
    Each message goes to `outbox` first and then to `copy`; both have all messages in the order of the inbox, and the \
    slower reader sets the pace. Two linkages from one outbox do the same; Tee is for graphs in which the second way \
    deserves a name.

    Ends when the inbox is finished, or when the readers of both outboxes have left; while one is read, what is for the \
    other is dropped. Keeps nothing in memory.

        lines -> Tee() as split -> ConsoleWriter()
        split.copy -> FileWriter("all.log")
    """
  }
  static var endsWithReaders: Bool { true }

  let inbox = Inbox<T>("A message.")
  let outbox = Outbox<T>("Every message.")
  let copy = Outbox<T>("Every message as well.")

  static func specialised<A: Message>(for type: A.Type) -> any Component.Type { Tee<A>.self }

  @specialized(where T == Int) @specialized(where T == Double) @specialized(where T == String)
  @specialized(where T == Bytes) @specialized(where T == JSON) @specialized(where T == AnyMessage)
  func main() async throws {
    for await message in inbox {
      try await outbox.send(message)
      try await copy.send(message)
    }
  }
}
