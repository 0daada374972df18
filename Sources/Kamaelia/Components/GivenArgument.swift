/// Something that a component gives, as the value of a parameter, to the graphs that it makes.
///
/// ```swift
/// func argumentsGiven(toGraphsOf parameter: String) -> [GivenArgument]? { [.offered("peer", .text)] }
/// ```
/// The checker holds graphs to it: a parameter without a default that nobody gives is an error before launch, and so is one of
/// another type.
public enum GivenArgument: Sendable, Hashable {
  /// A value of that type, for graphs that have a parameter of that name; those that have none do without.
  case offered(String, MessageType)
  /// A message of one of the component's inboxes, for a parameter that each graph must have.
  case message(ofInbox: String, as: String)
  /// Whatever messages name: nobody knows before.
  case anything
}
