import Foundation
import Glibc
import KGraph
import Kamaelia
import KamaeliaIO
import KamaeliaRuntime

/// Follows the files of a graph, and gives the network what is new at SIGHUP and, if it is to see them, whenever
/// one of the files is saved.
///
/// A file with errors changes nothing, and neither does one that is empty. After the network's end what is new is for
/// who waits for ``next()``.
final class Follower: Sendable {
  private let path: String
  private let check: GraphCheck
  private let terminal: Terminal
  /// Nil where saves are not looked for.
  private let saves: FileSaves?
  private let clock = ContinuousClock()
  private let executor = QueueExecutor(label: "kamaelia.follower")
  private let state: Lock<State>
  private let plans: AsyncStream<Plan>
  private let newPlan: AsyncStream<Plan>.Continuation

  private struct State {
    /// The files that the graph is made of, and what was in them when they were read last.
    var files: [String: [UInt8]]
    /// What runs; nil when it has ended.
    var network: Network?
    var settling: Settling?
    var tasks: [Task<Void, Never>] = []
    var observation: Signals.Observation?
  }

  /// Why the files are read anew.
  private enum Cause { case signal, save }

  /// - Parameters:
  ///   - sources: the files that the graph was read from.
  ///   - seesSaves: whether a save is enough.
  init(
    _ path: String, sources: [Source], _ check: GraphCheck, _ terminal: Terminal, seesSaves: Bool
  ) throws(SystemError) {
    self.path = path
    self.check = check
    self.terminal = terminal
    saves = seesSaves ? try FileSaves() : nil
    state = Lock(State(files: Self.contents(sources)))
    (plans, newPlan) = AsyncStream.makeStream(of: Plan.self, bufferingPolicy: .bufferingNewest(1))
  }

  func begin() throws(SystemError) {
    try watchFiles()
    let (causes, continuation) = AsyncStream.makeStream(of: Cause.self, bufferingPolicy: .bufferingNewest(1))
    let observation = try Signals.observe([SIGHUP]) { _ in continuation.yield(.signal) }
    let watching = Task(executorPreference: executor) { [self] in
      do {
        while try await saves?.next() == true { wrote(continuation) }
      } catch {
        terminal.say("warning: saves are not seen any more: \(error)\n")
      }
    }
    // What was saved before it was looked at.
    if saves != nil, areChanged { wrote(continuation) }
    let reads = Task(executorPreference: executor) { [self] in
      for await cause in causes {
        switch cause {
        case .signal: await take(read(), because: cause)
        case .save: await settle()
        }
      }
    }
    state.withLock { state in
      state.observation = observation
      state.tasks = [watching, reads]
    }
  }

  private func wrote(_ causes: AsyncStream<Cause>.Continuation) {
    let now = now
    state.withLock { state in
      if state.settling == nil { state.settling = Settling(at: now) }
      state.settling?.step(at: now)
    }
    causes.yield(.save)
  }

  private var areChanged: Bool {
    state.withLock { $0.files }.contains { path, bytes in
      do throws(CommandError) { return try GraphFiles.read(path).bytes != bytes } catch { return true }
    }
  }

  /// Gives what is new to that network from now on; to who waits for ``next()`` where there is none.
  func follow(_ network: Network?) { state.withLock { $0.network = network } }

  /// What to run after the end of the last network; nil when the task is cancelled.
  func next() async -> Plan? {
    var plans = plans.makeAsyncIterator()
    return await plans.next()
  }

  func end() {
    saves?.close()
    let (tasks, observation) = state.withLock { ($0.tasks, $0.observation) }
    for task in tasks { task.cancel() }
    observation?.end()
  }

  // MARK: Reading

  /// What a look at the files has found.
  private enum Look {
    case unchanged
    case unreadable(String, help: [String])
    case checked(Checked)
  }

  /// The time since some moment in the past.
  private var now: Duration { Self.beginning.duration(to: clock.now) }
  private static let beginning = ContinuousClock.now

  /// Waits until the files are whole, as far as that can be told, and takes what is in them.
  private func settle() async {
    var look: Look?
    while let settling = state.withLock({ $0.settling }) {
      if let wait = settling.wait(at: now, isDoubtful: look.map(isDoubtful) ?? false) {
        // Cancelled only when the program ends.
        do { try await Task.sleep(for: wait, clock: clock) } catch { return }
        // What was found meanwhile may be old.
        if look != nil { look = read() }
        continue
      }
      let found = look ?? read()
      if look == nil, isDoubtful(found) {
        look = found
        continue
      }
      let (now, isDoubtful) = (now, isDoubtful(found))
      let isLast = state.withLock { state in
        guard let latest = state.settling, latest.wait(at: now, isDoubtful: isDoubtful) != nil else {
          state.settling = nil
          return true
        }
        return false
      }
      if isLast { return await take(found, because: .save) }
      look = nil
    }
  }

