import Kamaelia

/// Waits until things have calmed down.
struct Debounce<T: Message>: GenericComponent {
  static var summary: String { "Passes on the last message of a burst, when nothing has followed it for a while." }
  static var answersLate: Bool { true }
  static var details: String {
    """
    A message is passed on when `quiet` has passed and no other has come; if one has, that takes its place and the time \
    begins anew. Where messages keep coming, `atMost` sees to it that the newest is passed on that long after the first \
    of the burst. All others are dropped on purpose. At the end, the message that still waits is passed on at once.

    Order is kept. Ends with the inbox. Keeps one message in memory.

        DirectoryWatch("src") -> Debounce(200ms) -> build
    """
  }
  static var sendsFewer: Bool { true }
  static var endsWithReaders: Bool { true }

  @Parameter("How long nothing must have come.", in: .nanoseconds(1)..., main: true) var quiet: Duration
  @Parameter(
    "How long a burst may go on before its newest message is passed on; without end if left out.",
    in: .nanoseconds(1)...)
  var atMost: Duration? = nil

  let inbox = Inbox<T>("A message, perhaps one of a burst.")
  let outbox = Outbox<T>("The last message of a burst.")

  static func specialised<A: Message>(for type: A.Type) -> any Component.Type { Debounce<A>.self }

  func main() async throws {
    var newest: T?
    var due: Instant?
    var latest: Instant?
    while true {
      let arrival = await inbox.next(until: due)
      let now = Time.now
      if let message = newest, due.map({ $0 <= now }) ?? false {
        try await outbox.send(message)
        newest = nil
        due = nil
      }
      switch arrival {
      case .message(let message):
        if newest == nil { latest = atMost.map { now + $0 } }
        newest = message
        due = min(now + quiet, latest ?? now + quiet)
      case .timeout: break
      case .finished:
        if let newest { try await outbox.send(newest) }
        return
      }
    }
  }
}
