import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct FileReaderTests {
  private let scratch: Scratch
  init() throws { scratch = try Scratch() }

  @Test func `bytes come in stretches and lines beside them`() async throws {
    try scratch.write("a", "one\ntwo\r\nthrée")
    let harness = Harness(FileReader.self, ["path": .text(scratch["a"]), "chunk": .size(5)])
    let outcome = try await harness.run()
    let bytes = outcome.messages("outbox", as: Bytes.self)
    #expect(bytes.flatMap { $0 } == Array("one\ntwo\r\nthrée".utf8))
    #expect(bytes.allSatisfy { 1...5 ~= $0.count })
    #expect(outcome.messages("lines", as: String.self) == ["one", "two", "thrée"])
    #expect(outcome.hasEnded)
  }

  @Test func `an empty file has no bytes and no lines`() async throws {
    try scratch.write("a", "")
    let outcome = try await Harness(FileReader.self, ["path": .text(scratch["a"])]).run()
    #expect(outcome.messages("outbox", as: Bytes.self) == [])
    #expect(outcome.hasEnded)
  }

  @Test func `a file that is missing or a folder is a failure that names it`() async throws {
    let missing = try await Harness(FileReader.self, ["path": .text(scratch["none"])]).run()
    #expect(missing.failure == "cannot open `\(scratch["none"])` for reading: No such file or directory")
    let folder = try await Harness(FileReader.self, ["path": .text(scratch.path)]).run()
    #expect(folder.failure == "cannot open `\(scratch.path)` for reading: Is a directory")
  }

  @Test func `a line that is too long goes elsewhere, and the others come`() async throws {
    try scratch.write("a", "abcdef\nok\n")
    let outcome = try await Harness(FileReader.self, ["path": .text(scratch["a"]), "longest": .size(4)]).run()
    #expect(outcome.failure == nil)
    #expect(outcome.messages("lines", as: String.self) == ["ok"])
    #expect(outcome.messages("tooLong", as: Bytes.self) == ["abcd", "ef\n"])
    #expect(outcome.said == [])
  }

  @Test func `lines that are too long are left out and counted where nobody takes them`() async throws {
    try scratch.write("a", "ok\n" + String(repeating: "abcdefghi\n", count: 12) + "end")
    let harness = Harness(FileReader.self, ["path": .text(scratch["a"]), "longest": .size(4)])
    harness.leaveUnlinked("tooLong")
    let outcome = try await harness.run()
    #expect(outcome.failure == nil)
    #expect(outcome.messages("lines", as: String.self) == ["ok", "end"])
    let rest = "longer than the 4 bytes that `longest` allows, and left out; link `tooLong` to get what is too long"
    #expect(outcome.said == ["line 2 is \(rest)", "10 lines are \(rest)", "12 lines are \(rest)"])
  }

  @Test func `a byte order mark is a part of the bytes and not of the lines`() async throws {
    try scratch.write("a", "\u{FEFF}one\rtwo\n")
    let arguments: [String: Value] = ["path": .text(scratch["a"]), "chunk": .size(1), "ends": .name("any")]
    let outcome = try await Harness(FileReader.self, arguments).run()
    #expect(outcome.messages("lines", as: String.self) == ["one", "two"])
    #expect(outcome.messages("outbox", as: Bytes.self).count == 11)
  }

  @Test func `a file in UTF-16 is told of where its lines are read`() async throws {
    try scratch.write("a", "n\0a\0\n\0")
    let outcome = try await Harness(FileReader.self, ["path": .text(scratch["a"])]).run()
    #expect(
      outcome.said == [
        "the text begins as UTF-16LE does, and is read as UTF-8; to read it, take the bytes: "
          + "`… -> Decode(encoding: utf16le) -> Encode() -> Lines()`"
      ])
  }

  @Test func `a name that could not be given as it is is explained`() async throws {
    let outcome = try await Harness(FileReader.self, ["path": .text(scratch["caf\u{FFFD}"])]).run()
    #expect(
      outcome.failure == "cannot open `\(scratch["caf\u{FFFD}"])` for reading: No such file or directory "
        + "(files cannot be named here by bytes that are no UTF-8, for which \u{FFFD} stands)")
  }
}
