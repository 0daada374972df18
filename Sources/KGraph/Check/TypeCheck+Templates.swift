import Kamaelia

extension TypeCheck {
  /// Whether an instance has no use for the messages that a graph which it makes would take, or send: the box of its own
  /// that they come from, or go to, is not linked. A graph without that box is as good then.
  ///
  /// Example: a `Carousel` whose `inbox` nothing leads to makes graphs that are sources.
  func isUnused(_ type: MessageType, _ direction: BoxDeclaration.Direction, of number: Int) -> Bool {
    guard case .variable(let variable) = type else { return false }
    let kind = flat.instances[number].kind
    let faces = direction == .inbox ? kind.inboxes : kind.outboxes
    let names = Set(faces.filter { $0.type?.variables.contains(variable) == true }.map(\.name))
    return !names.contains { linked.contains(.box(instance: number, name: $0, index: nil)) }
  }
}
