import Kamaelia

/// Arguments of components and graphs.
extension Expander {
  /// The arguments of a component, those that are right.
  ///
  /// - Parameters:
  ///   - kind: the component's.
  ///   - graph: where the arguments stand.
  ///   - given: what is set otherwise, such as the command of a program.
  func arguments(
    _ arguments: [Argument], for kind: Kind, at place: Place, from graph: Int, _ scope: Scope,
    given: [String: Evaluated] = [:]
  ) -> [String: Evaluated] {
    let evaluator = Evaluator(expander: self, graph: graph)
    let parameters = kind.signature?.parameters ?? []
    var values = given
    // What seems to be missing may be what has the wrong name.
    var isClear = true
    for argument in arguments {
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
      }
      let value = evaluator.evaluate(argument.value, scope, wantsGraph: parameter.type.takesGraphs)
      if values[parameter.name] != nil {
        let first = arguments.first { ($0.name?.text ?? kind.mainParameter?.name) == parameter.name }
        findings.report(.argumentTwice(argument, parameter.name, first: first === argument ? nil : first?.place))
        continue
      }
      values[parameter.name] = check(value, for: parameter, of: kind, argument) ? value : .broken
    }
    for name in kind.required where isClear && values[name] == nil {
      guard let parameter = parameters.first(where: { $0.name == name }) else { continue }
      findings.report(
        .missingArgument(parameter.name, "\(parameter.type)", parameter.description, of: kind.name, place))
    }
    return values
  }

  private func check(
    _ value: Evaluated, for parameter: Signature.Parameter, of kind: Kind, _ argument: Argument
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
          .wrongKind(place, parameter.name, of: kind.name, "takes a graph, and \(value) is none", argument.value))
        return false
      }
      guard let problem = kind.problem(with: value, for: parameter) else { return true }
      if problem.isOfRightType {
        findings.report(.badValue(place, parameter.name, of: kind.name, problem.description))
      } else {
        var choices: [String] = []
        if case .choice(let names) = parameter.type.unwrapped { choices = names }
        findings.report(
          .wrongKind(place, parameter.name, of: kind.name, problem.description, argument.value, choices: choices))
      }
      return false
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
    for argument in arguments {
      guard
        let name = argument.name?.text ?? (definition.parameters.count == 1 ? definition.parameters[0].name.text : nil)
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
        findings.report(.wrongKind(expression.place, name, of: graph, problem.description, expression))
      }
    case .graph, .graphs:
      if value.isGraph ? type.isGraph : type.isListOfGraphs { return value }
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
