import Glibc
import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct FileWriterTests {
  private let scratch: Scratch
  init() throws { scratch = try Scratch() }

  private func run(_ arguments: [String: Value], _ messages: [any Message]) async throws -> Outcome {
    let harness = Harness(FileWriter.self, arguments.merging(["path": .text(scratch["log"])]) { $1 })
    harness.feed("inbox", messages.map { AnyMessage($0) })
    return try await harness.run()
  }

  @Test(arguments: [("atomic", "a\n1\nraw"), ("replace", "a\n1\nraw"), ("append", "old\na\n1\nraw")])
  func `messages are written as people read them, and bytes as they are`(_ mode: String, _ text: String) async throws {
    try scratch.write("log", "old\n")
    let outcome = try await run(["mode": .name(mode)], ["a", 1, Bytes("raw")])
    #expect(outcome.failure == nil)
    #expect(scratch.read("log") == text)
    #expect(scratch.names == ["log"])
    #expect(outcome.messages("finished", as: String.self) == [scratch["log"]])
  }

  @Test func `an atomic file is the old one until the end`() async throws {
    try scratch.write("log", "old\n")
    let harness = Harness(FileWriter.self, ["path": .text(scratch["log"])])
    harness.feed("inbox", ["new"])
    harness.keepOpen("inbox")
    _ = try await harness.run(for: .seconds(1))
    #expect(scratch.read("log") == "old\n")
    #expect(scratch.names == ["log"])
  }

  @Test func `nothing at all is an empty file`() async throws {
    let outcome = try await run([:], [])
    #expect(outcome.failure == nil)
  }

  @Test func `a record that a crash cut off stays apart from what follows`() async throws {
    try scratch.write("log", "whole\nhal")
    _ = try await run(["mode": .name("append")], ["new"])
    #expect(scratch.read("log") == "whole\nhal\nnew\n")
  }

  @Test func `a file that would grow too large makes room, and the oldest goes`() async throws {
    let outcome = try await run(
      ["mode": .name("append"), "rotateSize": .size(4), "keep": 2], ["a", "b", "c", "long line", "d", "e"])
    #expect(scratch.names == ["log", "log.1", "log.2"])
    #expect(scratch.read("log.2") == "c\n")
    #expect(scratch.read("log.1") == "long line\n")
    #expect(scratch.read("log") == "d\ne\n")
    #expect(
      outcome.messages("finished", as: String.self)
        == [scratch["log.1"], scratch["log.1"], scratch["log.1"], scratch["log"]])
  }

  @Test func `a file that has been written to for long enough makes room`() async throws {
    let harness = Harness(
      FileWriter.self,
      ["path": .text(scratch["log"]), "mode": .name("replace"), "rotateAge": .duration(.seconds(60)), "keep": 1])
    harness.feed("inbox", ["a"])
    harness.feed("inbox", at: .seconds(59), ["b"])
    harness.feed("inbox", at: .seconds(61), ["c"])
    _ = try await harness.run()
    #expect(scratch.read("log.1") == "a\nb\n")
    #expect(scratch.read("log") == "c\n")
  }

  @Test func `nothing old is kept when told so`() async throws {
    _ = try await run(["mode": .name("append"), "rotateSize": .size(2), "keep": 0], ["a", "b"])
    #expect(scratch.names == ["log"])
    #expect(scratch.read("log") == "b\n")
  }

  @Test func `a folder that is missing is a failure that names the file`() async throws {
    for mode in ["atomic", "append"] {
      let harness = Harness(FileWriter.self, ["path": .text(scratch["no/log"]), "mode": .name(mode)])
      #expect(try await harness.run().failure?.contains("`\(scratch["no/log"])`") == true)
    }
  }

  @Test func `rotation and atomic writing do not go together`() throws {
    let writer = FileWriter()
    try Members(of: writer).set(["path": "log", "rotateSize": .size(10)])
    #expect(throws: ParameterError.self) { try writer.check() }
  }

  @Test(arguments: ["fail", "drop"])
  func `a device without room is a failure or counted`(_ policy: String) async throws {
    let harness = Harness(
      FileWriter.self,
      ["path": "/dev/full", "mode": .name("append"), "whenFull": .name(policy), "sync": .name("never")])
    harness.feed("inbox", ["a", "b"])
    let outcome = try await harness.run()
    if policy == "fail" {
      #expect(outcome.failure == "cannot write to `/dev/full`: No space left on device")
    } else {
      #expect(outcome.failure == nil)
      #expect(
        outcome.said == [
          "there is no room to write to `/dev/full`: messages are dropped", "2 messages for `/dev/full` were dropped",
        ])
    }
  }

  @Test(arguments: ["atomic", "append", "replace"])
  func `a name that begins with a mark is a name in its folder`(_ mode: String) async throws {
    try scratch.makeFolder("sub")
    let harness = Harness(FileWriter.self, ["path": .text(scratch["sub/\u{301}x"]), "mode": .name(mode)])
    harness.feed("inbox", ["a"])
    #expect(try await harness.run().failure == nil)
    #expect(scratch.read("sub/\u{301}x") == "a\n")
    #expect(Path(scratch["sub/\u{301}x"]).place.folder == scratch["sub"])
  }

  @Test func `one message that was dropped is one message`() async throws {
    let harness = Harness(
      FileWriter.self, ["path": "/dev/full", "mode": .name("append"), "whenFull": .name("drop")])
    harness.feed("inbox", ["a"])
    #expect(try await harness.run().said.last == "1 message for `/dev/full` was dropped")
  }
}
