import Kamaelia

/// Holds messages back.
struct Delay<T: Message>: GenericComponent {
  static var summary: String { "Passes every message on a while after it came." }
  static var answersLate: Bool { true }
  static var details: String {
    """
    Each message goes on `time` after it was taken from the inbox, later if the reader is slow. Order is kept, and so are \
    the gaps between messages. At the end, what is still held goes on in its time; then it ends.

    Keeps at most `capacity` messages in memory. When it holds so many, or the run has used up its memory \
    (`--max-memory`), further ones wait in the inbox, and their \
    producers with them: nothing is lost, and a message that had to wait goes on `time` after it was taken.

        steps -> Delay(250ms) -> lamp
    """
  }
  static var endsWithReaders: Bool { true }

  @Parameter("How long each message is held.", in: .zero..., main: true) var time: Duration
  @Parameter("How many messages are held at most.", in: 1...10_000_000) var capacity = 10_000

  let inbox = Inbox<T>("A message.")
  let outbox = Outbox<T>("The same message, later.")

  static func specialised<A: Message>(for type: A.Type) -> any Component.Type { Delay<A>.self }

  func main() async throws {
    var held = Queue<(due: Instant, message: T)>()
    var isFinished = false
    let kept = KeptBytes()
    while !isFinished || !held.isEmpty {
      if let first = held.first, isFinished || held.count >= capacity || kept.isFull {
        try await Time.sleep(until: first.due)
      } else {
        switch await inbox.next(until: held.first?.due) {
        case .message(let message):
          held.append((Time.now + time, message))
          kept.add(message)
        case .timeout: break
        case .finished: isFinished = true
        }
      }
      while let first = held.first, first.due <= Time.now {
        held.removeFirst()
        kept.remove(first.message)
        try await outbox.send(first.message)
      }
    }
  }
}
