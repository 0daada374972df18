import Foundation
import Glibc
import Kamaelia
import KamaeliaRuntime
import Testing

@testable import KamaeliaComponents

/// A file that others rename, delete or cut off while it is written.
@Suite struct MovedFileTests {
  private let scratch: Scratch
  init() throws { scratch = try Scratch() }

  private func write(_ arguments: [String: Value], steps: [StepSource.Step]) async throws -> [String] {
    let arguments = arguments.merging(["path": .text(scratch["log"])]) { old, _ in old }
    let (ending, said) = try await run(FileWriter.self, arguments, steps: steps)
    guard case .finished = ending else { throw Unexpected(ending: "\(ending, default: "none")") }
    return said
  }

  @Test(arguments: ["append", "replace"])
  func `a file that is renamed is left, and a new one begun`(_ mode: String) async throws {
    let said = try await write(
      ["mode": .name(mode)],
      steps: [
        { ["one"] },
        {
          try scratch.rename("log", to: "log.1")
          return ["two"]
        }, { ["three"] },
        {
          try scratch.rename("log", to: "log.2")
          try scratch.write("log", "theirs\n")
          return ["four"]
        },
      ])
    #expect(scratch.read("log.1") == "one\n")
    #expect(scratch.read("log.2") == "two\nthree\n")
    #expect(scratch.read("log") == "theirs\nfour\n")
    #expect(said == [])
  }

  @Test(arguments: ["append", "replace"])
  func `what would go into a deleted file is not lost`(_ mode: String) async throws {
    _ = try await write(
      ["mode": .name(mode)],
      steps: [
        { ["one"] },
        {
          try scratch.delete("log")
          return ["two", "three"]
        },
        {
          try scratch.delete("log")
          return ["four"]
        },
      ])
    #expect(scratch.read("log") == "four\n")
    #expect(scratch.names == ["log"])
  }

  @Test func `what goes into a file that was deleted just after a look at it is not lost`() async throws {
    let (ending, _) = try await run(
      FileWriter.self, ["path": .text(scratch["log"]), "mode": .name("append")], pause: .milliseconds(10),
      steps: [
        { ["one"] },
        {
          try scratch.delete("log")
          return ["two"]
        }, { ["three"] },
      ])
    guard case .finished = ending else { throw Unexpected(ending: "\(ending, default: "none")") }
    #expect(scratch.read("log") == "two\nthree\n")
  }

  @Test func `a link that is made to lead elsewhere is followed`() async throws {
    try scratch.write("1", "")
    try scratch.link("log", to: "1")
    _ = try await write(
      ["mode": .name("append")],
      steps: [
        { ["one"] },
        {
          try scratch.link("log", to: "2")
          return ["two"]
        },
      ])
    #expect(scratch.read("1") == "one\n")
    #expect(scratch.read("2") == "two\n")
  }

  @Test func `a folder that is gone is a failure, and nothing is lost in silence`() async throws {
    try scratch.makeFolder("in")
    await #expect(throws: Unexpected.self) {
      try await write(
        ["mode": .name("append"), "path": .text(scratch["in/log"])],
        steps: [
          { ["one"] },
          {
            try scratch.delete("in")
            return ["two"]
          },
        ])
    }
  }

  @Test(arguments: ["append", "replace"])
  func `a file that is cut off is written to from its beginning, without a hole`(_ mode: String) async throws {
    _ = try await write(
      ["mode": .name(mode), "rotateSize": .size(20)],
      steps: [
        { ["a long first line"] },
        {
          try scratch.write("log", "")
          return ["two"]
        }, { ["three"] },
      ])
    #expect(scratch.read("log") == "two\nthree\n")
    #expect(scratch.names == ["log"])
  }

  @Test func `two writers that rotate one file lose nothing`() async throws {
    // Each finds that the other has put the file away.
    _ = try await write(
      ["mode": .name("append"), "rotateSize": .size(8), "keep": 9],
      steps: [
        { ["one", "two"] },
        {
          try scratch.rename("log", to: "theirs")
          return ["three", "four"]
        },
        {
          try scratch.rename("log", to: "theirs.2")
          return ["five"]
        },
      ])
    #expect(scratch.names.compactMap { scratch.read($0) }.joined().split(separator: "\n").count == 5)
  }

  @Test func `two writers of one file do not write over each other`() async throws {
    let writers = (0..<2).map { number in
      Task {
        try await run(
          FileWriter.self, ["path": .text(scratch["log"]), "mode": .name("replace")],
          steps: (0..<20).map { step in { [String(repeating: "\(number)", count: step + 1)] } })
      }
    }
    for writer in writers { _ = try await writer.value }
    let lines = (scratch.read("log") ?? "").split(separator: "\n").map(String.init)
    // The second one may have begun anew what the first had written.
    for number in 0..<2 { #expect(lines.contains(String(repeating: "\(number)", count: 20))) }
    #expect(lines.allSatisfy { Set($0).count == 1 && $0.count <= 20 })
  }

  private struct Unexpected: Error { let ending: String }
}
