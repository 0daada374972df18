import Glibc
import KGraph
import Kamaelia
import KamaeliaIO
import KamaeliaRuntime

/// Runs a graph as a command does: to its end, or again and again as its file is saved.
struct GraphRun {
  let terminal: Terminal
  let surroundings: Surroundings
  let grace: Duration
  let showsStatistics: Bool
  let printer: JournalPrinter

  /// Runs a plan and, if it is to run again, waits after its end for a save, until a signal asks for the end.
  ///
  /// - Parameters:
  ///   - follower: follows the files; not begun yet.
  ///   - again: whether there are more runs than one.
  /// - Returns: the status of the last run.
  func runs(of plan: Plan, _ follower: Follower?, again: Bool) async throws -> ExitStatus {
    var plan = plan
    var isFirst = true
    while true {
      let network = try Network(plan, in: surroundings)
      follower?.follow(network)
      if isFirst { try follower?.begin() }
      isFirst = false
      let (ending, wasAsked) = try await run(network)
      follower?.follow(nil)
      let status = EndingText.status(ending)
      guard again, !wasAsked, let follower else { return status }
      terminal.say("the graph has ended; it runs again when its file is saved (Ctrl-C to end)\n")
      guard let next = try await Self.next(follower) else { return status }
      plan = next
    }
  }

  /// - Returns: how it ended, and whether a signal had asked for that.
  private func run(_ network: Network) async throws -> (Ending, wasAsked: Bool) {
    var lastWords: LastWords?
    defer { lastWords?.said() }
    let statistics = showsStatistics ? Statistics(network, terminal, surroundings.memory) : nil
    statistics?.begin()
    let conductor = Conductor(network, terminal: terminal, grace: grace)
    let ending = try await conductor.run()
    if conductor.wasAsked { lastWords = LastWords(EndingText.status(ending)) }
    await statistics?.finish()
    await printer.finish()
    let text = EndingText(isColoured: terminal.saysColoured).text(ending)
    if !text.isEmpty { terminal.say(text) }
    return (ending, conductor.wasAsked)
  }

  /// What to run next; nil where a signal asks for the end first.
  private static func next(_ follower: Follower) async throws -> Plan? {
    let signals = try Signals.stream(of: [SIGINT, SIGTERM])
    return await withTaskGroup { group in
      group.addTask { await follower.next() }
      group.addTask { () -> Plan? in
        for await _ in signals { break }
        return nil
      }
      defer { group.cancelAll() }
      return await group.next() ?? nil
    }
  }
}
