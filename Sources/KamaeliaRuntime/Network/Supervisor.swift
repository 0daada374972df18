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
    let failure = await Instance.$current.withValue(member.instance) {
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
    await Instance.$current.withValue(member.instance) { await close(failure) }
    network.memberEnded(member, failure: failure)
  }

  /// Returns nil when the component ended without failure.
  private func runMain() async -> Failure? {
    let policy = member.plan.restart
    var attempts = Attempts(policy)
    if policy.when != .never { for box in member.instance.inboxes { box.keepInHand() } }
    while true {
      let failure = await runOnce()
      if member.isStopped { return failure }
      switch (policy.when, failure) {
      case (.never, _), (.onFailure, nil): return failure
      case (.onFailure, _), (.always, _): break
      }
      if failure == nil, member.instance.inboxes.contains(where: { $0.isLinked && $0.isFinished }) { return nil }
      guard let pause = attempts.next(at: member.instance.timekeeper.now) else {
        return failure ?? self.failure(BuildError(description: "ended more than \(policy.limit) times"))
      }
      if let failure, await hasGivenUp(failure, &attempts) == false { return failure }
      member.instance.journal.write(
        .warning, "\(failure.map { "failed: \($0.message)" } ?? "ended"); starts again in \(Value.duration(pause))",
        from: member.instance.name)
      do { try await Time.sleep(for: pause) } catch { return nil }
    }
  }

  private func runOnce() async -> Failure? {
    do {
      try await member.component.main()
      return nil
    } catch is Stopped {
      return nil
    } catch is CancellationError where Task.isCancelled {
      return nil
    } catch {
      return failure(error)
    }
  }

  private func failure(_ error: any Error) -> Failure {
    let plan = member.plan
    return Failure(
      instance: member.instance.name, component: plan.component, place: plan.place, message: "\(error)")
  }

  /// Sees to the message in hand: it is given again, or given up after too many attempts.
  ///
  /// - Returns: false where it must be given up and nobody takes dead letters.
  private func hasGivenUp(_ failure: Failure, _ attempts: inout Attempts) async -> Bool {
    guard member.instance.inboxes.contains(where: { $0.redeliver() }) else { return true }
    attempts.sameMessage += 1
    guard attempts.sameMessage >= Self.attempts else { return true }
    attempts.sameMessage = 0
    guard let deadLetters = member.deadLetters else { return false }
    for box in member.instance.inboxes {
      guard let message = box.giveUpInHand() else { continue }
      let letter = JSON.object([
        "instance": .string(member.instance.name), "error": .string(failure.message),
        "attempts": .int(Self.attempts), "message": message.json,
      ])
      do { try await deadLetters.send(letter) } catch { return false }
    }
    return true
  }

  private func close(_ failure: Failure?) async {
    let instance = member.instance
    if let signal = member.signal {
      do { try await signal.send(failure.map { "failed: \($0.message)" } ?? "finished") } catch {
        // Whoever would have been told has left.
      }
    }
    for box in instance.outboxes { box.close() }
    for box in instance.inboxes { box.close() }
    instance.settle()
  }
}

/// Counts restarts within a window, and how often the same message has failed.
private struct Attempts {
  private let policy: RestartPolicy
  private var recent: [Instant] = []
  private var inRow = 0
  var sameMessage = 0

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
