import KamaeliaIO

/// The boxes and parameters of a component in the order in which they were made: each tells of itself where somebody asks.
///
/// This costs a fraction of reflection. What each of them is called is found by reflection once a type (``MemberNames``).
package struct MemberRoll {
  package fileprivate(set) var inboxes: [any AnyInbox] = []
  package fileprivate(set) var outboxes: [any AnyOutbox] = []
  package fileprivate(set) var inboxArrays: [any AnyInboxArray] = []
  package fileprivate(set) var outboxArrays: [any AnyOutboxArray] = []
  fileprivate var parameters: [any AnyParameter] = []

  fileprivate init() {}

  fileprivate init(_ members: Members) {
    inboxes = members.inboxes.map(\.box)
    outboxes = members.outboxes.map(\.box)
    inboxArrays = members.inboxArrays.map(\.boxes)
    outboxArrays = members.outboxArrays.map(\.boxes)
    parameters = members.parameters.map(\.parameter)
  }

  /// Sets a parameter.
  ///
  /// - Parameter number: of the parameter, in the order of the roll.
  /// - Throws: why the value does not fit; the checker has said so before.
  package func set(_ number: Int, to value: Value) throws(ParameterError) { try parameters[number].set(value) }

  /// Whether the other one has the same objects in the same order.
  fileprivate func isSame(as other: MemberRoll) -> Bool {
    func areSame<A>(_ a: [A], _ b: [A]) -> Bool {
      a.count == b.count && zip(a, b).allSatisfy { $0 as AnyObject === $1 as AnyObject }
    }
    return areSame(inboxes, other.inboxes) && areSame(outboxes, other.outboxes)
      && areSame(inboxArrays, other.inboxArrays) && areSame(outboxArrays, other.outboxArrays)
      && areSame(parameters, other.parameters)
  }
}

/// What the boxes and parameters of a type of components are called, in the order of a ``MemberRoll``.
package struct MemberNames: Sendable {
  package let inboxes: [String]
  package let outboxes: [String]
  package let inboxArrays: [String]
  package let outboxArrays: [String]
  package let parameters: [String]
  private let type: any Component.Type
  /// Whether what tells of itself are the stored properties in their order: not so where `init` makes them in another one, or
  /// makes others besides.
  private let isTold: Bool

  /// - Parameter type: one component of it is made, and does not run.
  package init(of type: any Component.Type) {
    let (component, roll) = RollCall.hold { type.init() }
    let members = Members(of: component)
    self.type = type
    inboxes = members.inboxes.map(\.name)
    outboxes = members.outboxes.map(\.name)
    inboxArrays = members.inboxArrays.map(\.name)
    outboxArrays = members.outboxArrays.map(\.name)
    parameters = members.parameters.map(\.name)
    isTold = roll.isSame(as: MemberRoll(members))
  }

  /// Makes a component.
  package func make() -> (component: any Component, roll: MemberRoll) {
    if isTold { return RollCall.hold { type.init() } }
    let component = type.init()
    return (component, MemberRoll(Members(of: component)))
  }
}

/// Gathers the boxes and parameters that a thread makes.
final class RollCall {
  private var roll = MemberRoll()

  /// Runs `make`, and says what it has made.
  fileprivate static func hold<Result>(_ make: () -> Result) -> (Result, MemberRoll) {
    let call = RollCall()
    let outer = ThreadValue.rollCall
    ThreadValue.rollCall = Unmanaged.passUnretained(call).toOpaque()
    defer { ThreadValue.rollCall = outer }
    return withExtendedLifetime(call) { (make(), call.roll) }
  }

  /// The one of this thread; nil where nobody asks.
  static var current: RollCall? {
    // Unsafe: `hold` keeps it alive as long as it is the thread's.
    ThreadValue.rollCall.map { Unmanaged<RollCall>.fromOpaque($0).takeUnretainedValue() }
  }

  func add(_ box: any AnyInbox) { roll.inboxes.append(box) }
  func add(_ box: any AnyOutbox) { roll.outboxes.append(box) }
  func add(_ boxes: any AnyInboxArray) { roll.inboxArrays.append(boxes) }
  func add(_ boxes: any AnyOutboxArray) { roll.outboxArrays.append(boxes) }
  func add(_ parameter: any AnyParameter) { roll.parameters.append(parameter) }
}
