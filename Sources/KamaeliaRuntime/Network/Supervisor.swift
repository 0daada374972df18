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
    member.instance.beginMain()
    end(await Instance.$ofTask.withValue(member.instance) { await runToEnd() })
  }

  // While a component waits, the frames of all functions between here and its wait are kept. So what is rare has functions of its
  // own, and failures are handed on as `any Error`, which is one word: an idle component has a kilobyte of frames in place of four.

  private func runToEnd() async -> (any Error)? {
    if let control = member.control { return await run(under: control) }
    if member.mayStartAgain { return await runByPolicy() }
    return await runOnce().error
  }

  private func run(under control: Inbox<AnyMessage>) async -> (any Error)? {
    await withDiscardingTaskGroup(returning: (any Error)?.self) { group in
      group.addTask {
        if await control.next() != nil { member.cancel() }
      }
      let failure = member.mayStartAgain ? await runByPolicy() : await runOnce().error
      group.cancelAll()
      return failure
    }
  }

  /// How one run of a component ended.
  private enum End {
    case returned
    /// It was told to stop, or its readers have left.
    case stopped
    case failed(any Error)

    var error: (any Error)? {
      if case .failed(let error) = self { error } else { nil }
    }
  }

  /// Runs the component as often as its policy says.
  ///
  /// - Returns: nil when it ended without failure.
  private func runByPolicy() async -> (any Error)? {
    let policy = member.restart
    var attempts = Attempts(policy)
    for box in member.inboxes { box.keepInHand() }
    while true {
      let end = await runOnce()
      switch (policy.when, end) {
      case (_, .stopped), (.never, .returned), (.onFailure, .returned): return nil
      case (_, .failed(let error)):
        if member.isStopped { return error }
        switch await retry(after: error, &attempts) {
        case .again: break
        case .over(let error): return error
        }
      case (.always, .returned):
        if member.isStopped || member.inboxes.contains(where: { $0.isLinked && $0.isFinished }) { return nil }
        guard let pause = attempts.next(at: member.instance.timekeeper.now) else {
          return EndedTooOften(limit: policy.limit, window: policy.window)
        }
        if await !rest(pause, "ended") { return nil }
      }
    }
  }

  private enum Retry {
    case again
    case over((any Error)?)
  }

  /// Sees to the message in hand and pauses.
  private func retry(after error: any Error, _ attempts: inout Attempts) async -> Retry {
    guard let pause = attempts.next(at: member.instance.timekeeper.now) else { return .over(error) }
    let failures = member.inboxes.map { $0.redeliver() }.max() ?? 0
    if failures >= Self.attempts {
      guard await giveUpMessages("\(error)", failures) else { return .over(Undeliverable(error, failures)) }
      // What made it fail is gone.
      attempts = Attempts(member.restart)
    }
    return await rest(pause, "failed: \(error)") ? .again : .over(nil)
  }

  /// Ends what the last run has left behind, and pauses before a new one.
  ///
  /// - Returns: false where the component is told to stop meanwhile.
  private func rest(_ pause: Duration, _ reason: String) async -> Bool {
    network.letGoOfGraphs(madeBy: member.instance)
    member.instance.journal.write(
      .warning, "\(reason); starts again in \(Value.duration(pause))", from: member.instance.name)
    do { try await member.rest(for: pause) } catch { return false }
    return true
  }

  private func runOnce() async -> End {
    do {
      try await member.component.main()
      return .returned
    } catch {
      guard isOfStopping(error) else { return .failed(error) }
      if error is CancellationError, member.component.endsByItself { member.instance.endEarly() }
      return .stopped
    }
  }

  /// Whether the component ended because it was told to, or because its readers have left.
  private func isOfStopping(_ error: any Error) -> Bool {
    error is Stopped || error is CancellationError && (Task.isCancelled || member.instance.isCut)
  }

  private func failure(_ error: any Error) -> Failure {
    Failure(
      instance: member.instance.name, component: member.plan.component, place: member.plan.place, message: "\(error)")
  }

  /// Sends the messages in hand to whoever takes dead letters.
  ///
  /// - Returns: false where nobody does.
  private func giveUpMessages(_ error: String, _ failures: Int) async -> Bool {
    guard let deadLetters = member.deadLetters else { return false }
    for box in member.inboxes {
      guard let message = box.giveUpInHand() else { continue }
      let letter = JSON.object([
        "instance": .string(member.instance.name), "error": .string(error), "attempts": .int(failures),
        "message": message.json,
      ])
      do { try await deadLetters.send(letter) } catch { return false }
    }
    return true
  }

  private func end(_ error: (any Error)?) {
    let failure = error.map { self.failure($0) }
    if failure != nil { member.instance.endEarly() }
    // Also where the component was told to stop: whoever waits for the signal is to be told of just that.
    member.signal?.sendAtOnce(failure.map { "failed: \($0.message)" } ?? "finished")
    member.instance.close()
    network.memberEnded(member, failure: failure)
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

/// A component has failed on the same message again and again, and nobody takes it.
private struct Undeliverable: Error, CustomStringConvertible {
  private let error: any Error
  private let attempts: Int

  init(_ error: any Error, _ attempts: Int) {
    self.error = error
    self.attempts = attempts
  }

  var description: String {
    "\(error) (\(attempts) times on the same message; link `deadLetters` to go on without it)"
  }
}

/// A component that is to be started again whenever it ends has ended too often.
private struct EndedTooOften: Error, CustomStringConvertible {
  let limit: Int
  let window: Duration

  var description: String { "ended more than \(limit) times within \(Value.duration(window))" }
}
