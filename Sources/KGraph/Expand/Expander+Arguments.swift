import Kamaelia

/// Arguments of components and graphs.
extension Expander {
  /// The arguments of a component, those that are right.
  ///
  /// - Parameters:
  ///   - kind: the component's.
  ///   - graph: where the arguments stand.
  ///   - given: what is set otherwise, such as the command of a program.
  ///   - isComplete: whether what is missing is an error; otherwise somebody else may give it.
  func arguments(
    _ arguments: [Argument], for kind: Kind, at place: Place, from graph: Int, _ scope: Scope,
    given: [String: Evaluated] = [:], isComplete: Bool = true
  ) -> [String: Evaluated] {
    let evaluator = Evaluator(expander: self, graph: graph)
    let parameters = kind.signature?.parameters ?? []
    var values = given
    // What seems to be missing may be what has the wrong name.
    var isClear = true
    let commas = decimalCommas(arguments, main: kind.mainParameter?.name)
    lazy var named = Set(arguments.compactMap { $0.name?.text })
    for (index, argument) in arguments.enumerated() {
      if commas.contains(index) || commas.contains(index - 1) {
        // Said once, of both numbers.
        isClear = false
        continue
      }
      let parameter: Signature.Parameter
      if let name = argument.name {
        guard let found = parameters.first(where: { $0.name == name.text }) else {
          _ = evaluator.evaluate(argument.value, scope)
          isClear = false
          if !name.isMissing {
            findings.report(
              .unknownArgument(name, of: kind.name, candidates: parameters.map(\.name)))
          }
          continue
        }
        parameter = found
      } else {
        guard let main = kind.mainParameter else {
          isClear = false
          findings.report(.unnamedArgument(argument.value.place, of: kind.name, parameters.map(\.name)))
          continue
        }
        parameter = main
        if let first = arguments[..<index].first(where: { ($0.name?.text ?? main.name) == main.name }) {
          let free = parameters.filter { !named.contains($0.name) && $0.name != main.name }
          isClear = false
          let fitting = free.filter { kind.fits(evaluator.evaluate(argument.value, scope), $0) }
          findings.report(
            .secondUnnamedArgument(
              argument.value.place, of: kind.name, first: first.place, main: main.name, free.map(\.name),
              fitting: fitting.map(\.name)))
          continue
        }
      }
      let value = evaluator.evaluate(argument.value, scope, wantsGraph: parameter.type.takesGraphs)
      if values[parameter.name] != nil {
        let first = arguments.first { ($0.name?.text ?? kind.mainParameter?.name) == parameter.name }
        findings.report(.argumentTwice(argument, parameter.name, first: first === argument ? nil : first?.place))
        continue
      }
      let removal = parameter.defaultValue == nil ? nil : removal(of: index, among: arguments)
      values[parameter.name] = check(value, for: parameter, of: kind, argument, removal) ? value : .broken
    }
    for name in kind.required where isClear && isComplete && values[name] == nil {
      guard let parameter = parameters.first(where: { $0.name == name }) else { continue }
      findings.report(
        .missingArgument(parameter.name, "\(parameter.type)", parameter.description, of: kind.name, place))
    }
    return values
  }

  private func check(
    _ value: Evaluated, for parameter: Signature.Parameter, of kind: Kind, _ argument: Argument, _ removal: Place?
  ) -> Bool {
    let place = argument.value.place
    switch value {
    case .unknown(let type):
      guard let type, !parameter.type.accepts(type) else { return true }
      findings.report(
        .wrongKind(place, parameter.name, of: kind.name, "takes \(parameter.type), and this is \(type)", argument.value)
      )
      return false
    case .graph, .graphs:
      if value.isGraph ? parameter.type.isGraph : parameter.type.isGraphs { return true }
      findings.report(
        .wrongKind(
          place, parameter.name, of: kind.name, "takes \(parameter.type), and \(value.sketch) is none",
          argument.value))
      return false
    case .value(let value):
      if parameter.type.takesGraphs {
        if case .optional = parameter.type, value == .name("none") { return true }
        findings.report(
          .wrongKind(
            place, parameter.name, of: kind.name, "takes a graph, and \(value) is none", argument.value,
            removal: removal))
        return false
      }
      guard let problem = kind.problem(with: value, for: parameter) else { return true }
      if problem.isOfRightType {
        findings.report(.badValue(place, parameter.name, of: kind.name, problem.description))
      } else {
        var choices: [String] = []
        if case .choice(let names) = parameter.type.unwrapped { choices = names }
        findings.report(
          .wrongKind(
            place, parameter.name, of: kind.name, problem.description, argument.value, choices: choices,
            removal: removal, isOptional: parameter.type.isOptional))
      }
      return false
    }
  }

