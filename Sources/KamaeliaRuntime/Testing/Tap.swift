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
  /// How many messages have come.
  var count: Int { get }
  /// When the outbox closed; nil while it is open.
  var closed: Instant? { get }
  /// Whether a literal of the language stands for that message. A literal that stands for none of the tap's type is compared
  /// with the message as JSON.
  func isMade(of literal: Value, _ message: any Message) -> Bool
  /// Takes no more messages than that; before it runs.
  func leave(after count: Int)
  /// On the host's executor, until the outbox closes.
  func run() async
}

/// A tap of messages of one type.
final class TypedTap<M: Message>: Tap {
  private struct State {
    var arrivals: [Arrival] = []
    var closed: Instant?
    var most = Int.max
  }

  private let inbox = Inbox<M>("What the test takes.")
  private let state = Lock(State())

  var box: any AnyInbox { inbox }
  var arrivals: [Arrival] { state.withLock { $0.arrivals } }
  var closed: Instant? { state.withLock { $0.closed } }
  var count: Int { state.withLock { $0.arrivals.count } }

  func isMade(of literal: Value, _ message: any Message) -> Bool {
    guard let expected = M(literal: literal) else {
      return JSON(literal: literal).map { $0.ordered == message.json.ordered } ?? false
    }
    return expected.text == message.text && expected.json.ordered == message.json.ordered
  }

  func leave(after count: Int) { state.withLock { $0.most = count } }

  func run() async {
    let most = state.withLock { $0.most }
    while count < most, let message = await inbox.next() {
      let arrival = Arrival(moment: Time.now, message: message)
      state.withLock { $0.arrivals.append(arrival) }
    }
    inbox.close()
    let now = Time.now
    state.withLock { $0.closed = now }
  }
}

extension JSON {
  /// The same with the members of objects in alphabetical order, to compare what means the same.
  fileprivate var ordered: JSON {
    switch self {
    case .array(let elements): .array(elements.map(\.ordered))
    case .object(let members):
      .object(members.map { Member($0.name, $0.value.ordered) }.sorted { $0.name < $1.name })
    default: self
    }
  }
}
