/// A graph that a component is given as a parameter, and that may lack the default inbox, the default outbox, or both.
///
/// For graphs at one end of a conversation: some only listen, some only speak. What is sent to a graph without an inbox
/// goes nowhere, and the output of one without an outbox is at its end at once; `isLinked` of the two boxes tells.
public struct PartialGraph<Input: Message, Output: Message>: ParameterValue {
  /// The graph, to make instances of.
  public let graph: Graph<Input, Output>

  public static var parameterType: ParameterType {
    .graph(inbox: .optional(Input.messageType), outbox: .optional(Output.messageType))
  }

  public var value: Value { graph.value }

  public init(_ value: Value) throws(ParameterError) {
    guard case .graph = value else { throw .mismatch(value, Self.parameterType) }
    graph = try Graph(value)
  }
}
