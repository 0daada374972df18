import Kamaelia

/// A test of a graph file, ready to run.
package struct CheckedTest: Sendable {
  package let name: String
  package let place: Place
  /// What is tested, the boxes that the steps speak of exported.
  package let plan: Plan
  package let steps: [CheckedStep]
}

/// A step of a test, with the place it is written at.
package struct CheckedStep: Sendable {
  package enum Action: Sendable {
    /// Sends messages, one after the other, to the box that the plan exports under this name.
    case send(String, [Value])
    /// Sends nothing more to it.
    case close(String)
    /// These messages come next, in this order or in any.
    case expect(String, [Value], inAnyOrder: Bool)
    /// The next messages, read as text, match these patterns, in this order.
    case expectMatching(String, [Pattern])
    /// The box is closed.
    case expectClosed(String)
    /// Nothing comes: from this box, or from any.
    case expectNothing(String?)
    /// Time passes.
    case advance(Duration)
  }

  package let action: Action
  /// How much time may pass at most until it holds; nil for none.
  package let within: Duration?
  package let place: Place
}

struct CheckedTests {
  let expander: Expander
  let main: GraphDefinition
  init(_ expander: Expander, _ main: GraphDefinition) {
    self.expander = expander
    self.main = main
  }
  func all(_ analysis: inout Analysis) -> [CheckedTest] { [] }
}
