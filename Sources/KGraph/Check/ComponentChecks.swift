import Kamaelia

/// Asks components whether they can do what their parameters say.
struct ComponentChecks {
  struct Question: Hashable {
    let component: String
    let arguments: [String: Evaluated]
    /// What stands for the variables of a generic component, as far as it is known.
    var types: [String: MessageType] = [:]

    /// A dictionary starts a hash of its own for each of its pairs; most components have one argument.
    func hash(into hasher: inout Hasher) {
      hasher.combine(component)
      if !types.isEmpty { hasher.combine(types) }
      if arguments.count == 1, let only = arguments.first {
        hasher.combine(only.key)
        hasher.combine(only.value)
      } else {
        hasher.combine(arguments)
      }
    }

    static func == (a: Question, b: Question) -> Bool {
      guard a.component == b.component, a.types == b.types, a.arguments.count == b.arguments.count else { return false }
      guard a.arguments.count == 1, let first = a.arguments.first, let second = b.arguments.first else {
        return a.arguments == b.arguments
      }
      return first.key == second.key && first.value == second.value
    }
  }

  /// What a component says of itself once it has its parameters.
  struct Claims {
    /// The component itself, where it looks for fields in messages.
    var reader: (any Component)?
    /// The fields that its messages of JSON have, by the outbox; nothing where they may have any.
    var sent: [String: [String]] = [:]
    /// What it gives to the graphs that it makes, by the parameter that holds these; nothing where it does not say.
    var given: [String: [GivenArgument]] = [:]
    /// What it uses of the machine, and what of that is its own.
    var used: [Capability] = []
    var exclusive: [Capability] = []

    var sendsFewer = false
    var takesInStep = false

    var isEmpty: Bool {
      reader == nil && sent.isEmpty && !sendsFewer && !takesInStep && given.isEmpty && used.isEmpty && exclusive.isEmpty
    }
  }

  /// What a component says of its parameters.
  enum Answer {
    case cannotWork(ParameterError)
    case canWork(Claims)
  }

  private var asked: [Question: Answer] = [:]
  /// The answers for those that have no arguments.
  private var bare: [ObjectIdentifier: Answer] = [:]
  private let kept: KeptAnswers?

  /// - Parameter kept: the answers of earlier checks, where they are kept.
  init(kept: KeptAnswers? = nil) { self.kept = kept }

  /// Stands for graphs, which components only look at once they run.
  private let template = PlanTemplate(name: "") { _ in (nil, []) }

  /// - Returns: what instances say of themselves, by their numbers, those with nothing to say left out.
  mutating func run(_ flat: Flat, _ types: inout TypeCheck, _ expander: Expander) -> [Int: Claims] {
    var claims: [Int: Claims] = [:]
    for (number, instance) in flat.instances.enumerated() where instance.role == .component {
      guard instance.kind.signature != nil, instance.arguments.values.allSatisfy(\.isKnown),
        instance.kind.required.allSatisfy({ instance.arguments[$0] != nil })
      else { continue }
      let answer: Answer
      if instance.arguments.isEmpty, !instance.kind.isGeneric, let known = bare[ObjectIdentifier(instance.kind)] {
        answer = known
      } else {
        let question = Question(
          component: instance.kind.name, arguments: instance.arguments,
          types: instance.kind.isGeneric ? types.knownTypes(of: number) : [:])
        answer = self.answer(question, expander)
        if instance.arguments.isEmpty, !instance.kind.isGeneric { bare[ObjectIdentifier(instance.kind)] = answer }
      }
      switch answer {
      case .cannotWork(let problem): expander.findings.report(.cannotWork(instance, problem.description))
      case .canWork(let found): if !found.isEmpty { claims[number] = found }
      }
    }
    for (number, template) in flat.templates.enumerated() {
      check(template, types.knownTypes(ofTemplate: number), expander)
    }
    return claims
  }

