import KGraph
import Kamaelia
import KamaeliaIO

extension Network {
  /// Ends a graph in which nothing can move any more, and remembers who waits for whom.
  func endIfStuck() {
    guard state.withLock({ $0.isStarted && $0.ending == nil && !$0.isChanging }) else { return }
    endStill()
  }

  /// The same for a caller who knows that nothing moves.
  package func endStill() {
    if surroundings.memory?.letPass() == true { return }
    let (waits, unknown) = currentWaits
    guard unknown.isEmpty else { return warn(of: unknown) }
    guard !waits.isEmpty, !endDrainedCircles(waits) else { return }
    state.withLock { state in
      // A graph that was told to stop and has nothing more to do ends as it should, be it a circle that waits for itself.
      if !state.isStopping { state.waits = waits }
    }
    cutStill()
  }

  /// Ends everything at once where nothing moves. What was under way to full boxes is lost, and counted.
  private func cutStill() {
    let waiting = allWires.contains { $0.linkage.waiting > 0 }
    if waiting { return cancel() }
    for member in allMembers where !member.hasEnded { member.cut() }
  }

  /// Says once that some wait for what the runtime knows nothing of: it cannot tell whether that will come.
  private func warn(of instances: [String]) {
    let isFirst = state.withLock { state in
      defer { state.hasWarned = true }
      return !state.hasWarned
    }
    guard isFirst else { return }
    let names = instances.prefix(3).map { "`\($0)`" }.joined(separator: ", ")
    surroundings.journal.write(
      .warning,
      "nothing moves: \(names) \(instances.count == 1 ? "waits" : "wait") for something that is none of the graph's boxes "
        + "(a component says so with `outside { … }`)")
  }

  /// Who waits for whom at this moment.
  package var waits: [Wait] { currentWaits.waits }

  /// The failures so far.
  package var failures: [Failure] { state.withLock { $0.failures } }

  /// Who waits for whom, and who waits for something that is none of the boxes.
  var currentWaits: (waits: [Wait], unknown: [String]) {
    let wires = allWires.filter { !$0.linkage.isFinished && !$0.linkage.isAbandoned }
    let incoming = Dictionary(grouping: wires, by: \.linkage.name.to)
    let outgoing = Dictionary(grouping: wires, by: \.linkage.name.from)
    var waits: [Wait] = []
    var unknown: [String] = []
    for member in allMembers where !member.hasEnded {
      let name = member.instance.name
      let (messages, room) = member.waits
      let graphs = member.instance.awaitedGraphs
      if messages.isEmpty, room.isEmpty, graphs.isEmpty { unknown.append(name) }
      for box in messages {
        let from = incoming["\(name).\(box)"] ?? []
        waits.append(
          Wait(instance: name, box: box, what: .message, others: instances(from.map(\.linkage.name.from)), waiting: 0))
      }
      for box in room {
        let full = (outgoing["\(name).\(box)"] ?? []).filter(\.linkage.isWriterWaiting)
        waits.append(
          Wait(
            instance: name, box: box, what: .room, others: instances(full.map(\.linkage.name.to)),
            waiting: full.reduce(0) { $0 + $1.linkage.waiting }))
      }
      if !graphs.isEmpty {
        waits.append(Wait(instance: name, box: "", what: .graph, others: graphs.sorted(), waiting: 0))
      }
    }
    return (waits, unknown)
  }

  private func instances(_ boxes: [String]) -> [String] {
    boxes.map { box in box.lastIndex(of: ".").map { String(box[..<$0]) } ?? box }.sorted()
  }
}
