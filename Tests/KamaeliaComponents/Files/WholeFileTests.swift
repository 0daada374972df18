import Foundation
import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct WholeFileTests {
  private let scratch: Scratch
  init() throws { scratch = try Scratch() }

  @Test func `each path becomes what is in its file, in order`() async throws {
    try scratch.write("a", "one\n")
    try scratch.write("b", "")
    let harness = Harness(WholeFile.self)
    harness.feed("inbox", [scratch["a"], scratch["b"]])
    let outcome = try await harness.run()
    #expect(outcome.messages("outbox", as: Bytes.self) == ["one\n", ""])
    #expect(
      outcome.messages("texts", as: TextFile.self)
        == [TextFile(path: scratch["a"], text: "one\n"), TextFile(path: scratch["b"], text: "")])
  }

  @Test func `what cannot be read goes elsewhere with the reason`() async throws {
    try scratch.write("large", "12345")
    mkfifo(scratch["pipe"], 0o600)
    let paths = [scratch["none"], scratch["large"], scratch["pipe"], scratch.path, "a\u{0}b"]
    let harness = Harness(WholeFile.self, ["largest": .size(4)])
    harness.feed("inbox", paths)
    let errors = try await harness.run().messages("errors", as: BadInput.self)
    #expect(errors.map(\.input) == paths)
    #expect(
      errors.map(\.error) == [
        "cannot open `\(scratch["none"])` for reading: No such file or directory",
        "`\(scratch["large"])` is larger than 4B", "`\(scratch["pipe"])` is no regular file",
        "cannot open `\(scratch.path)` for reading: Is a directory",
        "cannot open `a\u{0}b` for reading: Invalid argument",
      ])
  }

  @Test func `a path may not lead out of the root`() async throws {
    try scratch.makeFolder("in")
    try scratch.write("secret", "x")
    try scratch.write("in/a", "fine")
    try FileManager.default.createSymbolicLink(atPath: scratch["in/link"], withDestinationPath: "../secret")
    let harness = Harness(WholeFile.self, ["root": .text(scratch["in"])])
    harness.feed("inbox", ["a", "../secret", "link", scratch["secret"]])
    let outcome = try await harness.run()
    #expect(outcome.messages("outbox", as: Bytes.self) == ["fine"])
    #expect(outcome.messages("errors", as: BadInput.self).map(\.input) == ["../secret", "link", scratch["secret"]])
  }

  @Test func `a file in UTF-16 is told of where its text is read`() async throws {
    try scratch.write("a", "n\0a\0")
    let harness = Harness(WholeFile.self)
    harness.feed("inbox", [scratch["a"]])
    #expect(
      try await harness.run().said == [
        "`\(scratch["a"])` begins as UTF-16LE does, and is read as UTF-8; "
          + "the bytes of `outbox` can be read by Decode(encoding: utf16le)"
      ])
  }
}