  /// The arguments that are followed by the rest of the same number, as in `0,5s`, by index.
  ///
  /// - Parameter main: the parameter that an argument without a name is for.
  private func decimalCommas(_ arguments: [Argument], main: String?) -> Set<Int> {
    var found: Set<Int> = []
    let mains = arguments.lazy.filter { ($0.name?.text ?? main) == main }.count
    for index in arguments.indices.dropLast() {
      let (first, second) = (arguments[index], arguments[index + 1])
      guard second.name == nil, first.value.isDigits, case .literal(let rest) = second.value,
        rest.number.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
        first.place.range.upperBound + 1 == second.place.range.lowerBound
      else { continue }
      // A second value without a name is right only for the main parameter, and only once.
      guard main == nil || mains > 1 else { continue }
      found.insert(index)
      let whole = Place(first.place.source, first.value.place.range.lowerBound..<second.place.range.upperBound)
      let isGroup = rest.unit.isEmpty && rest.number.utf8.count == 3
      findings.report(
        .decimalComma(whole, write: whole.text.replacing(",", with: isGroup ? "" : ".")))
    }
    return found
  }

  /// The argument with the comma that parts it from its neighbours.
  private func removal(of index: Int, among arguments: [Argument]) -> Place {
    let place = arguments[index].place
    if index > 0 {
      return Place(place.source, arguments[index - 1].place.range.upperBound..<place.range.upperBound)
    }
    return index + 1 < arguments.count
      ? Place(place.source, place.range.lowerBound..<arguments[index + 1].place.range.lowerBound) : place
  }

  /// What to say of a component that does not exist.
  ///
  /// - Parameter suits: whether a component could stand there.
  func unknownComponent(
    _ name: Name, _ arguments: [Argument], candidates: [String], suits: (Kind) -> Bool = { _ in true }
  ) -> Diagnostic {
    .unknownComponent(
      name, candidates: candidates, familiar: FamiliarNames.entry(for: name.text, among: componentNames)
    ) {
      guard let kind = component($0) else { return false }
      return suits(kind) && kind.takes(arguments)
    }
  }

  /// A value for each parameter of a graph: what is given, or else its default.
  ///
  /// - Parameters:
  ///   - graph: where the arguments stand.
  ///   - isComplete: whether what is missing is an error; otherwise it is not known yet.
  func bind(
    _ arguments: [Argument], to target: Int, at place: Place, from graph: Int, _ scope: Scope, isComplete: Bool = true
  ) -> [String: Evaluated] {
    let definition = program.graphs[target]
    let evaluator = Evaluator(expander: self, graph: graph)
    var given: [String: Argument] = [:]
    var isClear = true
    let only = definition.parameters.count == 1 ? definition.parameters[0].name.text : nil
    let commas = decimalCommas(arguments, main: only)
    for (index, argument) in arguments.enumerated() {
      if commas.contains(index) || commas.contains(index - 1) {
        isClear = false
        continue
      }
      guard
        let name = argument.name?.text ?? only
      else {
        isClear = false
        findings.report(
          .unnamedArgument(argument.value.place, of: definition.name, definition.parameters.map(\.name.text)))
        continue
      }
      if let first = given[name] {
        findings.report(.argumentTwice(argument, name, first: first.place))
        continue
      }
      guard definition.parameters.contains(where: { $0.name.text == name }) else {
        isClear = false
        _ = evaluator.evaluate(argument.value, scope)
        if let written = argument.name, !written.isMissing {
          findings.report(
            .unknownArgument(written, of: definition.name, candidates: definition.parameters.map(\.name.text)))
        }
        continue
      }
      given[name] = argument
    }
    return bind(to: definition) { parameter, type in
      guard let argument = given[parameter.name.text] else {
        if parameter.defaultValue == nil, isComplete, isClear {
          findings.report(
            .missingArgument(
              parameter.name.text, parameter.type.place.text, parameter.documentation?.text ?? "",
              of: definition.name, place, declared: parameter.name.place))
        }
        return nil
      }
      let value = evaluator.evaluate(argument.value, scope, wantsGraph: type?.takesGraphs ?? false)
      return check(value, type, parameter.name.text, of: definition.name, argument.value)
    }
  }

