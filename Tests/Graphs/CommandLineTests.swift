import Foundation
import Glibc
import KamaeliaIO
import Testing

/// The command line as a user sees it.
@Suite(.timeLimit(.minutes(1))) struct CommandLineTests {
  @Test func `A graph from the command line runs`() async throws {
    let finished = try await kamaelia("run", "-e", "ConsoleReader() -> Uppercase() -> ConsoleWriter()", input: "a\nb")
    #expect(finished.output == "A\nB\n")
    #expect(finished.errors == "")
    #expect(finished.status == .exited(0))
  }

  static let endings: [([String], Int32)] = [
    (["version"], 0),
    (["check", "graphs/quickstart.kgraph"], 0),
    (["run", "-e", "Ticks(1ms, count: 1) -> Discard()"], 0),
    (["run", "-e", "nothing -> ConsoleWriter()"], 1),
    (["check", "--deny", "warnings", "Tests/Graphs/Mistakes/unused-parameter.kgraph"], 1),
    (["run"], 2),
    (["run", "--nonsense", "x.kgraph"], 2),
    (["run", "--max-memory", "lots", "-e", "Ticks(1ms, count: 1) -> Discard()"], 2),
    (["run", "--max-memory", "0B", "-e", "Ticks(1ms, count: 1) -> Discard()"], 2),
    (["runn", "x.kgraph"], 2),
    (["run", "-e", "Ticks(1ms) -> Fail(3) -> ConsoleWriter(stream: stderr)"], 3),
  ]

  @Test(arguments: endings)
  func `The exit status says what became of it`(arguments: [String], status: Int32) async throws {
    let finished = try await Run(arguments).finish()
    #expect(finished.status == .exited(status), "\(finished.errors)")
  }

  @Test func `Standard output is the graph's alone`() async throws {
    let graph = "param unused: Int = 1\nTicks(1ms, count: 2) -> ConsoleWriter()\n"
    let finished = try await kamaelia("run", "-e", graph)
    #expect(finished.output == "0\n1\n")
    #expect(finished.errors.contains("K0901"))
    let failed = try await kamaelia("run", "-e", "Ticks(1ms) -> Fail(2) -> ConsoleWriter()")
    #expect(failed.output == "0\n")
    #expect(failed.errors.contains("failed on purpose"))
  }

  @Test func `A graph with little memory delivers everything, and says how much it has used`() async throws {
    let arguments = ["run", "--max-memory", "4KiB", "--stats", "-e"]
    let graph = "ConsoleReader() -> Throttle(500/s) -> ConsoleWriter()"
    let lines = (0..<100).map { "\($0) \(String(repeating: "x", count: 1000))\n" }.joined()
    let finished = try await Run(arguments + [graph], input: lines).finish()
    #expect(finished.output == lines)
    #expect(finished.errors.contains(#/memory: 0B of 4KiB wait, [3-8](\.\d)?KiB at the most\n/#), "\(finished.errors)")
  }

  static let thirsty = [
    #""a" -> Delay(10ms) -> ConsoleWriter()"#, #"FileReader("README.md").lines -> Take(1) -> ConsoleWriter()"#,
    #"Ticks(1ms, count: 3) -> Format("{}") -> `cat` -> ConsoleWriter()"#,
  ]

  @Test(arguments: 4...20, thirsty)
  func `A graph that has too few descriptors says so, and nothing worse`(limit: Int, graph: String) async throws {
    let shell = ["/bin/sh", "-c", "ulimit -n \(limit); exec \"$0\" \"$@\"", Place.kamaelia]
    let finished = try await Run(["run", "-e", graph], program: shell).finish()
    switch finished.status {
    case .exited(0): #expect(finished.errors == "")
    case .exited: #expect(finished.errors.contains("Too many open files (see `ulimit -n`)"), "\(finished.errors)")
    case .signalled(let signal): Issue.record("ended by signal \(signal)")
    }
  }

  @Test func `A graph that is told to stop ends, also where nobody reads what it says`() async throws {
    try await withFolder { folder in
      // Standard error is a pipe that is full, and that nobody but the program itself could read.
      let shell = "mkfifo p; exec 4<>p 2>&4; head -c 65536 /dev/zero >&4; exec \"$0\" \"$@\""
      // Nobody listens there, which is said again and again.
      let graph = """
        Ticks(1ms) -> ConsoleWriter()
        TCPClient("127.0.0.1:1", reconnect: true, backoff: 1ms...2ms) -> Discard()
        """
      let run = try await Run(
        ["run", "-e", graph], in: folder, program: ["/bin/sh", "-c", shell, Place.kamaelia])
      for number in 0..<300 { #expect(try await run.line() == "\(number)") }
      run.child.signal(SIGTERM)
      #expect(try await run.finish().status == .exited(0))
    }
  }

  @Test func `A reader that leaves ends the graph quietly`() async throws {
    let run = try await Run(["run", "-e", "Ticks(1ms) -> ConsoleWriter()"])
    #expect(try await run.line() == "0")
    run.child.output?.close()
    let status = try await run.child.exitStatus()
    #expect(status == .exited(0))
  }

  @Test func `A shell's head ends the graph quietly`() async throws {
    var launch = Launch(
      "/bin/bash", ["-c", "\"$0\" run -e 'Ticks(1ms) -> ConsoleWriter()' | head -1; echo ${PIPESTATUS[0]}"])
    launch.arguments.append(Place.kamaelia)
    launch.output = .pipe
    launch.error = .output
    let child = try await Child.start(launch)
    let text = try await #require(child.output).readToEnd(limit: 10_000)
    #expect(String(decoding: text, as: UTF8.self) == "0\n0\n")
  }

  @Test(arguments: [("missing.kgraph", Int32(1)), ("folder.kgraph", 1), ("empty.kgraph", 0), ("binary.kgraph", 1)])
  func `Odd files get a clear answer`(name: String, status: Int32) async throws {
    try await withFolder { folder in
      try FileManager.default.createDirectory(atPath: "\(folder)/folder.kgraph", withIntermediateDirectories: true)
      try Data().write(to: URL(filePath: "\(folder)/empty.kgraph"))
      try Data((0..<512).map { UInt8($0 % 256) }).write(to: URL(filePath: "\(folder)/binary.kgraph"))
      let finished = try await kamaelia("run", name, in: folder)
      #expect(finished.status == .exited(status), "\(finished.errors)")
      #expect(finished.output == "")
      let lines = finished.errors.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines[0].contains(name) || finished.errors.contains("--> \(name)"), "\(finished.errors)")
      #expect(lines.count < 20 && !finished.errors.utf8.contains { $0 < 9 })
    }
  }

  @Test func `A full disk behind standard output is named`() async throws {
    let full = try await File.open("/dev/full", for: .updating)
    defer { full.close() }
    let finished = try await kamaelia(
      "run", "-e", "Ticks(1ms, count: 3) -> ConsoleWriter()", output: .descriptor(full))
    #expect(finished.status == .exited(3))
    #expect(finished.errors.contains("`ConsoleWriter#1` (ConsoleWriter) failed"))
    #expect(finished.errors.contains("No space left on device"))
    #expect(finished.errors.contains("--> -e:1:"))
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `The first signal stops the sources, and what is under way is delivered`(signal: Int32) async throws {
    let graph =
      "Ticks(100us) as source -> Throttle(300/s) -> ConsoleWriter()\nsource -> Count() -> ConsoleWriter(stream: stderr)"
    let run = try await Run(["run", "-e", graph], input: nil)
    for number in 0..<20 { #expect(try await run.line() == "\(number)") }
    run.child.signal(signal)
    let finished = try await run.finish()
    #expect(finished.status == .exited(0), "\(finished.errors)")
    let rest = finished.output.split(separator: "\n").compactMap { Int($0) }
    #expect(rest == Array(20..<(20 + rest.count)))
    // All that the source had sent has come out.
    #expect(finished.errors.split(separator: "\n").last == "\(20 + rest.count)")
  }

  @Test(arguments: [([SIGINT, SIGTERM], "1min"), ([SIGTERM, SIGINT], "1min"), ([SIGINT], "50ms")])
  func `A second signal, or the end of the grace, ends at once and says what was lost`(
    signals: [Int32], grace: String
  ) async throws {
    let graph =
      "Ticks(100us) as source -> Throttle(1/min, burst: 3) -> ConsoleWriter()\nsource -> Filter(equals: 9) -> ConsoleWriter()"
    let run = try await Run(["run", "--grace", grace, "-e", graph], input: nil)
    // The last one says that others are under way.
    var lines: Set<String> = []
    while lines.count < 4, let line = try await run.line() { lines.insert(line) }
    #expect(lines == ["0", "1", "2", "9"])
    for signal in signals { run.child.signal(signal) }
    let finished = try await run.finish()
    #expect(finished.status == .exited(3))
    #expect(finished.errors.contains(#/ended before it was done; \d+ messages? under way (was|were) lost/#))
  }

  @Test func `A graph that is stuck is ended, and it says who waits for whom`() async throws {
    let graph = """
      pairs = Zip()
      Ticks(1ms, count: 9) -> pairs.left
      pairs -> Count(each: 1) as back -> pairs.right
      back -> ConsoleWriter()
      """
    let finished = try await kamaelia("run", "--allow", "K0410", "-e", graph)
    #expect(finished.status == .exited(3), "\(finished.output)\(finished.errors)")
    #expect(finished.errors.contains("the graph is stuck"))
    #expect(finished.errors.contains("`pairs` waits at its inbox `right` for `back`"))
  }

  @Test func `A component that fails is named with the place where it is declared`() async throws {
    try await withFolder { folder in
      let text =
        "Ticks(1ms) -> ConsoleWriter(stream: stderr)\n\nbroken = Fail(2, message: \"no more\")\nTicks(1ms) -> broken -> Discard()\n"
      try text.write(toFile: "\(folder)/f.kgraph", atomically: true, encoding: .utf8)
      let finished = try await kamaelia("run", "f.kgraph", in: folder)
      #expect(finished.status == .exited(3))
      #expect(finished.errors.contains("error: `broken` (Fail) failed: no more\n  --> f.kgraph:3:1\n"))
    }
  }

  @Test func `A line that is typed comes out of Ticker`() async throws {
    let run = try await Run(["run", "-e", "ConsoleReader() -> Ticker(1000/s)"], input: nil)
    try await run.type("hello out there\n")
    try await run.type("and here\n", isLast: true)
    let finished = try await run.finish()
    #expect(finished.status == .exited(0))
    #expect(finished.output.split(whereSeparator: \.isWhitespace) == ["hello", "out", "there", "and", "here"])
  }
}
