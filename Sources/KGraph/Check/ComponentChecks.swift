import Kamaelia

/// Asks components whether they can do what their parameters say.
struct ComponentChecks {
  struct Question: Hashable {
    let component: String
    let arguments: [String: Evaluated]
  }

  private var asked: [Question: ParameterError?] = [:]
  private let kept: KeptAnswers?

  /// - Parameter kept: the answers of earlier checks, where they are kept.
  init(kept: KeptAnswers? = nil) { self.kept = kept }

  /// Stands for graphs, which components only look at once they run.
  private let template = PlanTemplate(name: "") { _ in (nil, []) }

  mutating func run(_ flat: Flat, _ expander: Expander) {
    for instance in flat.instances where instance.role == .component {
      guard let signature = instance.kind.signature, instance.arguments.values.allSatisfy(\.isKnown) else { continue }
      let isComplete = signature.parameters.allSatisfy {
        $0.defaultValue != nil || instance.arguments[$0.name] != nil
      }
      guard isComplete else { continue }
      let question = Question(component: signature.name, arguments: instance.arguments)
      let problem: ParameterError?
      if let known = asked[question] {
        problem = known
      } else {
        problem = if let kept { kept.answer(to: question) { ask(question, expander) } } else { ask(question, expander) }
        asked[question] = .some(problem)
      }
      if let problem { expander.findings.report(.cannotWork(instance, problem.description)) }
    }
  }

  private func ask(_ question: Question, _ expander: Expander) -> ParameterError? {
    guard let type = expander.library.component(question.component) else { return nil }
    let component = type.init()
    var values: [String: Value] = [:]
    for (name, argument) in question.arguments {
      switch argument {
      case .value(let value): values[name] = value
      case .graph(let graph): values[name] = .graph(GraphReference(name: graph.name, template: template))
      case .graphs(let graphs):
        values[name] = .list(graphs.map { .graph(GraphReference(name: $0.name, template: template)) })
      case .unknown: return nil
      }
    }
    do {
      try Members(of: component).set(values)
      try component.check()
      return nil
    } catch {
      return error
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