  /// The same for values that are known already: what the command line sets, what a component gives a graph it makes.
  func bind(
    to definition: GraphDefinition, _ value: (ParameterDeclaration, MessageType?) -> Evaluated?
  ) -> [String: Evaluated] {
    let scope = Scope(parent: nil)
    let evaluator = Evaluator(expander: self, graph: definition.id)
    for parameter in definition.parameters {
      // A type may speak of the parameters before it.
      let type = evaluator.read(parameter.type, scope, isParameter: true)
      if let given = value(parameter, type) {
        scope.values[parameter.name.text] = given
      } else if let expression = parameter.defaultValue {
        let value = evaluator.evaluate(expression, scope, wantsGraph: type?.takesGraphs ?? false)
        scope.values[parameter.name.text] = check(value, type, parameter.name.text, of: nil, expression)
      } else {
        scope.values[parameter.name.text] = .unknown(type)
      }
    }
    return scope.values
  }

  /// - Returns: the value in the form of the type, or an unknown one where it is wrong.
  private func check(
    _ value: Evaluated, _ type: MessageType?, _ name: String, of graph: String?, _ expression: Expression
  ) -> Evaluated {
    guard let type else { return value.graphs.isEmpty ? .broken : value }
    switch value {
    case .value(let inner):
      guard let problem = type.problem(with: inner) else { return .value(type.adopting(inner)) }
      if problem.isOfRightType {
        findings.report(.badValue(expression.place, name, of: graph, problem.description))
      } else {
        findings.report(
          .wrongKind(expression.place, name, of: graph, problem.description, expression, isOptional: type.isOptional))
      }
    case .graph, .graphs:
      if value.isGraph ? type.isGraph : type.isListOfGraphs {
        if let graph { handedOn += value.graphs.map { HandedOn(graph: $0, type: type, host: graph, parameter: name) } }
        return value
      }
      findings.report(
        .wrongKind(expression.place, name, of: graph, "takes \(type), and \(value.sketch) is none", expression))
    case .unknown(let other):
      guard let other, !type.canBe(other) else { return .unknown(type) }
      findings.report(.wrongKind(expression.place, name, of: graph, "takes \(type), and this is \(other)", expression))
    }
    return .unknown(type)
  }
}

extension MessageType {
  /// Whether graphs are what it is the type of.
  var isGraph: Bool {
    switch self {
    case .graph: true
    case .optional(let wrapped): wrapped.isGraph
    default: false
    }
  }

  var isListOfGraphs: Bool {
    switch self {
    case .list(let element): element.isGraph
    case .optional(let wrapped): wrapped.isListOfGraphs
    default: false
    }
  }

  var takesGraphs: Bool { isGraph || isListOfGraphs }
}

extension Expression {
  /// Whether it is a number of digits alone.
  fileprivate var isDigits: Bool {
    guard case .literal(let literal) = self, literal.unit.isEmpty else { return false }
    return !literal.number.isEmpty
      && literal.number.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }
}

extension Kind {
  /// Whether such arguments could be meant for it, as far as their names and literals tell.
  fileprivate func takes(_ arguments: [Argument]) -> Bool {
    var given: Set<String> = []
    for argument in arguments {
      guard let name = argument.name?.text ?? mainParameter?.name, given.insert(name).inserted,
        let parameter = signature?.parameters.first(where: { $0.name == name })
      else { return false }
      let value: Value
      switch argument.value {
      case .literal(let literal): value = literal.value.value
      case .text(let literal):
        guard let text = literal.constant else { continue }
        value = .text(text)
      case .parameter: continue
      default: return false
      }
      if parameter.type.takesGraphs || problem(with: value, for: parameter) != nil { return false }
    }
    return required.allSatisfy(given.contains)
  }

  /// Whether a value could be meant for a parameter.
  fileprivate func fits(_ value: Evaluated, _ parameter: Signature.Parameter) -> Bool {
    switch value {
    case .value(let value): !parameter.type.takesGraphs && problem(with: value, for: parameter) == nil
    case .unknown(let type): type.map { parameter.type.accepts($0) } ?? false
    case .graph: parameter.type.isGraph
    case .graphs: parameter.type.isGraphs
    }
  }
}

extension MessageType {
  fileprivate var isOptional: Bool { if case .optional = self { true } else { false } }
}

extension ParameterType {
  fileprivate var isOptional: Bool { if case .optional = self { true } else { false } }
}
