import Foundation
import Glibc
import KamaeliaIO
import Testing

/// Other programs as components, as a user sees them.
@Suite(.timeLimit(.minutes(1))) struct ProgramsTests {
  @Test func `A program that is not there is an error before anything runs`() async throws {
    let finished = try await kamaelia(
      "run", "-e", "Ticks(1ms) -> ConsoleWriter()\nConsoleReader() -> `no-such-program-42 -x` -> ConsoleWriter()")
    #expect(finished.status == .exited(1))
    #expect(finished.output == "")
    #expect(finished.errors.contains("no-such-program-42"))
    #expect(finished.errors.contains("--> -e:2:"))
  }

  @Test(arguments: ["; touch pwned", "$(touch pwned)", "| touch pwned", "&& touch pwned", "> pwned", "*"])
  func `What would be a shell's business is an argument like any other`(text: String) async throws {
    try await withFolder { folder in
      let finished = try await kamaelia(
        "run", "-e", "`printf '%s\\n' '\(text)'` -> ConsoleWriter()", in: folder)
      #expect(finished.output == "\(text)\n", "\(finished.errors)")
      #expect(finished.status == .exited(0))
      let unquoted = try await kamaelia("run", "-e", "`printf '[%s]' \(text)` -> ConsoleWriter()", in: folder)
      #expect(unquoted.output == text.split(separator: " ").map { "[\($0)]" }.joined() + "\n")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }
  }

  @Test func `A message is never part of a command`() async throws {
    try await withFolder { folder in
      let finished = try await kamaelia(
        "run", "-e", "ConsoleReader() -> `cat` -> ConsoleWriter()", input: "$(touch pwned); --help\n", in: folder)
      #expect(finished.output == "$(touch pwned); --help\n")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }
  }

  @Test func `A program that fails ends the graph, with what it said`() async throws {
    let finished = try await kamaelia("run", "-e", "`ls /no/such/place` -> ConsoleWriter()")
    #expect(finished.status == .exited(3))
    #expect(finished.errors.contains("/no/such/place"))
    #expect(finished.errors.contains("exit status 2"))
  }

  @Test(arguments: [SIGKILL, SIGTERM])
  func `Whatever ends the program, no child outlives it`(signal: Int32) async throws {
    try await withFolder { folder in
      try #require(mkfifo("\(folder)/held", 0o600) == 0)
      let held = try await File.open("\(folder)/held", for: .reading)
      let run = try await Run(
        ["run", "-e", "`sh -c 'exec 9>held; sleep 1000 & echo $$ $!; wait'` -> ConsoleWriter()"], input: nil, in: folder
      )
      #expect(try await run.line()?.split(separator: " ").count == 2)
      run.child.signal(signal)
      _ = try await run.finish()
      // Both hold the pipe open as long as they live.
      #expect(try await held.readToEnd(limit: 1).isEmpty)
    }
  }
}
