import Kamaelia

/// Counts messages.
struct Count<T: Message>: GenericComponent {
  static var summary: String { "Counts messages, and says how many at the end and from time to time." }
  static var answersLate: Bool { true }
  static var details: String {
    """
    Sends the number at each interval `every`, whether or not anything came in it; after `each` so many messages; and at \
    the end, unless nothing has come since the last time. With neither it sends one number, at the end: 0 where nothing \
    came. With `reset` it counts anew after each number that it sends.

    A message counts for the interval in which it is taken from the inbox. Ends with the inbox. Keeps one number in \
    memory.

        errors -> Count(every: 5s) -> ConsoleWriter()
    """
  }
  static var sendsFewer: Bool { true }
  static var endsWithReaders: Bool { true }

  @Parameter("After which time to send the number.", in: .microseconds(1)..., main: true) var every: Duration? = nil
  @Parameter("After how many messages to send the number.", in: 1...) var each: Int? = nil
  @Parameter("Whether to count from 0 again after each number sent.") var reset = false

  let inbox = Inbox<T>("A message to count.")
  let outbox = Outbox<Int>("How many messages have come.")

  static func specialised<A: Message>(for type: A.Type) -> any Component.Type { Count<A>.self }

  @specialized(where T == Int) @specialized(where T == Double) @specialized(where T == String)
  @specialized(where T == Bytes) @specialized(where T == JSON) @specialized(where T == AnyMessage)
  func main() async throws {
    var count = 0
    var gathering = Gathering(inbox, each: each, every: every)
    while let event = await gathering.next() {
      switch event {
      case .message: count += 1
      case .report:
        try await outbox.send(count)
        if reset { count = 0 }
      }
    }
  }
}
