import KGraph
import Kamaelia

/// What is sent along a chain, as far as it can be told from the chain itself and from what the last check has found.
///
/// The chain may be one that is not in the text, such as the text's with a word put in; its names mean what they mean at
/// `offset`.
extension Inspection {
  /// The type that a segment sends on; nil where it is not known.
  func type(sentBy number: Int, of chain: Chain, at offset: Int) -> MessageType? {
    guard chain.segments.indices.contains(number) else { return nil }
    return type(sentBy: chain.segments[number], at: offset) { type(sentBy: number - 1, of: chain, at: offset) }
  }

  /// The type that a segment takes.
  func type(takenBy number: Int, of chain: Chain, at offset: Int) -> MessageType? {
    guard chain.segments.indices.contains(number) else { return nil }
    return type(takenBy: chain.segments[number], at: offset)
  }

  private func type(sentBy segment: Segment, at offset: Int, taking incoming: () -> MessageType?) -> MessageType? {
    switch segment {
    case .broken: return nil
    case .literal(let value): return value.literalType
    case .group(let members, _):
      let types = Set(members.map { type(sentBy: $0, at: offset, taking: incoming) })
      return types.count == 1 ? types.first ?? nil : nil
    case .backplane(let name, _): return backplane(name.text, at: offset)
    case .endpoint(let node):
      if node.isSelf { return ownBox(node.boxes.reference(.outbox)?.name?.text, .inbox, at: offset) }
      guard let (subject, variables) = instance(named: node.instance.text, at: offset) else { return nil }
      return known(box(node.boxes, .outbox, of: subject), variables)
    case .instance(let node):
      let subject = subject(node.component, at: offset)
      var variables = facts.variables(at: node.name?.place ?? node.component.place)
      if let name = node.name, variables.isEmpty {
        variables = instance(named: name.text, at: offset)?.variables ?? [:]
      }
      if variables["T"] ?? .any == .any, box(node.boxes, .inbox, of: subject)?.type == .variable("T"),
        let type = incoming()
      {
        variables["T"] = type
      }
      return known(box(node.boxes, .outbox, of: subject), variables)
    }
  }

  private func type(takenBy segment: Segment, at offset: Int) -> MessageType? {
    switch segment {
    case .broken, .literal: return nil
    case .group(let members, _):
      let types = Set(members.map { type(takenBy: $0, at: offset) })
      return types.count == 1 ? types.first ?? nil : nil
    case .backplane(let name, _): return backplane(name.text, at: offset)
    case .endpoint(let node):
      if node.isSelf { return ownBox(node.boxes.reference(.inbox)?.name?.text, .outbox, at: offset) }
      guard let (subject, variables) = instance(named: node.instance.text, at: offset) else { return nil }
      return known(box(node.boxes, .inbox, of: subject), variables)
    case .instance(let node):
      let subject = subject(node.component, at: offset)
      let variables = facts.variables(at: node.name?.place ?? node.component.place)
      return known(box(node.boxes, .inbox, of: subject), variables)
    }
  }

  private func box(_ boxes: BoxSelection, _ direction: BoxDeclaration.Direction, of subject: Subject) -> Shape.Box? {
    guard let shape = shape(subject) else { return nil }
    guard case .one(let reference) = boxes else { return shape.box(boxes.reference(direction)?.name?.text, direction) }
    // In the middle of a chain the name may be that of a box of the other side.
    return reference.name.flatMap { shape.box($0.text, direction) } ?? shape.box(nil, direction)
  }

  private func known(_ box: Shape.Box?, _ variables: [String: MessageType]) -> MessageType? {
    guard let type = box?.type else { return nil }
    let found = type.variables.isEmpty ? type : type.replacing(variables)
    return found.variables.isEmpty && (found != .any || type == .any) ? found : nil
  }

  private func backplane(_ name: String, at offset: Int) -> MessageType? {
    index.names(at: offset, in: source)?.backplanes.first { $0.name.text == name }?.type.plainType
  }

  private func ownBox(_ name: String?, _ direction: BoxDeclaration.Direction, at offset: Int) -> MessageType? {
    guard let graph = index.names(at: offset, in: source)?.graph else { return nil }
    let owner = index.graphs[graph]
    let box = name.map { owner.box($0, direction) } ?? owner.defaultBox(direction)
    return box?.type.plainType
  }
}

extension BoxSelection {
  /// The box that is named for one side.
  func reference(_ direction: BoxDeclaration.Direction) -> BoxReference? {
    switch self {
    case .standard: nil
    case .one(let box): box
    case .both(let inbox, let outbox): direction == .inbox ? inbox : outbox
    }
  }
}

extension Expression {
  /// The type of a literal that is sent, without looking at parameters.
  fileprivate var literalType: MessageType? {
    switch self {
    case .text: .text
    case .literal(let literal):
      switch literal.value {
      case .integer: .int
      case .double, .fraction: .double
      case .boolean: .bool
      case .duration: .named("Duration", [])
      case .size: .named("Size", [])
      case .frequency: .named("Frequency", [])
      case .rate, .byteRate: .named("Rate", [])
      }
    case .list(let values, _): values.first?.literalType
    case .record: .json
    case .parameter, .word, .component, .range, .broken: nil
    }
  }
}
