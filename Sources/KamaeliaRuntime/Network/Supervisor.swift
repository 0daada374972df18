import KGraph
import Kamaelia

/// Runs one component, again where its policy says so, and closes its boxes when it has ended.
struct Supervisor: Sendable {
  let member: Member
  let network: Network

  /// A message on which a component fails so often is given up.
  static let attempts = 5

  init(_ member: Member, _ network: Network) {
    self.member = member
    self.network = network
  }

  func run() async {
    await member.instance.beginMain()
    let failure = await Instance.$ofTask.withValue(member.instance) {
      guard let control = member.control else { return await runMain() }
      return await withDiscardingTaskGroup(returning: Failure?.self) { group in
        group.addTask {
          if await control.next() != nil { member.cancel() }
        }
        let failure = await runMain()
        group.cancelAll()
        return failure
      }
    }
    close(failure)
    network.memberEnded(member, failure: failure)
  }

  /// How one run of a component ended.
  private enum End {
    case returned
    /// It was told to stop, or its readers have left.
    case stopped
    case failed(Failure)
  }

  /// Returns nil when the component ended without failure.
  private func runMain() async -> Failure? {
    let policy = member.plan.restart
    var attempts = Attempts(policy)
    if policy.when != .never { for box in member.inboxes.values { box.keepInHand() } }
    while true {
      let end = await runOnce()
      switch (policy.when, end) {
      case (_, .stopped), (.never, .returned), (.onFailure, .returned): return nil
      case (.never, .failed(let failure)): return failure
      case (.onFailure, .failed(let failure)), (.always, .failed(let failure)):
        if member.isStopped { return failure }
        switch await retry(after: failure, &attempts) {
        case .again: break
        case .over(let failure): return failure
        }
      case (.always, .returned):
        if member.isStopped || member.inboxes.values.contains(where: { $0.isLinked && $0.isFinished }) { return nil }
        guard let pause = attempts.next(at: member.instance.timekeeper.now) else {
          return failure(
            BuildError(description: "ended more than \(policy.limit) times within \(Value.duration(policy.window))"))
        }
        if await !rest(pause, "ended") { return nil }
      }
    }
  }

  private enum Retry {
    case again
    case over(Failure?)
  }

  /// Sees to the message in hand and pauses.
  private func retry(after failure: Failure, _ attempts: inout Attempts) async -> Retry {
    guard let pause = attempts.next(at: member.instance.timekeeper.now) else { return .over(failure) }
    let failures = member.inboxes.values.map { $0.redeliver() }.max() ?? 0
    if failures >= Self.attempts {
      guard await giveUpMessages(failure, failures) else { return .over(failure) }
      // What made it fail is gone.
      attempts = Attempts(member.plan.restart)
    }
    return await rest(pause, "failed: \(failure.message)") ? .again : .over(nil)
  }

  /// Ends what the last run has left behind, and pauses before a new one.
  ///
  /// - Returns: false where the component is told to stop meanwhile.
  private func rest(_ pause: Duration, _ reason: String) async -> Bool {
    network.letGoOfGraphs(madeBy: member.instance)
    member.instance.journal.write(
      .warning, "\(reason); starts again in \(Value.duration(pause))", from: member.instance.name)
    do { try await Time.sleep(for: pause) } catch { return false }
    return true
  }

  private func runOnce() async -> End {
    do {
      try await member.component.main()
      return .returned
    } catch is Stopped {
      return .stopped
    } catch is CancellationError where Task.isCancelled || member.instance.isCut {
      return .stopped
    } catch {
      return .failed(failure(error))
    }
  }

  private func failure(_ error: any Error) -> Failure {
    Failure(
      instance: member.instance.name, component: member.plan.component, place: member.plan.place, message: "\(error)")
  }

  /// Sends the messages in hand to whoever takes dead letters.
  ///
  /// - Returns: false where nobody does.
  private func giveUpMessages(_ failure: Failure, _ failures: Int) async -> Bool {
    guard let deadLetters = member.deadLetters else { return false }
    for box in member.inboxes.values {
      guard let message = box.giveUpInHand() else { continue }
      let letter = JSON.object([
        "instance": .string(member.instance.name), "error": .string(failure.message), "attempts": .int(failures),
        "message": message.json,
      ])
      do { try await deadLetters.send(letter) } catch { return false }
    }
    return true
  }

  private func close(_ failure: Failure?) {
    // Also where the component was told to stop: whoever waits for the signal is to be told of just that.
    member.signal?.sendAtOnce(failure.map { "failed: \($0.message)" } ?? "finished")
    member.instance.close()
  }
}

/// Counts restarts within a window, and how often the same message has failed.
private struct Attempts {
  private let policy: RestartPolicy
  private var recent: [Instant] = []
  private var inRow = 0

  init(_ policy: RestartPolicy) { self.policy = policy }

  /// The pause before the next start; nil when there have been too many.
  mutating func next(at now: Instant) -> Duration? {
    let before = recent.count
    recent.removeAll { $0 + policy.window <= now }
    if recent.isEmpty, before > 0 { inRow = 0 }
    guard recent.count < policy.limit else { return nil }
    recent.append(now)
    let doubled = policy.backoff.lowerBound * (1 << min(inRow, 30))
    inRow += 1
    return min(policy.backoff.upperBound, doubled)
  }
}
