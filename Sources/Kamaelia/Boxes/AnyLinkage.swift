/// A linkage, whatever it carries: what the runtime counts, closes and reports.
package protocol AnyLinkage: AnyObject, Sendable {
  var ends: LinkageEnds { get }
  var options: LinkageOptions { get }
  /// The reader, as the writer sees it, where its marks tell everything.
  var readerEnd: OtherEnd? { get }
  /// The writer, as the reader sees it, where its marks tell everything.
  var writerEnd: OtherEnd? { get }
  /// Messages under way; none once the reader has left.
  var waiting: Int { get }
  /// Messages that the outbox has sent along it, lost ones included.
  var sent: Int { get }
  /// Messages lost by the linkage's policy.
  var lost: Int { get }
  /// Messages that were under way when the reader left.
  var discarded: Int { get }
  /// Bytes put on the linkage.
  var bytes: Int { get }
  var isFinished: Bool { get }
  var isAbandoned: Bool { get }
  /// Whether the writer waits for room on it, or has not noticed yet that there is some.
  var isStalled: Bool { get }
  /// Whether the writer waits for room on it.
  var isWriterWaiting: Bool { get }
  /// Whether the reader waits and nothing is under way.
  var isReaderWaiting: Bool { get }
  /// When a message's time runs out, so that there is room; nil where messages wait for ever.
  var firstExpiry: Instant? { get }
  /// The writer sends nothing more.
  ///
  /// - Parameter isIncomplete: whether it would have sent more, had the graph not failed or been cut short.
  func finish(isIncomplete: Bool)
  /// The reader does not take it for incomplete where the writer fails, since somebody else sees to that. Before it is used.
  func tolerateFailure()
  /// What to do once the writer has finished or the reader has left; perhaps twice. Before it is used.
  func whenOver(_ action: @escaping @Sendable () -> Void)
  /// The reader takes nothing more. On the reader's executor.
  func abandon()
  func allowWriting(_ messages: Int)
  /// What it holds counts for the run's budget, and never has to wait for it. Before it is used.
  func exemptFromBudget()
  /// The writer waits for room from now on, or no more. On the writer's executor.
  func stall(_ isWaiting: Bool)
  func wakeReaderIfNeeded()
  /// Wakes a writer that waits for room once half of it is free, so that it is not woken for every message.
  func wakeWriterIfNeeded()
  /// Wakes a writer that waits for room if there is any.
  func wakeWriterForAnyRoom()
}

extension AnyLinkage {
  /// The writer has sent all there is.
  package func finish() { finish(isIncomplete: false) }
}
