import Kamaelia

/// Keeps to a rate, by the generic cell rate algorithm (ITU-T I.371, A.1): the virtual scheduling form.
struct Throttle<T: Message>: GenericComponent {
  enum Excess: String, ChoiceParameter { case wait, reject }

  static var summary: String { "Lets messages pass no faster than a rate." }
  static var details: String {
    """
    The rate counts messages (`30/s`) or bytes (`10MiB/s`). After a pause, up to `burst` messages or `burstSize` bytes \
    pass at once; from then on each waits for its turn; where the system has woken it late, what \
    has been missed, of at most 100ms, follows at once. A message larger than `burstSize` passes alone.

    What comes too early waits in the inbox, and its producers with it: nothing is lost. With `excess: reject` it goes to \
    `rejected` at once instead, and is dropped where the graph does not link that. Order is kept within each outbox. Ends \
    with the inbox, or when the readers of both outboxes have left. Keeps at most one message in memory.

        lines -> Throttle(10/s, burst: 5) -> ConsoleWriter()
    """
  }
  static var endsWithReaders: Bool { true }

  @Parameter("How many messages or bytes may pass in a second.", in: Rate(perSecond: 0.001)..., main: true)
  var rate: Rate
  @Parameter("How many messages may pass at once after a pause, where the rate counts messages.", in: 1...1_000_000_000)
  var burst = 1
  @Parameter("How many bytes may pass at once after a pause, where the rate counts bytes.", in: Size(bytes: 1)...)
  var burstSize = Size.kibibytes(64)
  @Parameter("What happens to a message that comes too early.") var excess = Excess.wait

  let inbox = Inbox<T>("A message at any rate.")
  let outbox = Outbox<T>("A message, at the rate at most.")
  let rejected = Outbox<T>("A message that came too early, with `excess: reject`.")

  static func specialised<A: Message>(for type: A.Type) -> any Component.Type { Throttle<A>.self }

  @specialized(where T == Int) @specialized(where T == Double) @specialized(where T == String)
  @specialized(where T == Bytes) @specialized(where T == JSON) @specialized(where T == AnyMessage)
  func main() async throws {
    let start = Time.now
    let tolerance = time(for: rate.isBytes ? burstSize.bytes : burst)
    // When everything that has passed would have passed at the steady rate, as time since the start.
    var used = Duration.zero
    // How late it was woken, less what it has waited for messages since: that much is no pause.
    var late = Duration.zero
    while true {
      let asked = Time.now
      guard let message = await inbox.next() else { return }
      let now = Time.now
      late = max(late - (now - asked), .zero)
      let cost = time(for: rate.isBytes ? message.byteCount : 1)
      let busy = max(used, now - start - late)
      let due = start + (busy + cost - tolerance)
      if excess == .reject, due > now {
        try await rejected.send(message)
      } else {
        if due > now {
          try await Time.sleep(until: due)
          late = min(Time.now - due, .milliseconds(100))
        }
        used = busy + cost
        try await outbox.send(message)
      }
    }
  }

  /// How long so many messages or bytes take at the rate.
  private func time(for units: Int) -> Duration { .seconds(Double(units) / rate.perSecond) }
}
