import Kamaelia
import KamaeliaRuntime

/// What came of running a component on a test bench.
public struct Outcome: Sendable {
  let ending: Ending?
  let arrivals: [String: [Arrival]]
  let isClosed: [String: Bool]
  /// What the component reported to the user.
  public let said: [String]
  /// The most bytes that waited at any time; nil where the memory had no limit.
  public let mostMemory: Int?

  /// What an outbox sent, in order.
  ///
  /// - Parameter type: the type of its messages; messages of another type are left out.
  public func messages<M: Message>(_ box: String, as type: M.Type) -> [M] {
    (arrivals[box] ?? []).compactMap { $0.message as? M ?? ($0.message as? AnyMessage)?.base as? M }
  }

  /// What an outbox sent as people read it, and how long after the start.
  public func timed(_ box: String) -> [(after: Duration, text: String)] {
    (arrivals[box] ?? []).map { (Duration.nanoseconds($0.moment.nanoseconds), $0.message.text) }
  }

  /// Whether an outbox was closed by the end.
  public func isClosed(_ box: String) -> Bool { isClosed[box] ?? true }

  /// Whether the component came to its end by itself.
  public var hasEnded: Bool { if case .finished = ending { true } else { false } }

  /// What the component failed with; nil if it did not fail.
  public var failure: String? {
    guard case .failed(let failures) = ending else { return nil }
    return failures.first?.message
  }
}
