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
    guard !waits.isEmpty, !endDrainedCycles(waits) else { return }
    state.withLock { state in
      // A graph that was told to stop and has nothing more to do ends as it should, be it a cycle that waits for itself.
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
        + "or may do so in another task (a component says so with `outside { … }`)")
  }

  /// Who waits for whom at this moment.
  package var waits: [Wait] { currentWaits.waits }

  /// The components that wait for something that is none of the boxes: a program, a file, a socket.
  package var waitingOutside: [String] {
    allMembers.filter { !$0.hasEnded && $0.instance.waitsOutside }.map(\.instance.name).sorted()
  }

  /// The failures so far.
  package var failures: [Failure] { state.withLock { $0.failures } }

  /// Who waits for whom, and who waits for something that is none of the boxes.
  var currentWaits: (waits: [Wait], unknown: [String]) {
    let open = allWires.map(\.linkage).filter { !$0.isFinished && !$0.isAbandoned }
    let ends = LinkagesByEnd(open)
    let children = allChildren
    var waits: [Wait] = []
    var unknown: [String] = []
    for member in allMembers where !member.hasEnded {
      let graphs = member.instance.awaitedGraphs
      let boxes = graphWaits(of: member, among: children)
      if !member.isKnownToWait(besides: !graphs.isEmpty || !boxes.isEmpty) { unknown.append(member.instance.name) }
      waits += boxes
      waits += member.waits.map { Wait(member, $0, ends) }
      if !graphs.isEmpty {
        waits.append(
          Wait(instance: member.instance.name, box: "", what: .graph, others: graphs.sorted(), waiting: 0))
      }
    }
    return (waits, unknown)
  }

  /// Where a component waits at the boxes of the graphs that it has made.
  private func graphWaits(of member: Member, among graphs: [Network]) -> [Wait] {
    graphs.filter { $0.host?.instance === member.instance }.flatMap { graph -> [Wait] in
      let wires = graph.state.withLock { $0.wires }
      var waits: [Wait] = []
      if let output = graph.host?.output, output.isWaiting {
        let from = wires.map(\.linkage).filter { output.has($0) }
        waits.append(Wait(member.instance, "\(graph.path).output", forMessagesOf: from))
      }
      if let input = graph.host?.input, input.isWaiting {
        let full = wires.map(\.linkage).filter { $0.isWriterWaiting && input.has($0) }
        waits.append(Wait(member.instance, "\(graph.path).input", forRoomOn: full))
      }
      return waits
    }
  }

  private var allChildren: [Network] {
    let children = state.withLock { Array($0.children.values) }
    return children + children.flatMap(\.allChildren)
  }
}
