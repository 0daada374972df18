import KGraph
import Kamaelia

/// Why a plan did not become a network.
package enum BuildError: Error, Sendable {
  // A caller's mistakes, since plans are checked:
  /// The library has no component of that name.
  case noComponent(String)
  /// No component of the library carries messages of that type.
  case noCarrier(MessageType)
  /// A linkage or a literal names a box that is not there.
  case noBox(Place)
  /// The boxes at the ends of a linkage carry different types.
  case mismatch(Place, LinkageEnds, from: MessageType, to: MessageType)
  /// An inbox does not take a literal.
  case literal(Place, LinkageEnds)
  /// Nobody puts the messages of a replica back in order.
  case noCollector(Place)
  /// A graph is made of another runtime's template.
  case foreignGraph(String)

  // Of graphs that a component makes while it runs:
  /// An argument does not fit.
  case argument(instance: String, parameter: String, ParameterError)
  /// With these arguments, the graph has mistakes.
  case mistakes([Diagnostic])
  /// The user does not permit it.
  case objection(String)
}

extension BuildError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noComponent(let name): "the library has no component `\(name)`"
    case .noCarrier(let type): "no component of the library carries messages of type \(type)"
    case .noBox(let place): "\(place): the plan links a box that is not there"
    case .mismatch(let place, let ends, let from, let to):
      "\(place): \(ends): an outbox of \(from) does not fit \(to)"
    case .literal(let place, let ends): "\(place): \(ends.to) does not take \(ends.from)"
    case .noCollector(let place): "\(place): the replicas have no collector"
    case .foreignGraph(let name): "`\(name)` is no graph of this runtime"
    case .argument(let instance, let parameter, let error):
      "`\(instance)`: parameter `\(parameter)` \(error.description)"
    case .mistakes(let diagnostics): diagnostics.map(\.message).joined(separator: "; ")
    case .objection(let text): text
    }
  }
}

/// Why a network did not go over to another plan.
package enum ChangeError: Error, Sendable, CustomStringConvertible {
  case hasEnded
  case isChanging
  case cannotBuild(BuildError)

  package var description: String {
    switch self {
    case .hasEnded: "a graph that stops or has ended cannot be changed"
    case .isChanging: "the graph is being changed already"
    case .cannotBuild(let error): error.description
    }
  }
}