  /// Whether what was found may be a file that somebody is just writing.
  private func isDoubtful(_ look: Look) -> Bool {
    switch look {
    case .unchanged: return false
    case .unreadable: return true
    case .checked(let checked):
      guard checked.plan != nil else { return true }
      let files = state.withLock { $0.files }
      return checked.sources.contains { source in
        guard let before = files[source.name], before != source.bytes else { return false }
        return before.starts(with: source.bytes)
      }
    }
  }

  private func read() -> Look {
    do throws(CommandError) {
      let checked = check.check(try GraphFiles.read(path), for: .run)
      let contents = Self.contents(checked.sources)
      let (files, isRunning) = state.withLock { ($0.files, $0.network != nil) }
      // After the graph's end each save has it run again.
      let isNew = !isRunning || contents.contains { files[$0.key] != $0.value }
      return isNew ? .checked(checked) : .unchanged
    } catch {
      guard case .failure(let message, let help) = error else { return .unchanged }
      return .unreadable(message, help: help)
    }
  }

  /// Changes what runs, where what was found can run.
  private func take(_ look: Look, because cause: Cause) async {
    switch look {
    case .unchanged: return
    case .unreadable(let message, let help):
      terminal.complain(message, help)
      terminal.say(stays)
    case .checked(let checked): await take(checked)
    }
  }

  private func take(_ checked: Checked) async {
    let contents = Self.contents(checked.sources)
    let network = state.withLock { state in
      state.files.merge(contents) { _, new in new }
      return state.network
    }
    do throws(SystemError) { try watchFiles() } catch {
      terminal.say("warning: not all files are looked at for changes: \(error)\n")
    }
    let report = Report(checked.diagnostics, files: checked.sources)
    if !report.diagnostics.isEmpty { terminal.say(Verb.text(report, terminal)) }
    guard let plan = checked.plan else { return terminal.say(stays) }
    if plan.instances.isEmpty {
      // Nobody empties a file to have its graph ended, and many a program empties it to write it anew.
      let isBlank = contents[path]?.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) } ?? false
      return terminal.say((isBlank ? "the file is empty; " : "there is nothing in the graph any more; ") + stays)
    }
    guard let network else {
      newPlan.yield(plan)
      return
    }
    do {
      terminal.say(Self.words(try await network.change(to: plan)))
    } catch {
      // It may have ended meanwhile, and then this is what to run next.
      guard state.withLock({ $0.network }) != nil else {
        newPlan.yield(plan)
        return
      }
      terminal.say("error: the change cannot be made: \(error)\n\(stays)")
    }
  }

  private var stays: String {
    state.withLock { $0.network } == nil ? "it runs again when its file is mended\n" : "the graph goes on as it was\n"
  }

  private func watchFiles() throws(SystemError) {
    try saves?.add(state.withLock { $0.files.keys.sorted() })
  }

  private static func contents(_ sources: [Source]) -> [String: [UInt8]] {
    Dictionary(sources.map { ($0.name, $0.bytes) }) { first, _ in first }
  }

  /// What changed, on a line: `changed: 1 replaced (\`tail\`); 3 components go on`.
  static func words(_ change: Change) -> String {
    if change.isNone { return "saved; nothing changed in the graph\n" }
    let replaced = Set(change.replaced)
    func part(_ paths: [String], _ verb: String) -> String? {
      guard !paths.isEmpty else { return nil }
      let names = paths.prefix(4).map { "`\($0)`" }.joined(separator: ", ") + (paths.count > 4 ? ", …" : "")
      return "\(paths.count) \(verb) (\(names))"
    }
    let linkages = [
      change.linkagesAdded > 0 ? "\(counted(change.linkagesAdded, "linkage")) made" : nil,
      change.linkagesRemoved > 0
        ? (change.linkagesAdded > 0 ? "\(change.linkagesRemoved)" : counted(change.linkagesRemoved, "linkage"))
          + " taken away" : nil,
    ].compactMap { $0 }.joined(separator: ", ")
    let parts = [
      part(change.replaced, "replaced"), part(change.added.filter { !replaced.contains($0) }, "added"),
      part(change.removed.filter { !replaced.contains($0) }, "removed"), linkages.isEmpty ? nil : linkages,
      "\(counted(change.kept, "component")) \(change.kept == 1 ? "goes" : "go") on",
    ]
    return "changed: " + parts.compactMap { $0 }.joined(separator: "; ") + "\n"
  }
}
