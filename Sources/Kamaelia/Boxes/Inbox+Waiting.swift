extension Inbox {
  /// Waits until a message is there to be taken, or none will come any more; takes nothing. For components that wait at
  /// several inboxes at once. Ends as well when the task is cancelled.
  package func untilReady() async {
    while !isReady, !Task.isCancelled { await waiter.wait { isReady } }
  }

  private var isReady: Bool {
    isFinished || inHand?.isToBeRedelivered == true
      || linkages.contains { $0.inQueue > 0 || ($0.successor != nil && $0.isFinished) }
  }
}
