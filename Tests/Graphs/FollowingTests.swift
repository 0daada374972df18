import Foundation
import Glibc
import KamaeliaIO
import Testing

/// A graph whose file changes while it runs.
@Suite(.timeLimit(.minutes(1))) struct FollowingTests {
  /// What a run says and writes, in one stream, with a look at every number that comes.
  private final class Reading {
    let run: Run
    private var next = 0

    init(_ path: String, _ options: [String]) async throws {
      run = try await Run(
        ["run", path] + options, program: ["/bin/sh", "-c", "exec \"$0\" \"$@\" 2>&1", Place.kamaelia])
    }

    /// Reads on until a line begins so; no number before it may be missing, or there twice.
    func until(_ start: String) async throws {
      while let line = try await run.line() {
        if let number = line.split(separator: ":").last.flatMap({ Int($0) }), line.contains("word:") {
          #expect(number == next, "\(line)")
          next = number + 1
        }
        if line.hasPrefix(start) { return }
      }
      Issue.record("there was no `\(start)`")
    }
  }

  private func graph(_ word: String) -> String {
    "t = Ticks(1ms)\nt -> Format(\"\(word) word:{}\") -> ConsoleWriter()\n"
  }

  @Test(arguments: [true, false])
  func `What changed is replaced while the rest goes on, and a file with errors changes nothing`(
    watches: Bool
  ) async throws {
    try await withFolder { folder in
      let path = "\(folder)/changing.kgraph"
      try graph("first").write(toFile: path, atomically: true, encoding: .utf8)
      let reading = try await Reading(path, watches ? ["--watch"] : [])
      func save(_ text: String, atomically: Bool = true) throws {
        try text.write(toFile: path, atomically: atomically, encoding: .utf8)
        if !watches { reading.run.child.signal(SIGHUP) }
      }
      try await reading.until("first word:")
      try save("t = Ticks(1ms\n")
      try await reading.until("error[K0023]")
      try await reading.until("the graph goes on as it was")
      try save(graph("second"), atomically: false)
      try await reading.until("changed: 1 replaced (`Format#1`)")
      try await reading.until("second word:")
      try save("t = Tick(1ms)\nt -> ConsoleWriter()\n")
      try await reading.until("error[K0201]")
      try await reading.until("the graph goes on as it was")
      try await reading.until("second word:")
      if !watches {
        try FileManager.default.removeItem(atPath: path)
        reading.run.child.signal(SIGHUP)
        try await reading.until("error: `\(path)` cannot be read: No such file or directory")
        try await reading.until("the graph goes on as it was")
      }
      try save(graph("third"))
      try await reading.until("third word:")
      reading.run.child.signal(SIGINT)
      #expect(try await reading.run.finish().status == .exited(0))
    }
  }
}
