import Foundation
import Kamaelia
import KamaeliaRuntime
import Testing

@testable import KamaeliaComponents

@Suite(.timeLimit(.minutes(1))) struct FileTailTests {
  private let scratch: Scratch
  init() throws { scratch = try Scratch() }

  private func follow(_ extra: [String: Value] = [:], _ steps: [Witness.Step]) async throws -> [String] {
    let arguments = extra.merging(["path": .text(scratch["log"]), "from": .name("start")]) { old, _ in old }
    let (texts, ending) = try await witness(FileTail.self, arguments, "lines", steps: steps)
    guard case .finished = ending else { throw Unexpected(ending: "\(ending)") }
    return texts
  }

  @Test func `what is appended comes, line by line`() async throws {
    try scratch.write("log", "one\ntw")
    let texts = try await follow([:], [{ _ in try scratch.append("log", "o\nthree\n") }, look, look])
    #expect(texts == ["one", "two", "three"])
  }

  @Test func `a file that is cut off is read from its beginning`() async throws {
    try scratch.write("log", "one long line\n")
    let texts = try await follow([:], [{ _ in try scratch.write("log", "two\n") }, look])
    #expect(texts == ["one long line", "two"])
  }

  @Test func `a rotated log is followed by its name, and nothing of the old one is missed`() async throws {
    try scratch.write("log", "one\n")
    let texts = try await follow(
      [:],
      [
        { _ in
          try scratch.rename("log", to: "log.1")
          try scratch.append("log.1", "two\nno end")
          try scratch.write("log", "three\n")
        }, look, look, { _ in try scratch.append("log", "four\n") }, look,
      ])
    #expect(texts == ["one", "two", "no end", "three", "four"])
  }

  @Test func `a log that was moved away is followed until there is a new one`() async throws {
    try scratch.write("log", "one\n")
    let texts = try await follow(
      [:],
      [
        { _ in
          try scratch.rename("log", to: "log.1")
          try scratch.append("log.1", "two\n")
        }, { _ in try scratch.write("log", "three\n") }, look,
      ])
    #expect(texts == ["one", "two", "three"])
  }

  @Test func `a file that was deleted may come back`() async throws {
    try scratch.write("log", "one\n")
    let texts = try await follow(
      [:],
      [
        { _ in
          try scratch.delete("log")
          try scratch.write("log", "two\n")
        }, look,
      ])
    #expect(texts == ["one", "two"])
  }

  @Test func `a log behind a link is followed`() async throws {
    try scratch.makeFolder("real")
    try scratch.write("real/file", "one\n")
    try FileManager.default.createSymbolicLink(atPath: scratch["log"], withDestinationPath: "real/file")
    let texts = try await follow([:], [{ _ in try scratch.append("real/file", "two\n") }, look])
    #expect(texts == ["one", "two"])
  }

  @Test func `a file that is not there yet is waited for`() async throws {
    let writer = Task { try scratch.write("log", "late\n") }
    #expect(try await follow([:], [look]) == ["late"])
    try await writer.value
  }

  @Test func `a folder that is missing is a failure`() async throws {
    let (_, ending) = try await witness(FileTail.self, ["path": .text(scratch["no/log"])], steps: [look])
    #expect("\(ending)".contains("No such file or directory"))
  }

  @Test func `a folder that goes is a failure`() async throws {
    try scratch.makeFolder("in")
    try scratch.write("in/log", "one\n")
    await #expect(throws: Unexpected.self) {
      try await follow(
        ["path": .text(scratch["in/log"])],
        [
          { _ in
            try scratch.delete("in/log")
            try scratch.delete("in")
          }, look,
        ])
    }
  }

  private struct Unexpected: Error { let ending: String }
}
