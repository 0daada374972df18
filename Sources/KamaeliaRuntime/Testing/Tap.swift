import Kamaelia
import KamaeliaIO

/// A message that came out of a graph in a test, and when.
package struct Arrival: Sendable {
  package let moment: Instant
  package let message: any Message
}

/// The far end of a graph's outbox in a test: keeps what comes.
package protocol Tap: AnyObject, Sendable {
  var box: any AnyInbox { get }
  var arrivals: [Arrival] { get }
  /// When the outbox closed; nil while it is open.
  var closed: Instant? { get }
  /// On the host's executor, until the outbox closes.
  func run() async
}

/// A tap of messages of one type.
final class TypedTap<M: Message>: Tap {
  private struct State {
    var arrivals: [Arrival] = []
    var closed: Instant?
  }

  private let inbox = Inbox<M>("What the test takes.")
  private let state = Lock(State())

  var box: any AnyInbox { inbox }
  var arrivals: [Arrival] { state.withLock { $0.arrivals } }
  var closed: Instant? { state.withLock { $0.closed } }

  func run() async {
    for await message in inbox {
      let arrival = Arrival(moment: Time.now, message: message)
      state.withLock { $0.arrivals.append(arrival) }
    }
    let now = Time.now
    state.withLock { $0.closed = now }
  }
}
