import Foundation
import KamaeliaComponents
import Testing

@testable import KamaeliaCommands

/// What `graph` says where it cannot draw.
@Suite struct DrawingTests {
  private func graph(_ text: String, width: Int) async -> Session {
    await Session.run(["graph", "-e", text], width: width, verbs: Verbs.table(library: .standard))
  }

  @Test func `A list says which width and which format draw`() async throws {
    let lines = (1...3).map { "words -> Format(\"{}\") -> all.in[\"the words of the line \($0)\"]\n" }
    let text = "words = ConsoleReader()\nall = Merge()\nall -> ConsoleWriter()\n" + lines.joined()
    let narrow = await graph(text, width: 40)
    #expect(narrow.status == .fine)
    #expect(narrow.output.contains("words -> Format#1\n"))
    let said = narrow.errors.replacing("\n", with: " ")
    #expect(said.contains("`--format svg`"), "\(said)")
    let needed = try #require(said.firstMatch(of: #/`COLUMNS=(\d+)`/#).flatMap { Int($0.1) })
    let wide = await graph(text, width: needed)
    #expect(wide.errors.isEmpty && wide.output.contains("▼"), "\(wide.output)")
  }

  @Test func `A list of a graph that is too large names the other format`() async {
    let session = await graph(String(repeating: "\"a\" -> Discard()\n", count: 61), width: 80)
    #expect(session.output.contains("\"a\"#1 -> Discard#1\n"))
    #expect(session.errors.contains("too large") && session.errors.contains("`--format svg`"), "\(session.errors)")
  }

  @Test(arguments: [
    ("a.svg", "<svg "), ("a.html", "<!DOCTYPE html>"), ("a.HTM", "<!DOCTYPE html>"), ("a.dot", "digraph "),
    ("a.gv", "digraph "), ("a.mmd", "flowchart "), ("a.txt", "┌"),
  ])
  func `A file gets the format that its name ends with`(_ name: String, _ beginning: String) async throws {
    try await inFolder { (folder: String) async throws in
      let path = "\(folder)/\(name)"
      let words = ["graph", "-e", "ConsoleReader() -> ConsoleWriter()", "-o", path]
      let session = await Session.run(words, verbs: Verbs.table(library: .standard))
      #expect(session == Session(status: .fine))
      let written = try text(of: path)
      #expect(written.hasPrefix(beginning))
      let files = try files(in: folder)
      #expect(files == [name])
    }
  }

  @Test func `A format that is given is that of the file, whatever its name`() async throws {
    try await inFolder { (folder: String) async throws in
      let words = ["graph", "-e", "ConsoleReader() -> ConsoleWriter()", "--format", "dot", "-o", "\(folder)/a"]
      #expect(await Session.run(words, verbs: Verbs.table(library: .standard)).status == .fine)
      let written = try text(of: "\(folder)/a")
      #expect(written.hasPrefix("digraph "))
    }
  }

  @Test func `A graph with mistakes leaves the old drawing as it is`() async throws {
    try await inFolder { (folder: String) async throws in
      let path = "\(folder)/a.svg"
      try "old".write(toFile: path, atomically: true, encoding: .utf8)
      let words = ["graph", "-e", "Nothing() -> ConsoleWriter()", "-o", path]
      #expect(await Session.run(words, verbs: Verbs.table(library: .standard)).status == .errors)
      let written = try text(of: path)
      #expect(written == "old")
    }
  }

  @Test(arguments: [
    (["a b.kgraph", "-o", "x.png"], "kamaelia graph 'a b.kgraph' --format dot | dot -Tpng -o x.png"),
    (["a.kgraph", "-o", "x.PDF"], "kamaelia graph a.kgraph --format dot | dot -Tpdf -o x.PDF"),
    (["a.kgraph", "--format", "png"], "kamaelia graph a.kgraph --format dot | dot -Tpng -o graph.png"),
    (["a.kgraph", "--format", "svg", "-o", "x.png"], "dot -Tpng -o x.png"),
    (["a.kgraph", "-o", "a.kgraph"], "in the place of a graph"), (["a.kgraph", "-o", "drawing"], ".svg, .html"),
    (["a.kgraph", "--format", "svgg"], "did you mean `svg`?"),
  ])
  func `What is not drawn here is refused with how to come by it`(_ words: [String], _ said: String) async {
    let session = await Session.run(["graph"] + words, width: 300, verbs: Verbs.table(library: .standard))
    #expect(session.status == .usage)
    #expect(session.errors.contains(said), "\(session.errors)")
  }

  @Test func `A file without components of its own is said to have nothing to draw`() async {
    let session = await graph("graph A {\n    outbox said: Text\n\n    ConsoleReader() -> self.said\n}", width: 80)
    #expect(session.status == .fine)
    #expect(session.errors.contains("nothing to draw"))
  }

  private func inFolder(_ body: (String) async throws -> Void) async throws {
    let folder = NSTemporaryDirectory() + "drawings-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await body(folder)
  }

  private func text(of path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  private func files(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder)
  }

  @Test func `A drawing says nothing besides`() async {
    #expect(await graph("\"a\" -> ConsoleWriter()", width: 80).errors.isEmpty)
  }
}
