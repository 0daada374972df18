import Kamaelia

/// Looks whether the graphs that components make get all their parameters, and get what these take.
struct GivenArgumentCheck {
  private let flat: Flat
  private let expander: Expander
  private var types: TypeCheck

  init(_ flat: Flat, _ types: TypeCheck, _ expander: Expander) {
    self.flat = flat
    self.expander = expander
    self.types = types
  }

  /// A parameter of a graph or of a component that is used as one.
  private struct Wanted {
    let name: String
    let type: String
    let hasDefault: Bool
    /// Where it is declared.
    let place: Place?
    /// What is wrong with a value.
    let problem: (Value) -> String?
    /// Whether a value of which only the type is known may be given.
    let accepts: (MessageType) -> Bool
  }

  /// - Parameter claims: what instances say of themselves, by their numbers.
  mutating func run(_ claims: [Int: ComponentChecks.Claims]) {
    for template in flat.templates {
      guard let given = claims[template.instance]?.given[template.parameter] else { continue }
      check(template, given)
    }
  }

  private mutating func check(_ template: FlatTemplate, _ given: [GivenArgument]) {
    let graph = template.argument
    let wanted = parameters(of: graph)
    var isAnythingGiven = false
    var names = graph.given
    for argument in given {
      switch argument {
      case .anything: isAnythingGiven = true
      case .offered(let name, let type):
        names.insert(name)
        guard let parameter = wanted.first(where: { $0.name == name }), !parameter.accepts(type) else { continue }
        expander.findings.report(wrongKind(template, parameter, type, from: nil))
      case .message(let inbox, let name):
        names.insert(name)
        guard let parameter = wanted.first(where: { $0.name == name }) else {
          expander.findings.report(
            .givenUnknown(graph, name, host: host(template), candidates: wanted.map(\.name)))
          continue
        }
        checkMessages(of: inbox, for: parameter, template)
      }
    }
    if isAnythingGiven { return }
    for parameter in wanted where !parameter.hasDefault && !names.contains(parameter.name) {
      expander.findings.report(.givenByNobody(graph, parameter.name, declaredAt: parameter.place, host: host(template)))
    }
  }

  private func host(_ template: FlatTemplate) -> FlatInstance { flat.instances[template.instance] }

  private mutating func checkMessages(of inbox: String, for parameter: Wanted, _ template: FlatTemplate) {
    let end = FlatEnd.box(instance: template.instance, name: inbox, index: nil)
    for linkage in flat.linkages where linkage.to == end {
      guard let type = types.type(of: linkage.from, .outbox)?.asArgument, !parameter.accepts(type) else { continue }
      expander.findings.report(wrongKind(template, parameter, type, from: linkage.fromPlace))
    }
    for literal in flat.literals where literal.to == end && !literal.isProbe {
      guard case .value(let value) = literal.value, let problem = parameter.problem(value) else { continue }
      expander.findings.report(
        .givenWrong(template.argument, parameter.name, problem, host: host(template), from: literal.place))
    }
  }

  private func wrongKind(
    _ template: FlatTemplate, _ parameter: Wanted, _ type: MessageType, from place: Place?
  ) -> Diagnostic {
    return .givenWrong(
      template.argument, parameter.name, "takes \(parameter.type), and this is \(type)", host: host(template),
      from: place)
  }

  private func parameters(of graph: GraphArgument) -> [Wanted] {
    switch graph.subject {
    case .component(let name):
      guard let kind = expander.component(name) else { return [] }
      return (kind.signature?.parameters ?? []).map { parameter in
        Wanted(
          name: parameter.name, type: "\(parameter.type)", hasDefault: parameter.defaultValue != nil, place: nil,
          problem: { kind.problem(with: $0, for: parameter)?.description }, accepts: parameter.type.accepts)
      }
    case .graph(let number):
      var result: [Wanted] = []
      _ = expander.bind(to: expander.program.graphs[number]) { parameter, type in
        result.append(
          Wanted(
            name: parameter.name.text, type: type.map { "\($0)" } ?? "something else",
            hasDefault: parameter.defaultValue != nil, place: parameter.name.place,
            problem: { type?.problem(with: $0)?.description }, accepts: { type?.canBe($0) ?? true }))
        return graph.arguments[parameter.name.text] ?? .unknown(type)
      }
      return result
    }
  }
}

extension MessageType {
  /// What messages of this type are as the values of parameters: what no literal can be is its text.
  fileprivate var asArgument: MessageType {
    switch self {
    case .named("JSON", _), .any, .variable, .graph: .any
    case .named: hasLiterals && self != .bytes ? self : .text
    case .list(let element):
      switch element {
      case .named where element.hasLiterals && element != .bytes: self
      default: .any
      }
    case .optional: .any
    case .record: .text
    }
  }
}

extension Diagnostic {
  /// Says: `…` needs its parameter `…`, and `…` gives none.
  fileprivate static func givenByNobody(
    _ graph: GraphArgument, _ name: String, declaredAt place: Place?, host: FlatInstance
  ) -> Diagnostic {
    Diagnostic(
      .missingArgument, "`\(graph.name)` needs its parameter `\(name)`", at: graph.place,
      caption: "neither given here nor by `\(host.kind.name)`",
      labels: place.map { [Label($0, "declared without a default")] } ?? [],
      helps: ["give it here: `\(graph.name)(\(name): …)`"])
  }

  /// Says: `…` has no parameter `…`, which `…` gives it.
  fileprivate static func givenUnknown(
    _ graph: GraphArgument, _ name: String, host: FlatInstance, candidates: [String]
  ) -> Diagnostic {
    let near = Suggestions.closest(to: name, among: candidates)
    return Diagnostic(
      .unknownArgument, "`\(graph.name)` has no parameter `\(name)`", at: graph.place,
      caption: "`\(host.kind.name)` gives it one",
      helps: near.isEmpty
        ? [
          candidates.isEmpty ? "it has no parameters" : "it has \(candidates.map { "`\($0)`" }.joined(separator: ", "))"
        ]
        : ["did you mean \(near.map { "`\($0)`" }.joined(separator: " or "))?"])
  }

  /// Says: parameter `…` of `…` takes …, and this is ….
  fileprivate static func givenWrong(
    _ graph: GraphArgument, _ name: String, _ problem: String, host: FlatInstance, from place: Place?
  ) -> Diagnostic {
    Diagnostic(
      .wrongKind, "parameter `\(name)` of `\(graph.name)` \(problem)", at: graph.place,
      caption: "`\(host.kind.name)` gives it", labels: place.map { [Label($0, "comes from here")] } ?? [])
  }
}
