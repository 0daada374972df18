import Kamaelia
import Synchronization

/// What components have answered whether they can work, kept from one check to the next.
///
/// An answer may depend on the machine, such as on the programs that are installed, so it is to be forgotten now and then.
package final class KeptAnswers: Sendable {
  private static let most = 10_000
  private let answers = Mutex<[ComponentChecks.Question: ComponentChecks.Answer]>([:])

  package init() {}

  package func forget() { answers.withLock { $0 = [:] } }

  func answer(to question: ComponentChecks.Question, _ ask: () -> ComponentChecks.Answer) -> ComponentChecks.Answer {
    // Graphs are known by numbers that only one check gives them.
    guard question.arguments.values.allSatisfy(\.graphs.isEmpty) else { return ask() }
    if let known = answers.withLock({ $0[question] }) { return known }
    let answer = ask()
    answers.withLock { answers in
      if answers.count >= Self.most { answers = [:] }
      answers[question] = answer
    }
    return answer
  }
}
