import KGraph
import Kamaelia

/// Arguments, values, units and options.
extension Completion {
  /// What is called by the token with that number.
  func callee(_ number: Int) -> Shape? {
    let subject: Subject =
      context.kind(number) == .backtick
      ? .component("Process") : inspection.subject(named: context.text(number), at: offset)
    return inspection.shape(subject)
  }

  /// The names of arguments that are given already.
  private func given(_ callee: Int) -> Set<String> {
    let start = inspection.tree.tokens[callee].range.lowerBound
    for case let node as ComponentExpression in inspection.tree.path(to: start).reversed() {
      let others = node.arguments.filter { argument in
        if case .broken = argument.value { return false }
        return !context.word.overlaps(argument.place.range)
      }
      return Set(others.compactMap { $0.name?.text ?? self.callee(callee)?.mainParameter?.name })
    }
    return []
  }

  func arguments(of callee: Int) -> Items {
    guard let shape = self.callee(callee) else { return values(nil, sign: "$") }
    let given = given(callee)
    var items: Items = shape.parameters.filter { !given.contains($0.name) }.map { parameter in
      let detail = parameter.type + (parameter.defaultValue.map { $0 == "none" ? "" : " = \($0)" } ?? "")
      let facts = parameter.facts.isEmpty ? "" : " (\(parameter.facts.joined(separator: "; ")))"
      return (
        CompletionItem(
          "\(parameter.name):", .property, detail: detail, documentation: parameter.description + facts,
          rank: parameter.isRequired ? 0 : 1, filter: parameter.name), "\(parameter.name): "
      )
    }
    if let main = shape.mainParameter, !given.contains(main.name), context.kind(context.previous) == .openParenthesis {
      items += values(of: main)
    }
    return items
  }

  func argumentValues(of callee: Int, _ name: String) -> Items {
    guard let shape = self.callee(callee) else { return values(nil, sign: "$") }
    let parameter = name.isEmpty ? shape.mainParameter : shape.parameters.first { $0.name == name }
    return parameter.map { values(of: $0) } ?? values(nil, sign: "$")
  }

  /// What a parameter takes.
  private func values(of parameter: Shape.Parameter) -> Items {
    let type = parameter.takes ?? parameter.declared.flatMap(Self.type)
    var items = values(type, sign: "$")
    func add(_ type: ParameterType) {
      switch type {
      case .choice(let names):
        items += names.map { name in
          let detail = name == parameter.defaultValue ? "the default" : nil
          return (CompletionItem(name, .enumMember, detail: detail, rank: 0), name)
        }
      case .bool: items += words([("true", "true"), ("false", "false")], rank: 0)
      case .text, .path, .address, .url:
        items.append(snippet(CompletionItem("\"\"", .value, rank: 0), "\"$1\"$0", plain: "\"\""))
      case .pattern:
        items.append(snippet(CompletionItem("r\"\"", .value, rank: 0), "r\"$1\"$0", plain: "r\"\""))
      case .command: items.append(snippet(CompletionItem("``", .value, rank: 0), "`$1`$0", plain: "``"))
      case .list(let element):
        if context.kind(context.previous) == .openBracket || context.kind(context.previous) == .comma {
          add(element)
        } else {
          items.append(snippet(CompletionItem("[]", .value, rank: 0), "[$1]$0", plain: "[]"))
          if case .graph = element { add(element) }
        }
      case .optional(let wrapped): add(wrapped)
      case .graph(let inbox, let outbox): items += graphs(inbox, outbox)
      case .int, .double, .duration, .size, .frequency, .rate, .port, .json, .range, .any: break
      }
    }
    if let type { add(type) }
    if let value = parameter.defaultValue, value != "none", !items.contains(where: { $0.item.label == value }) {
      items.append((CompletionItem(value, .value, detail: "the default", rank: 1), value))
    }
    return items
  }

  /// Graphs as values, and those components that could be one: with the boxes that are asked for. A graph that is half
  /// written may still get them.
  private func graphs(_ inbox: MessageType?, _ outbox: MessageType?) -> Items {
    func fits(_ shape: Shape) -> Bool {
      // An optional one may be missing, but what there is has to fit.
      switch (inbox, shape.defaultInbox) {
      case (nil, _), (.optional?, nil): break
      case (.optional(let type)?, let box), (let type?, let box): if rank(type, into: box) == 4 { return false }
      }
      switch (outbox, shape.defaultOutbox) {
      case (nil, _), (.optional?, nil): return true
      case (.optional(let type)?, let box), (let type?, let box): return rank(box, outOf: type) < 4
      }
    }
    let own: Items = (names?.graphs ?? []).map { name, graph in
      let shape = Shape(inspection.index.graphs[graph])
      return (CompletionItem(name, .struct, detail: shape.summary, rank: fits(shape) ? 0 : 2), name)
    }
    return own
      + inspection.library.names.compactMap { name in
        guard name.first?.isLowercase == false, let signature = inspection.library.signature(of: name) else {
          return nil
        }
        let shape = Shape(signature)
        // What has neither box does nothing for whoever makes it.
        let isUseful = shape.defaultInbox != nil || shape.defaultOutbox != nil
        guard isUseful, fits(shape), shape.parameters.allSatisfy({ !$0.isRequired }) else { return nil }
        return (
          CompletionItem(name, .class, detail: signature.summary, rank: 3, data: ["component", name]), name
        )
      }
  }

