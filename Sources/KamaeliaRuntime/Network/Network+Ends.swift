import KGraph
import Kamaelia
import KamaeliaIO

extension Network {
  // MARK: Coming to an end

  /// A component has ended, for good. On its executor, after it has closed its boxes.
  func memberEnded(_ member: Member, failure: Failure?) {
    member.ended()
    if member.takesGraphs { letGoOfGraphs(madeBy: member.instance) }
    let mustStop = state.withLock { state in
      state.running -= 1
      if member.takesGraphs { state.takers -= 1 }
      state.retired.removeAll { $0 === member }
      guard let failure else { return false }
      state.failures.append(failure)
      return !state.isStopping
    }
    if mustStop { stopAfterFailure() }
    if member.takesGraphs { releaseBackplanes() }
    endIfDone()
  }

  func endIfDone() {
    let (waiting, ending) = state.withLock { state -> ([CheckedContinuation<Ending, Never>], Ending?) in
      guard state.isStarted, state.running == 0, state.children.isEmpty, state.ending == nil, !state.isChanging,
        state.cut != nil || !state.passages.contains(where: \.isOpen)
      else { return ([], nil) }
      let ending = state.makeEnding()
      state.ending = ending
      defer { state.waiting = [] }
      return (state.waiting, ending)
    }
    guard let ending else { return }
    for continuation in waiting { continuation.resume(returning: ending) }
    parent?.childEnded(self, ending)
  }

  // MARK: Stopping

  /// Stops the sources and lets what is under way be delivered.
  package func stop() {
    let (members, children, backplanes, passages) = state.withLock { state in
      state.isStopping = true
      return (state.all, state.orderedChildren, state.orderedBackplanes, state.passages)
    }
    for passage in passages { passage.close() }
    for member in members { if member.isSource { member.cancel() } else { member.hurry() } }
    for backplane in backplanes { backplane.release() }
    for child in children { child.stop() }
  }

  /// Stops the sources since the graph has failed: what they have sent by then is not all.
  func stopAfterFailure() {
    for member in allMembers where !member.hasEnded && (member.isSource || member.isBackplane) {
      member.instance.endEarly()
    }
    stop()
  }

  /// Ends all components at once; what is under way is lost, and counted.
  package func cancel() {
    let running = running
    announceCut()
    let (members, children, passages) = state.withLock { state in
      state.isStopping = true
      if state.cut == nil { state.cut = Cut(running: running, discarded: state.discarded) }
      return (state.all, state.orderedChildren, state.passages)
    }
    for passage in passages { passage.close() }
    for child in children { child.cancel() }
    for member in members where !member.hasEnded { member.cut() }
    if members.isEmpty { endIfDone() }
  }

  /// Tells all components that they are ended at once before any of them is: else one could see its producers end, and take
  /// what it has for all there is.
  private func announceCut() { for member in allMembers where !member.hasEnded { member.instance.announceCut() } }

  /// Messages that were on their way when everything was ended at once and have come nowhere so far; 0 before.
  package var lostAtEnd: Int {
    let (own, children) = state.withLock { state in
      (state.cut.map { state.lost(since: $0) } ?? 0, Array(state.children.values))
    }
    return own + children.reduce(0) { $0 + $1.lostAtEnd }
  }

  /// Lets the backplanes end when those who publish now have finished, once nobody is left who could make graphs that publish.
  func releaseBackplanes() {
    let backplanes = state.withLock { state in
      state.takers == 0 && state.children.isEmpty ? state.orderedBackplanes : []
    }
    for backplane in backplanes { backplane.release() }
  }
}

extension Network.State {
  /// Messages that were under way to components that had left, or still are.
  var discarded: Int { (wires + retiredWires).reduce(0) { $0 + $1.linkage.discarded } }

  /// How the network has ended, now that nothing runs.
  fileprivate func makeEnding() -> Ending {
    if !failures.isEmpty { return .failed(failures) }
    if let waits { return .stuck(waits) }
    guard let cut else { return .finished }
    return .cutShort(lost: lost(since: cut), running: cut.running)
  }

  /// Messages that were on their way when everything was ended at once, and have come nowhere.
  func lost(since cut: Network.Cut) -> Int {
    let waiting = (wires + retiredWires).reduce(0) { $0 + $1.linkage.waiting }
    return max(0, discarded - cut.discarded) + waiting + lostInChildren
  }
}
