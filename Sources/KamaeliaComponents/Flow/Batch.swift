import Kamaelia

/// Gathers messages into lists.
struct Batch<T: Message>: GenericComponent {
  static var summary: String { "Gathers messages into lists." }
  static var answersLate: Bool { true }
  static var details: String {
    """
    A list is sent when it has `size` messages, or when `within` has passed since its first message came, whichever is \
    earlier. No list is empty. At the end the last list is sent with what there is.

    Order is kept. Ends with the inbox. Keeps at most `size` messages in memory. Where these take more than the run may have \
    (`--max-memory`), the list is sent before it is full, with a warning.

        lines -> Batch(100, within: 1s) -> upload
    """
  }
  static var sendsFewer: Bool { true }
  static var endsWithReaders: Bool { true }

  @Parameter("How many messages make a list full.", in: 1...1_000_000, main: true) var size: Int
  @Parameter("How long a message waits at most for its list to be full.", in: .nanoseconds(1)...)
  var within: Duration? = nil

  let inbox = Inbox<T>("A message.")
  let outbox = Outbox<[T]>("Messages in the order in which they came.")

  static func specialised<A: Message>(for type: A.Type) -> any Component.Type { Batch<A>.self }

  @specialized(where T == Int) @specialized(where T == Double) @specialized(where T == String)
  @specialized(where T == Bytes) @specialized(where T == JSON) @specialized(where T == AnyMessage)
  func main() async throws {
    var batch: [T] = []
    var due: Instant?
    let kept = KeptBytes()
    while true {
      var isLast = false
      switch await inbox.next(until: due) {
      case .message(let message):
        if batch.isEmpty, let within { due = Time.now + within }
        batch.append(message)
        kept.add(message)
        if batch.count < size {
          guard kept.isTooMuch else { continue }
          kept.warnOnce("sends lists of fewer than \(size) messages, since `--max-memory` is used up")
        }
      case .timeout: break
      case .finished: isLast = true
      }
      kept.removeAll()
      if !batch.isEmpty { try await outbox.send(batch) }
      if isLast { return }
      batch = []
      due = nil
    }
  }
}
