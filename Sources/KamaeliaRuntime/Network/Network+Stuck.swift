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
    let wires = allWires.filter { !$0.linkage.isFinished && !$0.linkage.isAbandoned }
    let incoming = Dictionary(grouping: wires, by: \.linkage.name.to)
    let outgoing = Dictionary(grouping: wires, by: \.linkage.name.from)
    let children = allChildren
    var waits: [Wait] = []
    var unknown: [String] = []
    for member in allMembers where !member.hasEnded {
      let name = member.instance.name
      let (messages, room) = member.waits
      let graphs = member.instance.awaitedGraphs
      let boxes = graphWaits(of: member, among: children)
      if !member.isKnownToWait(besides: !graphs.isEmpty || !boxes.isEmpty) { unknown.append(name) }
      waits += boxes
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

  /// Where a component waits at the boxes of the graphs that it has made.
  private func graphWaits(of member: Member, among graphs: [Network]) -> [Wait] {
    graphs.filter { $0.host?.instance === member.instance }.flatMap { graph -> [Wait] in
      let wires = graph.state.withLock { $0.wires }
      var waits: [Wait] = []
      if let output = graph.host?.output, output.isWaiting {
        let from = wires.filter { output.has($0.linkage) }.map(\.linkage.name.from)
        waits.append(
          Wait(
            instance: member.instance.name, box: "\(graph.path).output", what: .message, others: instances(from),
            waiting: 0))
      }
      if let input = graph.host?.input, input.isWaiting {
        let full = wires.filter { $0.linkage.isWriterWaiting && input.has($0.linkage) }
        waits.append(
          Wait(
            instance: member.instance.name, box: "\(graph.path).input", what: .room,
            others: instances(full.map(\.linkage.name.to)), waiting: full.reduce(0) { $0 + $1.linkage.waiting }))
      }
      return waits
    }
  }

  private var allChildren: [Network] {
    let children = state.withLock { Array($0.children.values) }
    return children + children.flatMap(\.allChildren)
  }

  private func instances(_ boxes: [String]) -> [String] { boxes.map(Circles.instance).sorted() }
}
