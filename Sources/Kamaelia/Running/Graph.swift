/// A graph that a component is given as a parameter, to make instances of while it runs.
///
/// ```swift
/// @Parameter("The graph for each connection.") var `protocol`: Graph<Bytes, Bytes>
/// …
/// let client = try `protocol`.make(["peer": .text(address)])
/// client.start()
/// try await client.input.send(packet)
/// for await reply in client.output { … }
/// try await client.finished()
/// ```
/// `Input` is what the graph's default inbox takes, `Output` what its default outbox sends; ``NoMessage`` stands for none.
public struct Graph<Input: Message, Output: Message>: ParameterValue {
  package let reference: GraphReference

  public static var parameterType: ParameterType {
    .graph(
      inbox: Input.self == NoMessage.self ? nil : Input.messageType,
      outbox: Output.self == NoMessage.self ? nil : Output.messageType)
  }

  public var value: Value { .graph(reference) }

  public init(_ value: Value) throws(ParameterError) {
    guard case .graph(let reference) = value else { throw .mismatch(value, Self.parameterType) }
    self.reference = reference
  }

  /// The name of the graph, for messages.
  public var name: String { reference.name }

  /// Whether the graph has a parameter of that name.
  public func takes(_ parameter: String) -> Bool { reference.template.takes(parameter) }

  /// Makes an instance of the graph, which begins to run with `start`.
  ///
  /// - Parameter arguments: for the graph's parameters, in place of what the graph file says.
  /// - Throws: what is wrong with the arguments or the graph.
  public func make(_ arguments: [String: Value] = [:]) throws -> RunningGraph<Input, Output> {
    guard let host = Instance.current else { preconditionFailure("only a running component makes graphs") }
    return try RunningGraph(reference, arguments, host)
  }
}

/// Stands for the messages of a box that a graph does not have.
public enum NoMessage: Message {
  public static let messageType = MessageType.named("None", [])
}

/// Which graph a value stands for.
public struct GraphReference: Sendable, Hashable {
  package let name: String
  package let template: any GraphTemplate

  package init(name: String, template: any GraphTemplate) {
    self.name = name
    self.template = template
  }

  public static func == (a: GraphReference, b: GraphReference) -> Bool { a.template === b.template }
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(template)) }
}

/// A checked graph that can be made any number of times.
public protocol GraphTemplate: AnyObject, Sendable {
  /// Whether the graph has a parameter of that name.
  func takes(_ parameter: String) -> Bool
}

extension GraphTemplate {
  public func takes(_ parameter: String) -> Bool { true }
}

/// Who makes graphs of templates: the runtime.
package protocol GraphMaker: AnyObject, Sendable {
  /// - Parameters:
  ///   - input: where the host will send what is for the graph's default inbox.
  ///   - output: where the host will take what the graph's default outbox sends.
  func make(
    _ reference: GraphReference, _ arguments: [String: Value], host: Instance, input: (any AnyOutbox)?,
    output: (any AnyInbox)?
  ) throws -> any GraphHandle
}

/// A graph that a template has made.
package protocol GraphHandle: AnyObject, Sendable {
  /// The path that its instances begin with: `server/Client#3`.
  var path: String { get }
  /// Whether what its default outbox sends depends on what comes to its default inbox.
  var answersItsInbox: Bool { get }
  func start()
  func finished() async throws
  func stop()
  func cancel()
  /// Nobody will start it, or ask how it ended, any more.
  func letGo()
}
