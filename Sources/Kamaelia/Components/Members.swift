/// The boxes and parameters of one component, by name, in the order in which they are declared.
package struct Members {
  package private(set) var inboxes: [(name: String, box: any AnyInbox)] = []
  package private(set) var outboxes: [(name: String, box: any AnyOutbox)] = []
  package private(set) var inboxArrays: [(name: String, boxes: any AnyInboxArray)] = []
  package private(set) var outboxArrays: [(name: String, boxes: any AnyOutboxArray)] = []
  private(set) var parameters: [(name: String, parameter: any AnyParameter)] = []

  package init(of component: any Component) { add(Mirror(reflecting: component).children) }

  private mutating func add(_ children: Mirror.Children) {
    for child in children {
      guard let label = child.label else { continue }
      switch child.value {
      case let box as any AnyInbox: inboxes.append((label, box))
      case let box as any AnyOutbox: outboxes.append((label, box))
      case let boxes as any AnyInboxArray: inboxArrays.append((label, boxes))
      case let boxes as any AnyOutboxArray: outboxArrays.append((label, boxes))
      case let holder as any HoldsParameter: parameters.append((String(label.dropFirst()), holder.anyParameter))
      case let group as any ParameterGroup: add(Mirror(reflecting: group).children)
      default: break
      }
    }
  }

  /// Sets the parameters that the graph gives.
  ///
  /// - Throws: the first that does not fit, with its name; the checker has said so before.
  package func set(_ values: [String: Value]) throws(ParameterError) {
    for (name, parameter) in parameters {
      guard let value = values[name] else { continue }
      do { try parameter.set(value) } catch { throw ParameterError("parameter `\(name)` \(error.description)") }
    }
  }

  /// What is wrong with a value for a parameter; nil where nothing is, or where there is no such parameter.
  package func problem(with value: Value, for name: String) -> ParameterError? {
    guard let parameter = parameters.first(where: { $0.name == name })?.parameter else { return nil }
    do {
      try parameter.check(value)
      return nil
    } catch {
      return error
    }
  }
}
