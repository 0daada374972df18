/// What manual pages say of a component, in whatever form they are written.
extension Signature {
  /// The component as a part of a graph: `… -> Match(Pattern) -> …`.
  package var usage: String {
    let required = parameters.filter { $0.defaultValue == nil && !$0.type.isOptional }
    let arguments = required.map { parameter in
      parameter.name == mainParameter?.name ? "\(parameter.type)" : "\(parameter.name): \(parameter.type)"
    }
    let call = "\(name)(\(arguments.joined(separator: ", ")))"
    return (defaultInbox == nil ? "" : "… -> ") + call + (defaultOutbox == nil ? "" : " -> …")
  }

  /// What is to be known of a parameter besides its type and its description.
  package func facts(of parameter: Parameter) -> [String] {
    var facts: [String] = []
    if let bounds = parameter.bounds { facts.append(bounds) }
    if let value = parameter.defaultValue {
      facts.append(value == .name("none") ? "may be left out" : "\(value) if left out")
    } else {
      facts.append("required")
    }
    if parameter.name == mainParameter?.name { facts.append("needs no name") }
    return facts
  }

  /// The same for a box.
  package func facts(of box: Box, isInbox: Bool) -> [String] {
    var facts: [String] = []
    if box.name == (isInbox ? defaultInbox : defaultOutbox)?.name { facts.append("the default") }
    if isInbox, !box.isRequired, !box.isArray { facts.append("may stay unlinked") }
    if !isInbox, box.isRequired {
      facts.append("the component fails if it stays unlinked and there is something to send")
    }
    if box.takesOne { facts.append("takes one linkage") }
    return facts
      + box.refinements.map { refinement in
        switch refinement.source {
        case .value(let value): "\(refinement.name) \(value)"
        case .parameter(let name): "\(refinement.name) as the parameter `\(name)` says"
        }
      }
  }
}

extension ParameterType {
  /// Whether a value may be left out.
  package var isOptional: Bool { if case .optional = self { true } else { false } }

  /// The type without the question mark.
  package var required: ParameterType { if case .optional(let wrapped) = self { wrapped.required } else { self } }
}
