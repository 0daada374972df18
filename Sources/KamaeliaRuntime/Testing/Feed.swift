import Kamaelia
import KamaeliaIO

/// The near end of a graph's inbox in a test: sends what it is told to, in order.
package protocol Feed: AnyObject, Sendable {
  var box: any AnyOutbox { get }
  /// How many messages have gone out so far.
  var sent: Int { get }
  /// False where the inbox takes no such value.
  func send(_ literal: Value, at moment: Instant) -> Bool
  /// False where the message is of another type.
  func send(_ message: any Message, at moment: Instant) -> Bool
  /// Closes the inbox behind what was sent.
  func close()
  /// On the host's executor, until it is closed or its reader has left.
  func run() async
}

/// A feed of messages of one type.
final class TypedFeed<M: Message>: Feed {
  private enum Order: Sendable {
    case send(M, at: Instant)
    case close
  }

  private struct State {
    var orders: [Order] = []
    var next = 0
    var sent = 0
  }

  private let outbox = Outbox<M>("What the test sends.")
  private let state = Lock(State())
  private let waiter = Waiter()

  var box: any AnyOutbox { outbox }
  var sent: Int { state.withLock { $0.sent } }

  func send(_ literal: Value, at moment: Instant) -> Bool {
    guard let message = M(literal: literal) else { return false }
    add(.send(message, at: moment))
    return true
  }

  func send(_ message: any Message, at moment: Instant) -> Bool {
    guard let message = message as? M ?? (AnyMessage(message) as? M) else { return false }
    add(.send(message, at: moment))
    return true
  }

  func close() { add(.close) }

  private func add(_ order: Order) {
    state.withLock { $0.orders.append(order) }
    waiter.wake()
  }

  func run() async {
    defer { outbox.close() }
    while !Task.isCancelled {
      let order: Order? = state.withLock { state in
        guard state.next < state.orders.count else { return nil }
        state.next += 1
        return state.orders[state.next - 1]
      }
      switch order {
      case nil: await waiter.wait { state.withLock { $0.next < $0.orders.count } }
      case .close: return
      case .send(let message, let moment):
        do {
          try await Time.sleep(until: moment)
          try await outbox.send(message)
        } catch {
          return
        }
        state.withLock { $0.sent += 1 }
      }
    }
  }
}
