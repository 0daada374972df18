import Kamaelia

/// Finds out what expressions are worth.
struct Evaluator {
  let expander: Expander
  /// The graph in which the expressions stand.
  let graph: Int
  /// Where it is said what is wrong with them.
  let findings: Findings

  /// Longer texts are refused: a graph of graphs could double one at each level.
  private static let longestText = 1 << 16
  private static let largestValue = 100_000
  /// The folder of the file that it is written in, where nothing else has that name: all other paths that a graph says are
  /// relative to the folder that it runs in.
  private static let here = "here"

  /// - Parameter findings: those of the expander if left out.
  init(expander: Expander, graph: Int, findings: Findings? = nil) {
    self.expander = expander
    self.graph = graph
    self.findings = findings ?? expander.findings
  }

  /// - Parameter wantsGraph: whether a bare name is one of a graph, not a word.
  func evaluate(_ expression: Expression, _ scope: Scope, wantsGraph: Bool = false) -> Evaluated {
    switch expression {
    case .literal(let literal): return .value(literal.value.value)
    case .text(let literal): return join(literal.parts, scope, at: literal.place).map { .text($0) }.orUnknown(.text)
    case .parameter(let name, let place): return parameter(name, at: place, scope)
    case .word(let name):
      if name.isMissing { return .broken }
      return wantsGraph ? graphNamed(name, [], at: name.place, scope) : .value(.name(name.text))
    case .component(let node):
      switch node.subject {
      case .command(let command): return self.command(command, scope)
      case .name(let name):
        if name.isMissing { return .broken }
        if wantsGraph { return graphNamed(name, node.arguments, at: node.place, scope) }
        let isKnown =
          expander.program.binding(of: name.text, in: graph) != nil || expander.component(name.text) != nil
        findings.report(.componentAsValue(node, isKnown: isKnown))
        return .broken
      case .broken: return .broken
      }
    case .list(let elements, let place):
      if wantsGraph {
        let graphs = elements.map { evaluate($0, scope, wantsGraph: true) }
        if graphs.allSatisfy(\.isGraph) { return .graphs(graphs.flatMap(\.graphs)) }
        return combine(graphs, at: place) { .list($0) }
      }
      return combine(elements.map { evaluate($0, scope) }, at: place) { .list($0) }
    case .record(let fields, let place):
      var names: [String: Place] = [:]
      for field in fields where !field.name.isMissing {
        if let first = names.updateValue(field.name.place, forKey: field.name.text) {
          findings.report(.fieldTwice(field.name, first: first))
        }
      }
      return combine(fields.map { evaluate($0.value, scope) }, at: place) { values in
        .record(zip(fields, values).map { Value.Field($0.name.text, $1) })
      }
    case .range(let lower, let upper, let place):
      guard let lower, let upper else {
        findings.report(.halfRange(place))
        return .broken
      }
      return combine([evaluate(lower, scope), evaluate(upper, scope)], at: place) { .range($0[0], $0[1]) }
    case .broken: return .broken
    }
  }

  private func parameter(_ name: Name, at place: Place, _ scope: Scope) -> Evaluated {
    if name.isMissing { return .broken }
    if let value = scope.value(name.text) { return value }
    if name.text == Self.here { return .value(.text(Self.folder(of: name.place.source))) }
    findings.report(unknownParameter(name, at: place, scope))
    return .broken
  }

  /// `.` for a file that is named without a folder, and for a text that is none.
  private static func folder(of source: Source) -> String {
    guard let slash = source.name.lastIndex(of: "/") else { return "." }
    return slash == source.name.startIndex ? "/" : String(source.name[..<slash])
  }

  private func unknownParameter(_ name: Name, at place: Place, _ scope: Scope) -> Diagnostic {
    for outer in expander.program.lineage(of: graph).dropFirst() {
      if let declaration = expander.program.graphs[outer].parameters.first(where: { $0.name.text == name.text }) {
        return .outerParameter(name, at: place, declaration, graph: expander.program.graphs[graph])
      }
    }
    let isInstance = scope.instance(name.text) != nil
    return .unknownParameter(name, at: place, candidates: expander.candidates(scope.valueNames), isInstance: isInstance)
  }

  /// A text made of its parts; nil where one is not known.
  func join(_ parts: [TextLiteral.Part], _ scope: Scope, at place: Place) -> String? {
    var text = ""
    var isKnown = true
    for part in parts {
      switch part {
      case .text(let piece): text += piece
      case .parameter(let name):
        switch parameter(name, at: name.place, scope) {
        case .value(let value):
          if let piece = value.interpolated {
            text += piece
          } else {
            findings.report(.notInText(name, value))
            isKnown = false
          }
        case .graph, .graphs:
          findings.report(.notInText(name, .name("a graph")))
          isKnown = false
        case .unknown: isKnown = false
        }
      }
      if text.utf8.count > Self.longestText {
        findings.report(.valueTooLarge(place))
        return nil
      }
    }
    return isKnown ? text : nil
  }

  /// A command; of one in which a word is not known, the type says which program it runs, where that is.
  func command(_ command: CommandLiteral, _ scope: Scope) -> Evaluated {
    let words = command.words.map { join($0, scope, at: command.place) }
    if !words.isEmpty, !words.contains(nil) { return .value(.command(words.compactMap { $0 })) }
    guard let program = words.first ?? nil else { return .broken }
    return .unknown(.command(running: program))
  }

  private func combine(_ parts: [Evaluated], at place: Place, _ make: ([Value]) -> Value) -> Evaluated {
    var values: [Value] = []
    var count = 0
    for part in parts {
      switch part {
      case .value(let value):
        values.append(value)
        count += value.count(upTo: Self.largestValue)
      case .graph, .graphs:
        for graph in part.graphs { findings.report(.graphInside(graph.place, graph.name)) }
        return .broken
      case .unknown: return .broken
      }
      if count > Self.largestValue {
        findings.report(.valueTooLarge(place))
        return .broken
      }
    }
    return .value(make(values))
  }

  // MARK: Graphs as values

  private func graphNamed(_ name: Name, _ arguments: [Argument], at place: Place, _ scope: Scope) -> Evaluated {
    if let binding = expander.program.binding(of: name.text, in: graph) {
      guard let target = binding.target else { return .broken }
      let values = expander.bind(arguments, to: target, at: place, from: graph, scope, isComplete: false)
      let parameters = expander.program.graphs[target].parameters.map(\.name.text)
      return .graph(
        GraphArgument(
          subject: .graph(target), name: name.text, arguments: values,
          given: Set(arguments.compactMap { $0.name?.text ?? (parameters.count == 1 ? parameters[0] : nil) }),
          place: place))
    }
    if let kind = expander.component(name.text) {
      let values = expander.arguments(arguments, for: kind, at: place, from: graph, scope, isComplete: false)
      return .graph(
        GraphArgument(
          subject: .component(name.text), name: name.text, arguments: values, given: Set(values.keys), place: place))
    }
    findings.report(
      expander.unknownComponent(
        name, arguments,
        candidates: expander.candidates(expander.program.graphNames(in: graph) + expander.componentNames)))
    return .broken
  }
}

extension Evaluated {
  var isGraph: Bool {
    if case .graph = self { true } else { false }
  }
}

extension Value? {
  fileprivate func orUnknown(_ type: MessageType?) -> Evaluated {
    switch self {
    case .some(let value): .value(value)
    case .none: .unknown(type)
    }
  }
}
