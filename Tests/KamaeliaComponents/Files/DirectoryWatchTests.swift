import Kamaelia
import KamaeliaRuntime
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
}
