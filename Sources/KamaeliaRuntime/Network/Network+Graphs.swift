import KGraph
import Kamaelia
import KamaeliaIO

// Graphs that components make while they run.

extension Network: GraphMaker {
  package func make(
    _ reference: GraphReference, _ arguments: [String: Value], host: Instance, input: (any AnyOutbox)?,
    output: (any AnyInbox)?
  ) throws -> any GraphHandle {
    guard let template = reference.template as? PlanTemplate else {
      throw BuildError.foreignGraph(reference.name)
    }
    let recipe = try surroundings.recipe(of: template, arguments)
    let plan = recipe.plan
    let number = state.withLock { state in
      state.madeChildren += 1
      return state.madeChildren
    }
    var inputs: [String: any AnyOutbox] = [:]
    if let input, let box = plan.defaultInbox { inputs[box.name] = input }
    var outputs: [String: any AnyInbox] = [:]
    if let output, let box = plan.defaultOutbox { outputs[box.name] = output }
    let child = try Network(
      recipe, in: surroundings, parent: self, host: Host(instance: host, input: input, output: output),
      path: "\(host.name)/\(reference.name)#\(number)", number: number, hostInputs: inputs, hostOutputs: outputs)
    let (isStopping, isCut) = state.withLock { state in
      state.children[number] = child
      return (state.isStopping, state.cut != nil)
    }
    if isCut { child.cancel() } else if isStopping { child.stop() }
    return child
  }

  /// A graph that a component of this one has made has ended.
  func childEnded(_ child: Network, _ ending: Ending) {
    // The component keeps its ends of the linkages as long as it likes; nothing wakes or closes them any more.
    if let host = child.host { host.instance.detachSoon(host.output, host.input) }
    let isClaimed = child.state.withLock { $0.isClaimed }
    state.withLock { state in
      state.children[child.number] = nil
      switch ending {
      case .failed: if !isClaimed { state.unclaimed[ObjectIdentifier(child)] = child }
      case .cutShort(let lost, _): state.lostInChildren += lost
      case .finished, .stuck: break
      }
    }
    inherit(from: child)
    releaseBackplanes()
    endIfDone()
  }

  /// Takes over the failures of a graph when nobody has asked, or can ask any more, how it ended.
  private func inherit(from child: Network) {
    let failures: [Failure] = child.state.withLock { state in
      guard case .failed(let failures) = state.ending, state.isLetGo, !state.isClaimed else { return [] }
      state.isClaimed = true
      return failures
    }
    guard !failures.isEmpty else { return }
    let mustStop = state.withLock { state in
      state.unclaimed[ObjectIdentifier(child)] = nil
      state.failures += failures
      return !state.isStopping
    }
    // What its maker sends is not all either.
    child.host?.instance.endEarly()
    if mustStop { stopAfterFailure() }
  }

  /// Ends the graphs that a component has made, now that it has ended or begins anew. On its executor.
  func letGoOfGraphs(madeBy instance: Instance) {
    let graphs = state.withLock { state in
      (Array(state.children.values) + Array(state.unclaimed.values)).filter { $0.host?.instance === instance }
    }
    for graph in graphs {
      graph.host?.input?.close()
      graph.host?.output?.close()
      graph.stop()
      graph.letGo()
    }
  }
}

extension Network: GraphHandle {
  package var answersItsInbox: Bool { plan.answersItsInbox }

  package func finished() async throws {
    state.withLock { $0.isClaimed = true }
    parent?.state.withLock { $0.unclaimed[ObjectIdentifier(self)] = nil }
    let ending = await withTaskCancellationHandler {
      await ended()
    } onCancel: {
      stop()
    }
    if case .failed(let failures) = ending, let first = failures.first { throw first }
  }

  package func letGo() {
    let isUnused = state.withLock { state in
      state.isLetGo = true
      guard !state.isStarted, state.ending == nil else { return false }
      state.ending = .finished
      return true
    }
    if isUnused { discard() } else { parent?.inherit(from: self) }
  }

  /// Undoes the making of a graph that never ran.
  private func discard() {
    for member in state.withLock({ $0.all }) { member.instance.close() }
    parent?.childEnded(self, .finished)
  }
}
