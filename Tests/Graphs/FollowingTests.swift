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
  private func write(_ text: String, to path: String) throws {
    try text.write(toFile: path, atomically: false, encoding: .utf8)
  }

  @Test(arguments: ["", "\n\n", "# nothing\n"])
  func `An emptied file is not obeyed, and the graph goes on until there is something again`(
    text: String
  ) async throws {
    try await withFolder { folder in
      let path = "\(folder)/changing.kgraph"
      try write(graph("first"), to: path)
      let reading = try await Reading(path, ["--watch"])
      try await reading.until("first word:")
      try write(text, to: path)
      try await reading.until(
        text.hasPrefix("#")
          ? "there is nothing in the graph any more; the graph goes on as it was"
          : "the file is empty; the graph goes on as it was")
      try await reading.until("first word:")
      try FileManager.default.removeItem(atPath: path)
      try await reading.until("the graph goes on as it was")
      try write(graph("second"), to: path)
      try await reading.until("changed: 1 replaced (`Format#1`); 2 linkages made, 2 taken away; 2 components go on")
      try await reading.until("second word:")
      reading.run.child.signal(SIGINT)
      #expect(try await reading.run.finish().status == .exited(0))
    }
  }

  @Test func `A file that is written piece by piece is taken when it is whole`() async throws {
    try await withFolder { folder in
      let path = "\(folder)/changing.kgraph"
      try write(graph("first"), to: path)
      let reading = try await Reading(path, ["--watch"])
      try await reading.until("first word:")
      // Each piece can be run, and none but the last is what is meant.
      let pieces = ["", "t = Ticks(1ms)\n", "t = Ticks(1ms)\nt -> Discard()\n", graph("second")]
      for piece in pieces { try write(piece, to: path) }
      try await reading.until("changed: 1 replaced (`Format#1`)")
      try await reading.until("second word:")
      reading.run.child.signal(SIGINT)
      #expect(try await reading.run.finish().status == .exited(0))
    }
  }

  /// As Kubernetes mounts a configuration.
  @Test func `A file in a folder whose link is switched is seen`() async throws {
    try await withFolder { folder in
      let files = FileManager.default
      func publish(_ version: String, _ text: String) throws {
        try files.createDirectory(atPath: "\(folder)/..\(version)", withIntermediateDirectories: true)
        try write(text, to: "\(folder)/..\(version)/changing.kgraph")
        try files.createSymbolicLink(atPath: "\(folder)/..data_tmp", withDestinationPath: "..\(version)")
        #expect(rename("\(folder)/..data_tmp", "\(folder)/..data") == 0)
      }
      try publish("1", graph("first"))
      let path = "\(folder)/changing.kgraph"
      try files.createSymbolicLink(atPath: path, withDestinationPath: "..data/changing.kgraph")
      let reading = try await Reading(path, ["--watch"])
      try await reading.until("first word:")
      for (version, word) in [("2", "second"), ("3", "third"), ("4", "fourth")] {
        try publish(version, graph(word))
        try await reading.until("changed: 1 replaced (`Format#1`)")
        try await reading.until("\(word) word:")
      }
      reading.run.child.signal(SIGINT)
      #expect(try await reading.run.finish().status == .exited(0))
    }
  }

  @Test func `A graph that has ended runs again when its file is saved`() async throws {
    try await withFolder { folder in
      let path = "\(folder)/batch.kgraph"
      try write("\"one\" -> ConsoleWriter()\n", to: path)
      let reading = try await Reading(path, ["--watch"])
      try await reading.until("one")
      try await reading.until("the graph has ended; it runs again when its file is saved")
      try write("\"two\" -> ConsoleWritr()\n", to: path)
      try await reading.until("error[K0201]")
      try await reading.until("it runs again when its file is mended")
      for word in ["two", "two", "three"] {
        try write("\"\(word)\" -> ConsoleWriter()\n", to: path)
        try await reading.until(word)
        try await reading.until("the graph has ended; it runs again when its file is saved")
      }
      try write("\"x\" -> Fail(matches: \"x\") -> ConsoleWriter()\n", to: path)
      try await reading.until("error: `Fail#1`")
      try await reading.until("the graph has ended; it runs again when its file is saved")
      reading.run.child.signal(SIGINT)
      #expect(try await reading.run.finish().status == .exited(3))
    }
  }
}
