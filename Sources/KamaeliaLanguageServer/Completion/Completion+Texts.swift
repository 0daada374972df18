import KGraph
import Kamaelia

/// What stands in texts: fields of what comes in, and files.
extension Completion {
  /// What of a text is the word that is being written; nil where the place is in no text.
  var begun: Range<Int>? {
    guard case .text(let callee, let name, let written) = context.wanted else { return nil }
    let count: Int
    if let place = Self.place(in: written) {
      count = place.utf8.count
    } else if parameter(callee, name)?.element == .path {
      count = written.split(separator: "/", omittingEmptySubsequences: false).last?.utf8.count ?? 0
    } else {
      count = written.utf8.count
    }
    return offset - count..<offset
  }

  func texts(_ callee: Int, _ name: String) -> Items {
    guard case .text(_, _, let written) = context.wanted, let parameter = parameter(callee, name) else { return [] }
    switch parameter.element {
    case .path: return files(written)
    case .text?:
      let isOfFields = parameter.description.contains("field")
      guard isOfFields, Self.place(in: written) != nil || !parameter.description.contains("{") else { return [] }
      return fields(of: incoming(callee)).map { field, type in
        (CompletionItem(field, .field, detail: "\(type)", rank: 1), field)
      }
    default: return []
    }
  }

  private struct TextParameter {
    let element: ParameterType?
    let description: String
  }

  private func parameter(_ callee: Int, _ name: String) -> TextParameter? {
    guard let shape = self.callee(callee),
      let parameter = name.isEmpty ? shape.mainParameter : shape.parameters.first(where: { $0.name == name })
    else { return nil }
    var type = parameter.takes ?? parameter.declared.flatMap(Self.type)
    while let inner = type?.inner { type = inner }
    return TextParameter(element: type, description: parameter.description)
  }

  /// What is written behind a `{` that is still open.
  private static func place(in text: String) -> Substring? {
    guard let brace = text.lastIndex(of: "{") else { return nil }
    let rest = text[text.index(after: brace)...]
    let isDoubled = text[..<brace].reversed().prefix { $0 == "{" }.count % 2 == 1
    return rest.contains("}") || isDoubled ? nil : rest
  }

  // MARK: Fields

  /// What comes to the instance that is made by the token with that number.
  private func incoming(_ callee: Int) -> MessageType? {
    let place = inspection.tree.tokens[callee].range.lowerBound
    let path = inspection.tree.path(to: place)
    for case let chain as Chain in path.reversed() {
      let number = chain.segments.firstIndex { $0.place.range.contains(place) }
      if let number, number > 0 { return inspection.type(sentBy: number - 1, of: chain, at: place) }
    }
    // One that is declared with a name gets it elsewhere.
    for case let node as InstanceDeclaration in path.reversed() {
      guard let (subject, variables) = inspection.instance(named: node.name.text, at: place),
        let inbox = inspection.shape(subject)?.defaultInbox?.type
      else { return nil }
      if let chain = chain(leadingTo: node.name.text, at: place) { return chain }
      return inbox.variables.isEmpty ? inbox : variables["T"]
    }
    return nil
  }

  /// What the first chain that leads to an instance of that name carries to it.
  private func chain(leadingTo name: String, at place: Int) -> MessageType? {
    var waiting: [any SyntaxNode] = inspection.tree.statements.map(\.node)
    while let node = waiting.popLast() {
      guard let chain = node as? Chain else {
        waiting += node.children
        continue
      }
      for (number, segment) in chain.segments.enumerated() where number > 0 {
        guard case .endpoint(let endpoint) = segment, endpoint.instance.text == name else { continue }
        if let type = inspection.type(sentBy: number - 1, of: chain, at: chain.place.range.lowerBound) { return type }
      }
    }
    return nil
  }

  /// The fields of a record, or of the records in a list, and of the records in it behind a dot.
  private func fields(of type: MessageType?, depth: Int = 0) -> [(String, MessageType)] {
    guard depth < 4 else { return [] }
    switch type {
    case .record(let fields)?:
      return fields.flatMap { field in
        [(field.name, field.type)]
          + self.fields(of: field.type, depth: depth + 1).map { ("\(field.name).\($0)", $1) }
      }
    case .list(let element)? where depth == 0: return fields(of: element, depth: 1)
    case .optional(let wrapped)?: return fields(of: wrapped, depth: depth + 1)
    default: return []
    }
  }

  // MARK: Files

  /// Files and folders, seen from the folder that the editor has open, which is where graphs are run from as a rule.
  private func files(_ written: String) -> Items {
    let root = workspace.root(of: inspection.document.path)
    let inside = written.lastIndex(of: "/").map { String(written[...$0]) } ?? ""
    let folder = inside.hasPrefix("/") ? inside : PathWords.normal("\(root)/\(inside)")
    return workspace.files.entries(of: folder).map { entry in
      (CompletionItem(entry.name, entry.isFolder ? .folder : .file, rank: entry.isFolder ? 2 : 1), entry.name)
    }
  }
}

extension ParameterType {
  /// What an optional or a list is one of.
  fileprivate var inner: ParameterType? {
    switch self {
    case .optional(let type), .list(let type): type
    default: nil
    }
  }
}
