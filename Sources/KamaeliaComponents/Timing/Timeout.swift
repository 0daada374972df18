import Kamaelia

/// Notices silence.
struct Timeout<T: Message>: GenericComponent {
  static var summary: String { "Passes every message on, and says so when none has come for a while." }
  static var details: String {
    """
    When nothing has come for `after`, counted from the start or from the message before, `expired` says so, once; the \
    next message begins the count anew. With `again`, it says so after each further `after` of silence too. With \
    `ends`, it is at its end when it has said so, and its producers are stopped.

    Order is kept. Ends with the inbox; that is no silence. Keeps nothing in memory.

        heartbeats -> Timeout(30s) as alive -> Discard()
        alive.expired -> alarm
    """
  }
  static var sendsUnasked: Bool { true }
  static var answersLate: Bool { true }
  static var endsWithReaders: Bool { true }

  @Parameter("How long nothing must have come.", in: .nanoseconds(1)..., main: true) var after: Duration
  @Parameter("Whether it says so again as long as nothing comes.") var again = false
  @Parameter("Whether it ends when it has said so.") var ends = false
  @Parameter("What it says; \"nothing came for\" and the time if empty.") var message = ""

  let inbox = Inbox<T>("A message, which ends a silence.")
  let outbox = Outbox<T>("The same message.")
  let expired = Outbox<String>("What `message` says, when nothing has come for `after`.")

  static func specialised<A: Message>(for type: A.Type) -> any Component.Type { Timeout<A>.self }

  func main() async throws {
    var due: Instant? = Time.now + after
    while true {
      switch await inbox.next(until: due) {
      case .message(let message):
        try await outbox.send(message)
        due = Time.now + after
      case .timeout:
        try await expired.send(words)
        if ends { return }
        due = again ? Time.now + after : nil
      case .finished: return
      }
    }
  }

  private var words: String { message.isEmpty ? "nothing came for \(after.text)" : message }
}
