import Kamaelia

/// A test of a graph file, ready to run.
package struct CheckedTest: Sendable {
  /// What it is reported by; that of a case is `test: case`.
  package let name: String
  /// The name that the test has, whatever its cases are called.
  package let title: String
  /// The name where it is written; that of the case if it is one.
  package let place: Place
  /// What is tested. All boxes that the steps speak of are exported: those of the graph or component under their own
  /// names, an element of an array as `in[0]`, and one of an instance inside as `errors.rejected`.
  package let plan: Plan
  package let steps: [CheckedStep]
}

/// A step of a test, with the place it is written at.
package struct CheckedStep: Sendable {
  package enum Action: Sendable {
    /// Sends messages, one after the other, to the inbox that the plan exports under this name.
    case send(String, [Value])
    /// Sends nothing more to it.
    case close(String)
    /// These messages come next, in this order or in any. A record may stand for a message that no literal makes, and then
    /// counts as what the message is in JSON.
    case expect(String, [Value], inAnyOrder: Bool)
    /// The next messages, read as text, have a match of these patterns, in this order or in any.
    case expectMatching(String, [Pattern], inAnyOrder: Bool)
    /// All that comes until the box closes or nothing can move any more is what was recorded, in this order or in any; nil
    /// as long as nothing has been.
    case expectRecorded(String, [Value]?, inAnyOrder: Bool)
    /// The box is closed, and nothing more comes before that.
    case expectClosed(String)
    /// Nothing comes: from this box, or from any that the plan exports.
    case expectNothing(String?)
    /// Time passes.
    case advance(Duration)
  }

  package let action: Action
  /// How much time may pass at most until it holds; nil for none.
  package let within: Duration?
  package let place: Place
}
