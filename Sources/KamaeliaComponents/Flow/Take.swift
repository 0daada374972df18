import Kamaelia

/// Passes a beginning on.
struct Take<T: Message>: GenericComponent {
  static var summary: String { "Passes on the first messages, and then ends." }
  static var details: String {
    """
    Ends after `count` messages, when the time `for` has passed since its start, or with the inbox, whichever is first; \
    the producers that send to nobody else are stopped by that. Order is kept. Keeps nothing in memory.

        Ticks(1s) -> Take(10) -> ConsoleWriter()
    """
  }
  static var endsWithReaders: Bool { true }

  @Parameter("How many messages to pass on; without end if left out.", in: 0..., main: true) var count: Int? = nil
  @Parameter("For how long to pass messages on, from the start; without end if left out.", in: .zero...)
  var `for`: Duration? = nil

  let inbox = Inbox<T>("A message.")
  let outbox = Outbox<T>("One of the first messages.")

  static func specialised<A: Message>(for type: A.Type) -> any Component.Type { Take<A>.self }

  func check() throws(ParameterError) {
    if count == nil, `for` == nil { throw ParameterError("takes `count`, `for` or both") }
  }

  @specialized(where T == Int) @specialized(where T == Double) @specialized(where T == String)
  @specialized(where T == Bytes) @specialized(where T == JSON) @specialized(where T == AnyMessage)
  func main() async throws {
    let end = `for`.map { Time.now + $0 }
    var left = count ?? .max
    while left > 0, case .message(let message) = await inbox.next(until: end) {
      if let end, Time.now >= end { return }
      try await outbox.send(message)
      left -= 1
    }
  }
}
