import KamaeliaIO

/// The answer to the question that was asked last, for one who asks the same again and again. From any thread.
package final class LastAnswer<Question: Equatable & Sendable, Answer: Sendable>: Sendable {
  /// An object, so that those who ask at the same time hold each other up for no longer than it takes to count a reference.
  private final class Entry: Sendable {
    let question: Question
    let answer: Answer

    init(_ question: Question, _ answer: Answer) {
      self.question = question
      self.answer = answer
    }
  }

  private let last = Lock<Entry?>(nil)

  package init() {}

  /// What was said to the same question, or else what `find` says.
  package func callAsFunction(_ question: Question, _ find: (Question) -> Answer) -> Answer {
    if let last = last.withLock({ $0 }), last.question == question { return last.answer }
    let entry = Entry(question, find(question))
    last.withLock { $0 = entry }
    return entry.answer
  }
}
