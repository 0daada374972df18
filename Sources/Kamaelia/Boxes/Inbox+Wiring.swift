/// An inbox, whatever it takes: what the runtime wires, counts and closes. On the executor of the inbox's component,
/// or before that component runs.
package protocol AnyInbox: AnyBox {
  var details: BoxDetails { get }
  var messageType: MessageType { get }
  var swiftType: any Message.Type { get }
  var isLinked: Bool { get }
  var isFinished: Bool { get }
  /// Whether it has ended, or will, before all has come, so that what the component makes of it is incomplete as well.
  var makesIncomplete: Bool { get }
  /// Whether a task waits for a message; from any thread.
  var isWaiting: Bool { get }
  var anyLinkages: [any AnyLinkage] { get }
  func attach(to instance: Instance)
  /// Forgets its component, which has ended.
  func forgetOwner()
  func close()
  /// Puts a literal in before anything else. False where the inbox takes no such value.
  func put(_ literal: Value, ends: LinkageEnds) -> Bool
  /// Takes from a linkage that was made to this inbox; where it takes the place of another one, after that one has ended.
  func attach(_ pending: PendingLinkage, replacing replaced: (any AnyLinkage)?)
  /// Lets whoever waits look again; from any thread.
  func wake()
  /// Keeps it from its end, since more may be linked to it; from any thread, as `release`.
  func hold()
  func release()
  /// Keeps the message that is being dealt with from now on.
  func keepInHand()
  /// Gives the message that is in hand once more.
  ///
  /// - Returns: how many times the component has failed on it by now; 0 where there is none.
  func redeliver() -> Int
  /// Gives up the message that is in hand.
  func giveUpInHand() -> (any Message)?
  /// What to do whenever a message has been dealt with.
  func afterEachMessage(_ action: @escaping @Sendable () -> Void)
}

extension Inbox: AnyInbox {
  package var messageType: MessageType { M.messageType }
  package var swiftType: any Message.Type { M.self }
  package var isWaiting: Bool { waiter.hasSleepers }
  package var sleepers: Waiter { waiter }
  package var hasDeadline: Bool { deadlines.load(ordering: .relaxed) > 0 }
  package var makesIncomplete: Bool { !isOfGraph && endedEarly }
  package var anyLinkages: [any AnyLinkage] { linkages }
  package func eachLinkage(_ body: (any AnyLinkage) -> Void) { for linkage in linkages { body(linkage) } }
  package func attach(to instance: Instance) { owner = instance }
  package func forgetOwner() { owner = nil }

  package func attach(_ pending: PendingLinkage, replacing replaced: (any AnyLinkage)?) {
    guard let linkage = pending.linkage as? Linkage<M> else { preconditionFailure("a linkage leads to one inbox") }
    link(linkage, after: replaced)
  }

  package func put(_ literal: Value, ends: LinkageEnds) -> Bool {
    guard let message = M(literal: literal), let timekeeper = owner?.timekeeper else { return false }
    if isClosed { return true }
    let linkage = Linkage<M>(
      ends, LinkageOptions(capacity: 1), readers: waiter, writers: Waiter(isQuiet: true), timekeeper: timekeeper)
    linkage.ring.allowWriting(1)
    guard linkage.ring.push(message) else { return false }
    linkage.finish()
    linkages.insert(linkage, at: 0)
    turn = 0
    chooseFastPath()
    waiter.wake()
    return true
  }

  package func wake() { waiter.wake() }

  package func hold() { holds.add(1, ordering: .acquiringAndReleasing) }

  package func release() {
    holds.subtract(1, ordering: .acquiringAndReleasing)
    waiter.wake()
  }

  package func keepInHand() {
    inHand = inHand ?? InHand()
    chooseFastPath()
  }

  /// Whether the component may be started again, and gets the message once more that it failed on.
  package var isKeptInHand: Bool { inHand != nil }
  package func redeliver() -> Int { inHand?.redeliver() ?? 0 }

  package func giveUpInHand() -> (any Message)? { giveUp() }

  package func afterEachMessage(_ action: @escaping @Sendable () -> Void) {
    whenDone = action
    chooseFastPath()
  }
}
