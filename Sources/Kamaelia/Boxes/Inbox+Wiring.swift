/// An inbox, whatever it takes: what the runtime wires, counts and closes. On the executor of the inbox's component,
/// or before that component runs.
package protocol AnyInbox: AnyObject, Sendable {
  var details: BoxDetails { get }
  var messageType: MessageType { get }
  var swiftType: any Message.Type { get }
  var isLinked: Bool { get }
  var isFinished: Bool { get }
  /// Whether a task waits for a message; from any thread.
  var isWaiting: Bool { get }
  var anyLinkages: [any AnyLinkage] { get }
  func attach(to instance: Instance)
  func close()
  /// Puts a literal in before anything else. False where the inbox takes no such value.
  func put(_ literal: Value, name: LinkageName) -> Bool
  /// Lets go of a linkage; what is under way on it is dropped.
  func unlink(_ linkage: any AnyLinkage)
  /// Lets whoever waits look again; from any thread.
  func wake()
  func hold()
  func release()
  /// Wakes the producers that wait for room.
  func settle()
  /// Keeps the message that is being dealt with from now on.
  func keepInHand()
  /// Gives the message that is in hand once more. False where there is none.
  func redeliver() -> Bool
  /// Gives up the message that is in hand.
  func giveUpInHand() -> (any Message)?
  /// What to do whenever a message has been dealt with.
  func afterEachMessage(_ action: @escaping @Sendable () async -> Void)
}

extension Inbox: AnyInbox {
  package var messageType: MessageType { M.messageType }
  package var swiftType: any Message.Type { M.self }
  package var isWaiting: Bool { waiter.isArmed }
  package var anyLinkages: [any AnyLinkage] { linkages }
  package func attach(to instance: Instance) { owner = instance }

  package func put(_ literal: Value, name: LinkageName) -> Bool {
    guard let message = M(literal: literal), let timekeeper = owner?.timekeeper else { return false }
    let linkage = Linkage<M>(
      name, LinkageOptions(capacity: 1), readers: waiter, writers: Waiter(), timekeeper: timekeeper)
    linkage.ring.allowWriting(1)
    guard linkage.ring.push(message) else { return false }
    linkage.finish()
    linkages.insert(linkage, at: 0)
    chooseFastPath()
    return true
  }

  func link(_ linkage: Linkage<M>) {
    linkages.append(linkage)
    chooseFastPath()
    waiter.wake()
  }

  package func unlink(_ linkage: any AnyLinkage) {
    guard let index = linkages.firstIndex(where: { $0 === linkage }) else { return }
    linkages.remove(at: index).abandon()
    chooseFastPath()
    waiter.wake()
  }

  package func wake() { waiter.wake() }

  package func hold() { holds.add(1, ordering: .acquiringAndReleasing) }

  package func release() {
    holds.subtract(1, ordering: .acquiringAndReleasing)
    waiter.wake()
  }

  package func settle() { for linkage in linkages { linkage.wakeWriterIfNeeded() } }

  package func keepInHand() {
    inHand = inHand ?? InHand()
    chooseFastPath()
  }

  package func redeliver() -> Bool {
    guard inHand?.message != nil else { return false }
    inHand?.isToBeRedelivered = true
    return true
  }

  package func giveUpInHand() -> (any Message)? {
    defer { inHand = InHand() }
    return inHand?.message
  }

  package func afterEachMessage(_ action: @escaping @Sendable () async -> Void) {
    whenDone = action
    chooseFastPath()
  }
}
