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

  @Test func `a line that is too long is a failure only where lines are wanted`() async throws {
    try scratch.write("a", "abcdef\n")
    let arguments: [String: Value] = ["path": .text(scratch["a"]), "longest": .size(3)]
    let outcome = try await Harness(FileReader.self, arguments).run()
    #expect(outcome.failure == "line 1 is longer than the 3 bytes that `longest` allows")
    let harness = Harness(FileReader.self, arguments)
    harness.leaveUnlinked("lines")
    #expect(try await harness.run().failure == nil)
  }
}