  /// The type of a graph's parameter in the terms of components.
  static func type(_ syntax: TypeSyntax) -> ParameterType? {
    switch syntax {
    case .named(let name, _, _):
      switch name.text {
      case "Text", "Bytes": .text
      case "Path": .path
      case "Address": .address
      case "URL": .url
      case "Pattern": .pattern
      case "Command": .command
      case "Bool": .bool
      case "Duration": .duration
      case "Size": .size
      case "Frequency": .frequency
      case "Rate": .rate
      case "Int", "Port": .int
      case "Double": .double
      case "Graph": .graph(inbox: nil, outbox: nil)
      default: nil
      }
    case .graph: .graph(inbox: nil, outbox: nil)
    case .list(let element, _): type(element).map { .list($0) }
    case .optional(let wrapped, _): type(wrapped)
    case .record, .broken: nil
    }
  }

  // MARK: Units

  /// The number that is being written, with each unit that it could have.
  func units() -> Items {
    let text = inspection.source.text(context.word)
    let number = text.prefix { $0.isNumber || "._-".contains($0) }
    let begun = text.dropFirst(number.count)
    if number.isEmpty || begun.hasPrefix("x") { return [] }
    var dimensions: [Unit.Dimension] = [.duration, .size, .frequency, .fraction]
    var isRate = false
    switch wantedType() {
    case .duration?: dimensions = [.duration]
    case .size?: dimensions = [.size]
    case .frequency?: dimensions = [.frequency]
    case .rate?: (dimensions, isRate) = ([], true)
    case .double?: dimensions = [.fraction]
    case .int?, .port?: return []
    default: break
    }
    let units = Unit.all.filter { dimensions.contains($0.dimension) }.enumerated().map { order, unit in
      let label = "\(number)\(unit.name)"
      return (
        CompletionItem(label, .unit, detail: Self.words(of: unit), rank: 1 + order / 8, filter: label), label
      )
    }
    let rates = ["/s", "/min", "/h"] + ["B", "kB", "MB", "KiB", "MiB"].map { "\($0)/s" }
    guard isRate else { return units }
    return rates.map {
      (CompletionItem("\(number)\($0)", .unit, detail: "rate", filter: "\(number)\($0)"), "\(number)\($0)")
    }
  }

  private func wantedType() -> ParameterType? {
    switch context.wanted {
    case .argumentValue(let callee, let name):
      return self.callee(callee)?.parameters.first { $0.name == name }.flatMap {
        ($0.takes ?? $0.declared.flatMap(Self.type))?.unit
      }
    case .argument(let callee):
      return self.callee(callee)?.mainParameter.flatMap { ($0.takes ?? $0.declared.flatMap(Self.type))?.unit }
    case .optionValue("ttl"): return .duration
    default:
      let word = context.previous.map(context.text) ?? ""
      return word == "advance" || word == "within" ? .duration : nil
    }
  }

  private static func words(of unit: Unit) -> String {
    switch unit.dimension {
    case .fraction: "hundredths"
    case .duration: unit.name == "us" ? "microseconds" : "duration"
    default: "\(unit.dimension)"
    }
  }

  // MARK: Options

  func options(isDefault: Bool) -> Items {
    let names = words([("capacity", "capacity: "), ("overflow", "overflow: "), ("ttl", "ttl: ")], rank: 2)
    return isDefault ? names : policies() + names
  }

  func policies() -> Items {
    words(LinkageOptions.Overflow.allCases.map { ($0.rawValue, $0.rawValue) }, rank: 1)
  }

  // MARK: Statements

  func statements() -> Items {
    let isTop = names.map { inspection.index.graphs[$0.graph].isFile } ?? true
    var keywords: [(String, snippet: String, plain: String)] = [
      ("param", "param ${1:name}: ${2:Text}", "param "), ("inbox", "inbox ${1:name}: ${2:Text}", "inbox "),
      ("outbox", "outbox ${1:name}: ${2:Text}", "outbox "),
      ("graph", "graph ${1:Name} {\n    $0\n}", "graph "),
      ("backplane", "backplane ${1:name}: ${2:Text}", "backplane "),
      ("defaults", "defaults { ${1:capacity: 64} }", "defaults "),
      ("for", "for ${1:name} in ${2:[]} {\n    $0\n}", "for "), ("if", "if $1 {\n    $0\n}", "if "),
      ("import", "import \"$1\"", "import "),
    ]
    if isTop { keywords.append(("test", "test \"$1\" {\n    $0\n}", "test ")) }
    let starts = keywords.map { word, text, plain in
      snippet(
        CompletionItem(word, .keyword, documentation: Keywords.words[word] ?? "", rank: 6),
        text.replacing("if $1", with: "if \\$$1"), plain: plain)
    }
    return segments() + starts
  }
}

extension ParameterType {
  /// What a number of it is measured in.
  fileprivate var unit: ParameterType {
    switch self {
    case .optional(let type), .list(let type), .range(let type): type.unit
    default: self
    }
  }
}
