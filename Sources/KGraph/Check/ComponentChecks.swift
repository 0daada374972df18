import Kamaelia

/// Asks components whether they can do what their parameters say.
struct ComponentChecks {
  struct Question: Hashable {
    let component: String
    let arguments: [String: Evaluated]

    /// A dictionary starts a hash of its own for each of its pairs; most components have one argument.
    func hash(into hasher: inout Hasher) {
      hasher.combine(component)
      if arguments.count == 1, let only = arguments.first {
        hasher.combine(only.key)
        hasher.combine(only.value)
      } else {
        hasher.combine(arguments)
      }
    }

    static func == (a: Question, b: Question) -> Bool {
      guard a.component == b.component, a.arguments.count == b.arguments.count else { return false }
      guard a.arguments.count == 1, let first = a.arguments.first, let second = b.arguments.first else {
        return a.arguments == b.arguments
      }
      return first.key == second.key && first.value == second.value
    }
  }

  /// What a component says of its parameters.
  enum Answer {
    case cannotWork(ParameterError)
    /// - Parameter fields: what it looks for in messages.
    case canWork(fields: [String])
  }

  private var asked: [Question: Answer] = [:]
  /// The answers for those that have no arguments.
  private var bare: [ObjectIdentifier: Answer] = [:]
  private let kept: KeptAnswers?

  /// - Parameter kept: the answers of earlier checks, where they are kept.
  init(kept: KeptAnswers? = nil) { self.kept = kept }

  /// Stands for graphs, which components only look at once they run.
  private let template = PlanTemplate(name: "") { _ in (nil, []) }

  /// - Returns: the fields that instances look for in messages, by their numbers.
  mutating func run(_ flat: Flat, _ expander: Expander) -> [Int: [String]] {
    var fields: [Int: [String]] = [:]
    for (number, instance) in flat.instances.enumerated() where instance.role == .component {
      guard instance.kind.signature != nil, instance.arguments.values.allSatisfy(\.isKnown),
        instance.kind.required.allSatisfy({ instance.arguments[$0] != nil })
      else { continue }
      let answer: Answer
      if instance.arguments.isEmpty, let known = bare[ObjectIdentifier(instance.kind)] {
        answer = known
      } else {
        answer = self.answer(Question(component: instance.kind.name, arguments: instance.arguments), expander)
        if instance.arguments.isEmpty { bare[ObjectIdentifier(instance.kind)] = answer }
      }
      switch answer {
      case .cannotWork(let problem): expander.findings.report(.cannotWork(instance, problem.description))
      case .canWork(let names): if !names.isEmpty { fields[number] = names }
      }
    }
    return fields
  }

  private mutating func answer(_ question: Question, _ expander: Expander) -> Answer {
    if let kept { return kept.answer(to: question) { ask(question, expander) } }
    if let known = asked[question] { return known }
    let answer = ask(question, expander)
    asked[question] = answer
    return answer
  }

  private func ask(_ question: Question, _ expander: Expander) -> Answer {
    guard let type = expander.library.component(question.component) else { return .canWork(fields: []) }
    let component = type.init()
    var values: [String: Value] = [:]
    for (name, argument) in question.arguments {
      switch argument {
      case .value(let value): values[name] = value
      case .graph(let graph): values[name] = .graph(GraphReference(name: graph.name, template: template))
      case .graphs(let graphs):
        values[name] = .list(graphs.map { .graph(GraphReference(name: $0.name, template: template)) })
      case .unknown: return .canWork(fields: [])
      }
    }
    do {
      try Members(of: component).set(values)
      try component.check()
      return .canWork(fields: component.fieldsRead)
    } catch {
      return .cannotWork(error)
    }
  }
}

extension Diagnostic {
  /// Says: `…`: ….
  static func cannotWork(_ instance: FlatInstance, _ reason: String) -> Diagnostic {
    Diagnostic(
      instance.kind.name == "Process" ? .cannotRun : .cannotWork, "`\(instance.kind.name)`: \(reason)",
      at: instance.componentPlace)
  }
}
