/// What came of offering a message to a linkage.
@usableFromInline
enum Offer {
  case taken
  /// There is no room, and the policy is to wait.
  case full
  /// There is no room, and the policy is to fail.
  case refused
  /// The reader has left.
  case gone
}

/// The near end of a linkage, as an outbox of `M` sees it, whatever the far end takes.
@usableFromInline
class NearEnd<M: Message>: @unchecked Sendable {
  // The variables are touched on the writer's executor only.

  /// What took this linkage's place while the writer waited for room on it.
  var replacement: NearEnd<M>?
  /// Messages that others have got, or will, and this linkage has had no room for so far.
  var pending = 0
  /// Whether the graph has it no more, so that it is finished as soon as nothing is pending.
  var isLeaving = false

  func offer(_ message: M) -> Offer { preconditionFailure("a port is a linkage or converts for one") }
  func hasRoom(for message: M) -> Bool { preconditionFailure("a port is a linkage or converts for one") }
  var linkage: any AnyLinkage { preconditionFailure("a port is a linkage or converts for one") }
  /// The linkage's ring, where messages pass as they are and both ends may use it without asking anything else.
  var plainRing: Ring<M>? { nil }

  /// Whether messages may go along it by ``putQuickly(_:)``: it never has to wait or to fail, or is as good as a plain ring.
  var isQuick: Bool { false }
  /// Whether a message can go by ``putQuickly(_:)`` now, which is called next unless another linkage says no.
  func takesQuickly(_ message: M) -> Bool { false }
  /// Takes a message; its reader is woken when the activation ends, as with a plain ring.
  func putQuickly(_ message: M) { preconditionFailure("only what is quick takes messages so") }

  func letGoOfPending() {
    pending -= 1
    if isLeaving, pending == 0 { linkage.finish() }
  }
}

/// Changes the type of what passes, where a linkage widens: `Int -> Double`, anything `-> Any`, lists of JSON to an array.
final class Converter<M: Message, Target: Message>: NearEnd<M>, @unchecked Sendable {
  private let target: Linkage<Target>
  private let convert: @Sendable (M) -> Target
  /// The message that goes next, converted: so that it is so only once. On the writer's executor only.
  private var converted: Target?

  init(_ target: Linkage<Target>, _ convert: @escaping @Sendable (M) -> Target) {
    self.target = target
    self.convert = convert
  }

  override var linkage: any AnyLinkage { target }
  override func offer(_ message: M) -> Offer { target.offer(convert(message)) }
  override func hasRoom(for message: M) -> Bool { target.hasRoom(for: convert(message)) }
  override var isQuick: Bool { target.isQuick }

  override func takesQuickly(_ message: M) -> Bool {
    let message = convert(message)
    guard target.takesQuickly(message) else { return false }
    converted = message
    return true
  }

  override func putQuickly(_ message: M) {
    target.putQuickly(converted ?? convert(message))
    converted = nil
  }
}
