import Glibc
import KGraph
import Kamaelia
import KamaeliaIO
import KamaeliaRuntime

extension Verb {
  /// `run FILE` with the components of a library.
  static func run(_ library: Library) -> Verb {
    .run { invocation throws(CommandError) in
      let terminal = invocation.terminal
      let arguments = invocation.arguments
      let check = try GraphCheck(library, invocation)
      let grace = try Self.duration(arguments.value("grace"), "grace") ?? .seconds(10)
      let workers = try Self.number(arguments.value("workers"), "workers")
      let memory = try Self.size(arguments.value("max-memory"), "max-memory").map { MemoryBudget(limit: $0) }
      let checked = check.check(try GraphCheck.source(invocation), for: .run)
      let report = Report(checked.diagnostics, files: checked.sources)
      if !report.diagnostics.isEmpty { terminal.say(Self.text(report, terminal)) }
      guard let plan = checked.plan else { return .errors }
      // Before anything starts a thread, which would keep what it may do.
      try check.permissions?.holdProcess(to: checked, invocation)
      let printer = JournalPrinter(terminal: terminal)
      let surroundings = Surroundings(
        library: library, workers: workers, journal: printer.journal, memory: memory,
        objection: { check.permissions?.objection(to: $0, library) })
      let run = GraphRun(
        terminal: terminal, surroundings: surroundings, grace: grace, showsStatistics: arguments.has("stats"),
        printer: printer)
      do {
        try DispatchDescriptors.open()
        let follower = try Self.follower(invocation, checked, check)
        defer { follower?.end() }
        return try await run.runs(of: plan, follower, again: arguments.has("watch"))
      } catch let error as CommandError {
        throw error
      } catch {
        throw .failure("the graph cannot start: \(error)")
      }
    }
  }

  /// Without `--watch`, only SIGHUP has the file read anew, and not for a program on a terminal, which that signal tells
  /// that the terminal is gone.
  private static func follower(
    _ invocation: Invocation, _ checked: Checked, _ check: GraphCheck
  ) throws -> Follower? {
    let seesSaves = invocation.arguments.has("watch")
    guard let path = invocation.arguments.positionals.first, path != "-" else {
      if seesSaves { throw CommandError.usage("`--watch` wants a FILE, since nothing else is saved") }
      return nil
    }
    guard seesSaves || isatty(STDIN_FILENO) == 0 else { return nil }
    return try Follower(
      path, sources: checked.sources, check, invocation.terminal, seesSaves: seesSaves)
  }

  /// A time as a graph writes it: `10s`, `500ms`.
  static func duration(_ text: String?, _ option: String) throws(CommandError) -> Duration? {
    guard let text else { return nil }
    if case .duration(let nanoseconds) = literal(text, option) { return .nanoseconds(nanoseconds) }
    throw .usage("`--\(option)` takes a time such as `10s` or `500ms`, not `\(text)`")
  }

  /// Bytes as a graph writes them: `64MiB`.
  private static func size(_ text: String?, _ option: String) throws(CommandError) -> Int? {
    guard let text else { return nil }
    if case .size(let bytes) = literal(text, option), bytes > 0 { return Int(bytes) }
    throw .usage("`--\(option)` takes a size such as `64MiB`, not `\(text)`")
  }

  /// What a graph would take the text of an option for.
  private static func literal(_ text: String, _ option: String) -> Literal.Value? {
    let tree = GraphFile.parse(Source(name: "--\(option)", text: "a = A(v: \(text))\n"))
    guard tree.diagnostics.isEmpty, case .instance(let node)? = tree.statements.first,
      case .literal(let literal)? = node.component.arguments.first?.value
    else { return nil }
    return literal.value
  }

  private static func number(_ text: String?, _ option: String) throws(CommandError) -> Int? {
    guard let text else { return nil }
    guard let number = Int(text), (1...256).contains(number) else {
      throw .usage("`--\(option)` takes a number from 1 to 256, not `\(text)`")
    }
    return number
  }
}
