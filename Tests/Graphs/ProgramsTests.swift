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

  @Test(arguments: [SIGTERM, SIGKILL]) func `Daemons that a program has left behind do not outlive the graph`(
    signal: Int32
  ) async throws {
    try await withFolder { folder in
      let script = """
        (setsid sh -c 'echo $$; exec sleep 1000' &)
        setsid sh -c 'echo $$; exec env -i sleep 1000' &
        wait
        """
      try Data(script.utf8).write(to: URL(filePath: "\(folder)/daemons.sh"))
      let run = try await Run(["run", "-e", "`sh \(folder)/daemons.sh` -> ConsoleWriter()"], input: nil)
      var pids: [Int32] = []
      while pids.count < 2 { pids.append(try #require(try await run.line().flatMap { Int32($0) })) }
      _ = run.child.signal(signal)
      _ = try await run.finish()
      for pid in pids { while Self.runs(pid) { await Task.yield() } }
    }
  }

  /// Who has ended may stay in the table until whoever adopted it looks.
  private static func runs(_ pid: Int32) -> Bool {
    guard let facts = FileManager.default.contents(atPath: "/proc/\(pid)/stat") else { return false }
    return String(decoding: facts, as: UTF8.self).split(separator: ")").last?.hasPrefix(" Z") == false
  }

  @Test(.enabled(if: Program.find("/usr/bin/python3") != nil, "python3 is missing"))
  func `A run leaves no process behind for others to reap`() async throws {
    let script = """
      import ctypes, os, subprocess, sys
      ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
      subprocess.run([sys.argv[1], "run", "-e", "`sh -c '(setsid sleep 1000 &)'` -> Discard()"], check=True)
      try: print("left", os.waitpid(-1, os.WNOHANG))
      except ChildProcessError: print("nobody left")
      """
    let run = try await Run(["-c", script, Place.kamaelia], program: ["/usr/bin/python3"])
    #expect(try await run.finish().output == "nobody left\n")
  }

  @Test(
    .enabled(if: geteuid() == 0 && Program.find("unshare") != nil && Namespaces.areAllowed, "it takes root and unshare")
  )
  func `As process 1 it leaves no zombies`() async throws {
    let graph =
      "`sh -c 'while grep -l \") Z \" /proc/[0-9]*/stat; do :; done; echo clean'` -> Filter(\"clean\") -> ConsoleWriter()"
    let run = try await Run(
      ["sh", "-c", "(sleep 0.1 &); sleep 0.1 & exec \(Place.kamaelia) run -e \"$0\"", graph],
      program: [try #require(Program.find("unshare")), "--pid", "--fork", "--mount-proc"])
    let finished = try await run.finish()
    #expect(finished.output == "clean\n", "\(finished.errors)")
  }
}
