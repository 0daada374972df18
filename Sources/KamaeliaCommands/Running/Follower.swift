import Foundation
import Glibc
import KGraph
import Kamaelia
import KamaeliaIO
import KamaeliaRuntime

/// Follows the files of a graph that runs, and gives the network what is new at SIGHUP and, if it is to see them, whenever
/// one of the files is saved.
///
/// A file with errors changes nothing.
final class Follower: Sendable {
  private let path: String
  private let check: GraphCheck
  private let network: Network
  private let terminal: Terminal
  /// Nil where saves are not looked for.
  private let watch: Watch?
  private let state: Lock<State>

  private struct State {
    /// The files that the graph is made of, and what was in them when they were read last.
    var files: [String: [UInt8]]
    var folders: Set<String> = []
    var tasks: [Task<Void, Never>] = []
    var observation: Signals.Observation?
  }

  /// Why the files are read anew.
  private enum Cause { case signal, save }

  /// - Parameters:
  ///   - sources: the files that the graph was read from.
  ///   - seesSaves: whether a save is enough.
  init(
    _ path: String, sources: [Source], _ check: GraphCheck, _ network: Network, _ terminal: Terminal, seesSaves: Bool
  ) throws(SystemError) {
    self.path = path
    self.check = check
    self.network = network
    self.terminal = terminal
    watch = seesSaves ? try Watch() : nil
    state = Lock(State(files: Self.contents(sources)))
  }

  func begin() throws(SystemError) {
    try watchFolders()
    let (causes, continuation) = AsyncStream.makeStream(of: Cause.self, bufferingPolicy: .bufferingNewest(1))
    let observation = try Signals.observe([SIGHUP]) { _ in continuation.yield(.signal) }
    let saves = Task { [self] in
      do {
        while let event = try await watch?.next() {
          guard isSave(event) else { continue }
          continuation.yield(.save)
        }
      } catch {
        terminal.say("warning: saves are not seen any more: \(error)\n")
      }
    }
    let reads = Task { [self] in for await cause in causes { await read(cause) } }
    state.withLock { state in
      state.observation = observation
      state.tasks = [saves, reads]
    }
  }

  func end() {
    watch?.close()
    let (tasks, observation) = state.withLock { ($0.tasks, $0.observation) }
    for task in tasks { task.cancel() }
    observation?.end()
  }

  private func isSave(_ event: Watch.Event) -> Bool {
    switch event.kind {
    case .closedAfterWriting, .movedTo:
      let path = event.watched == "." ? event.name : "\(event.watched)/\(event.name)"
      return state.withLock { $0.files.keys.contains(path) }
    case .overflow: return true
    default: return false
    }
  }

  /// Reads the graph anew and, where it can run, changes what runs.
  private func read(_ cause: Cause) async {
    let checked: Checked
    do throws(CommandError) {
      checked = check.check(try GraphFiles.read(path), for: .run)
    } catch {
      // At a save it is gone for a moment, as with editors that write beside it and rename.
      guard cause == .signal, case .failure(let message, let help) = error else { return }
      terminal.complain(message, help)
      terminal.say("the graph goes on as it was\n")
      return
    }
    let contents = Self.contents(checked.sources)
    let isNew = state.withLock { state in
      defer { state.files.merge(contents) { _, new in new } }
      return contents.contains { state.files[$0.key] != $0.value }
    }
    guard isNew else { return }
    let report = Report(checked.diagnostics, files: checked.sources)
    if !report.diagnostics.isEmpty { terminal.say(Verb.text(report, terminal)) }
    guard let plan = checked.plan else {
      terminal.say("the graph goes on as it was\n")
      return
    }
    do {
      try watchFolders()
      terminal.say(Self.words(try await network.change(to: plan)))
    } catch {
      terminal.say("error: the change cannot be made: \(error)\nthe graph goes on as it was\n")
    }
  }

  private func watchFolders() throws(SystemError) {
    guard let watch else { return }
    let folders = Set(
      state.withLock { Array($0.files.keys) }.map { file in
        file.lastIndex(of: "/").map { $0 == file.startIndex ? "/" : String(file[..<$0]) } ?? "."
      })
    let new = state.withLock { state in
      defer { state.folders.formUnion(folders) }
      return folders.subtracting(state.folders)
    }
    for folder in new.sorted() { try watch.add(folder) }
  }

  private static func contents(_ sources: [Source]) -> [String: [UInt8]] {
    Dictionary(sources.map { ($0.name, $0.bytes) }) { first, _ in first }
  }

  /// What changed, on a line: `changed: 1 component replaced (\`tail\`), 3 go on`.
  private static func words(_ change: Change) -> String {
    if change.isNone { return "saved; nothing changed in the graph\n" }
    let replaced = Set(change.replaced)
    func part(_ paths: [String], _ verb: String) -> String? {
      guard !paths.isEmpty else { return nil }
      let names = paths.prefix(4).map { "`\($0)`" }.joined(separator: ", ") + (paths.count > 4 ? ", …" : "")
      return "\(paths.count) \(verb) (\(names))"
    }
    let parts = [
      part(change.replaced, "replaced"), part(change.added.filter { !replaced.contains($0) }, "added"),
      part(change.removed.filter { !replaced.contains($0) }, "removed"),
      change.linkagesAdded + change.linkagesRemoved > 0
        ? "\(change.linkagesAdded) linkages made, \(change.linkagesRemoved) taken away" : nil,
      "\(change.kept) components go on",
    ]
    return "changed: " + parts.compactMap { $0 }.joined(separator: "; ") + "\n"
  }
}
