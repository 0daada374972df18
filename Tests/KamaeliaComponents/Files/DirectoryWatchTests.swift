import Foundation
import Kamaelia
import KamaeliaRuntime
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite(.timeLimit(.minutes(1))) struct DirectoryWatchTests {
  private let scratch: Scratch
  init() throws {
    scratch = try Scratch()
    try scratch.write("old", "x")
  }

  private func follow(_ extra: [String: Value], _ steps: [Witness.Step]) async throws -> [String] {
    let arguments = extra.merging(["path": .text(scratch.path), "existing": true]) { old, _ in old }
    let texts = try await witness(DirectoryWatch.self, arguments, steps: steps).texts
    return texts.map { $0.replacing(scratch.path + "/", with: "") }
  }

  @Test func `what happens in the folder is told in order`() async throws {
    let texts = try await follow(
      [:],
      [
        { _ in try scratch.write("new", "x") }, look, { _ in try scratch.rename("new", to: "newer") }, look,
        { _ in try scratch.delete("newer") }, look,
      ])
    #expect(texts == ["present old", "created new", "written new", "removed new", "arrived newer", "removed newer"])
  }

  @Test func `only the events that were asked for are told`() async throws {
    let texts = try await follow(
      ["events": .list([.name("modified"), .name("removed")])],
      [
        { _ in
          try scratch.append("old", "y")
          try scratch.write("other", "")
          try scratch.delete("old")
        }, look, look,
      ])
    #expect(texts == ["present old", "modified old", "removed old"])
  }

  @Test func `folders inside are watched when told to, new ones too`() async throws {
    let texts = try await follow(
      ["recursive": true, "events": .list([.name("created"), .name("written"), .name("removed")])],
      [
        { _ in try scratch.makeFolder("sub") },
        { text in if text.hasSuffix("sub") { try scratch.write("sub/a", "x") } }, look, look,
      ])
    #expect(texts.prefix(2) == ["present old", "created sub"])
    #expect(Set(texts.dropFirst(2)).isSubset(of: ["created sub/a", "written sub/a"]))
  }

  /// Makes a folder with files in it and in a folder inside.
  private func makeTree(_ name: String, in scratch: Scratch) throws {
    try scratch.makeFolder(name)
    try scratch.makeFolder("\(name)/sub")
    for file in ["a", "b", "sub/c"] { try scratch.write("\(name)/\(file)", "x") }
  }

  // While a step runs the watch does not, so that all has been written before the new folder is watched.

  @Test func `what was written in a new folder before it was watched is told as written`() async throws {
    let texts = try await follow(
      ["recursive": true, "events": .list([.name("written"), .name("arrived")])],
      [{ _ in try makeTree("new", in: scratch) }, look, look, look])
    #expect(texts.first == "present old")
    #expect(Set(texts.dropFirst()) == ["written new/a", "written new/b", "written new/sub/c"])
  }

  @Test func `with all events, it is told as created and as written`() async throws {
    let texts = try await follow(
      ["recursive": true], [{ _ in try makeTree("new", in: scratch) }] + Array(repeating: look, count: 8))
    #expect(
      Set(texts.dropFirst()) == [
        "created new", "created new/a", "written new/a", "created new/b", "written new/b", "created new/sub",
        "created new/sub/c", "written new/sub/c",
      ])
  }

  @Test func `what is in a folder that was moved here has arrived with it`() async throws {
    let other = try Scratch()
    try makeTree("new", in: other)
    let texts = try await follow(
      ["recursive": true, "events": .list([.name("written"), .name("arrived")])],
      [
        { _ in try FileManager.default.moveItem(atPath: other["new"], toPath: scratch["new"]) }, look, look, look,
        look, { _ in try scratch.append("new/sub/c", "y") }, look,
      ])
    #expect(texts.prefix(2) == ["present old", "arrived new"])
    #expect(Set(texts[2..<6]) == ["arrived new/a", "arrived new/b", "arrived new/sub", "arrived new/sub/c"])
    #expect(texts.dropFirst(6) == ["written new/sub/c"])
  }

  @Test func `where a link leads to another folder, that one is watched`() async throws {
    try makeTree("1", in: scratch)
    try makeTree("2", in: scratch)
    try scratch.link("current", to: "1")
    let texts = try await follow(
      ["path": .text(scratch["current"])],
      [
        look, look, { _ in try scratch.link("current", to: "2", isAtOnce: false) }, look, look, look, look, look,
        { _ in
          try scratch.append("1/a", "y")
          try scratch.append("2/b", "y")
        }, look,
      ])
    #expect(texts.prefix(3) == ["present current/a", "present current/b", "present current/sub"])
    #expect(texts[3..<9] == ["a", "b", "sub"].flatMap { ["created current/\($0)", "arrived current/\($0)"] }[...])
    #expect(texts.dropFirst(9) == ["written current/b"])
  }

  @Test func `it ends with the folder`() async throws {
    let (texts, ending) = try await witness(
      DirectoryWatch.self, ["path": .text(scratch.path), "existing": true, "events": .list([])],
      steps: [
        { _ in
          try scratch.delete("old")
          try scratch.delete("")
        }, look,
      ])
    #expect(texts.count == 1)
    guard case .finished = ending else { return #expect(Bool(false), "\(ending)") }
  }

  @Test func `a folder that is missing is a failure`() async throws {
    let (_, ending) = try await witness(DirectoryWatch.self, ["path": .text(scratch["no"])], steps: [look])
    #expect("\(ending)".contains("No such file or directory"))
  }

  /// Makes an empty file whose name is these bytes.
  private func make(_ name: [UInt8]) throws {
    let path = Array(scratch.path.utf8) + [UInt8(ascii: "/")] + name + [0]
    let file = path.withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { open($0.baseAddress!, O_WRONLY | O_CREAT, 0o644) }
    }
    try #require(file >= 0)
    close(file)
  }

  @Test func `what has a name that is no UTF-8 is passed over, and said by name`() async throws {
    try make([0x61, 0xE9, 0x62])
    try make([0x63, 0xC3])
    let harness = Harness(DirectoryWatch.self, ["path": .text(scratch.path), "existing": true], clock: .real)
    harness.leave("outbox", after: 1)
    let outcome = try await harness.run()
    #expect(outcome.messages("outbox", as: FileEvent.self).map(\.path) == [scratch["old"]])
    #expect(
      outcome.said
        == [#"a\xE9b"#, #"c\xC3"#].map { "the name of `\(scratch[$0])` is no UTF-8: what has it is passed over" })
  }

  @Test func `what comes with such a name is passed over, too`() async throws {
    let texts = try await follow(
      [:],
      [
        { _ in
          try make([0x61, 0xE9])
          try scratch.write("new", "")
        }, look, look,
      ])
    #expect(texts == ["present old", "created new", "written new"])
  }

  @Test func `folders whose names only look the same are watched each for itself`() async throws {
    try scratch.makeFolder("é")
    try scratch.makeFolder("e\u{301}")
    let texts = try await follow(
      ["recursive": true, "events": .list([.name("created"), .name("removed")])],
      [
        look, look, { _ in try scratch.delete("é") },
        { text in if text.hasPrefix("removed") { try scratch.write("e\u{301}/a", "") } }, look,
      ])
    #expect(texts.contains { Array($0.utf8) == Array("created e\u{301}/a".utf8) })
  }

  @Test func `a file in the folder's place is a failure`() async throws {
    let (_, ending) = try await witness(DirectoryWatch.self, ["path": .text(scratch["old"])], steps: [look])
    #expect("\(ending)".contains("cannot watch `\(scratch["old"])`: Not a directory"))
  }
}
