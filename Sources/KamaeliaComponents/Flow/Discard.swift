import Kamaelia

/// Reads and forgets.
struct Discard<T: Message>: GenericComponent {
  static var summary: String { "Takes every message and does nothing with it." }
  static var details: String {
    """
    For an outbox that needs a reader and whose messages are of no interest. What comes is read as fast as it comes, so \
    that it never holds its producers up. Ends with its inbox. Keeps nothing in memory.

        parse.rejected -> Discard()
    """
  }

  let inbox = Inbox<T>("A message of no interest.")

  static func specialised<A: Message>(for type: A.Type) -> any Component.Type { Discard<A>.self }

  @specialized(where T == Int) @specialized(where T == Double) @specialized(where T == String)
  @specialized(where T == Bytes) @specialized(where T == JSON) @specialized(where T == AnyMessage)
  func main() async throws {
    for await _ in inbox {}
  }
}