  /// A component that is used as a graph can do what its parameters say, as far as they are known here.
  private mutating func check(_ template: FlatTemplate, _ types: [String: MessageType], _ expander: Expander) {
    guard case .component(let name) = template.argument.subject, let kind = expander.component(name),
      let problem = self.problem(of: kind, template.argument.arguments, types, expander)
    else { return }
    expander.findings.report(.cannotWork(name, problem.description, at: template.argument.place))
  }

  /// What a component says against its parameters; nil where it says nothing, or not all of them are known.
  mutating func problem(
    of kind: Kind, _ arguments: [String: Evaluated], _ types: [String: MessageType], _ expander: Expander
  ) -> ParameterError? {
    guard arguments.values.allSatisfy(\.isKnown), kind.required.allSatisfy({ arguments[$0] != nil }) else { return nil }
    let question = Question(component: kind.name, arguments: arguments, types: types)
    guard case .cannotWork(let problem) = answer(question, expander) else { return nil }
    return problem
  }

  private mutating func answer(_ question: Question, _ expander: Expander) -> Answer {
    if let kept { return kept.answer(to: question) { ask(question, expander) } }
    if let known = asked[question] { return known }
    let answer = ask(question, expander)
    asked[question] = answer
    return answer
  }

  private func ask(_ question: Question, _ expander: Expander) -> Answer {
    guard let component = expander.library.instance(of: question.component, question.types) else {
      return .canWork(Claims())
    }
    var values: [String: Value] = [:]
    for (name, argument) in question.arguments {
      switch argument {
      case .value(let value): values[name] = value
      case .graph(let graph): values[name] = .graph(GraphReference(name: graph.name, template: template))
      case .graphs(let graphs):
        values[name] = .list(graphs.map { .graph(GraphReference(name: $0.name, template: template)) })
      case .unknown: return .canWork(Claims())
      }
    }
    do {
      try Members(of: component).set(values)
      try component.check()
      var claims = Claims()
      let isReader = [MessageType.any, .list(.record([])), .record([]), .text].contains { type in
        let fields = component.fieldsRead(in: type)
        return !fields.names.isEmpty || !fields.numbers.isEmpty
      }
      if isReader { claims.reader = component }
      for box in expander.library.signature(of: question.component)?.outboxes ?? [] where box.type == .json {
        claims.sent[box.name] = component.fieldsSent(by: box.name)
      }
      claims.used = Swift.type(of: component).needs.compactMap { $0.capability(of: component) }
      claims.exclusive = component.exclusive
      claims.sendsFewer = Swift.type(of: component).sendsFewer
      claims.takesInStep = component.takesInStep
      for parameter in expander.library.signature(of: question.component)?.parameters ?? []
      where parameter.type.takesGraphs {
        claims.given[parameter.name] = component.argumentsGiven(toGraphsOf: parameter.name)
      }
      return .canWork(claims)
    } catch {
      return .cannotWork(error)
    }
  }
}

extension Library {
  /// A component with its defaults, made for types where all of them are known; nil where the library only describes it.
  fileprivate func instance(of name: String, _ types: [String: MessageType]) -> (any Component)? {
    var swiftTypes: [String: any Message.Type] = [:]
    for (variable, type) in types { swiftTypes[variable] = swiftType(for: type) }
    if types.isEmpty || swiftTypes.count < types.count { return component(declared: name)?.init() }
    return component(name, types: swiftTypes)?.init()
  }
}

extension Diagnostic {
  /// Says: `…`: ….
  static func cannotWork(_ instance: FlatInstance, _ reason: String) -> Diagnostic {
    cannotWork(instance.kind.name, reason, at: instance.componentPlace)
  }

  static func cannotWork(_ component: String, _ reason: String, at place: Place) -> Diagnostic {
    Diagnostic(component == "Process" ? .cannotRun : .cannotWork, "`\(component)`: \(reason)", at: place)
  }
}
