import Foundation
import FoundationXML
import KamaeliaComponents
import Testing

@testable import KamaeliaCommands

/// `kamaelia ci` over a folder.
@Suite struct ContinuousTests {
  private static let tested = """
    test "text is made loud" of Uppercase() {
        send   inbox: "a"
        expect outbox: "A"
    }

    """

  /// What a command line does in a folder with these files, and the files afterwards.
  private func run(
    _ verb: String, _ options: [String] = [], on files: [String: String]
  ) async throws -> (session: Session, files: [String: String]) {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
      try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }
    let words = [verb, folder.path] + options.map { $0.replacing("FOLDER", with: folder.path) }
    var session = await Session.run(words, verbs: Verbs.table(library: .standard))
    session.errors = session.errors.replacing(folder.path + "/", with: "")
    session.output = session.output.replacing(folder.path + "/", with: "")
    let after = try FileManager.default.contentsOfDirectory(atPath: folder.path).map { name in
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      return (name, text.replacing(folder.path + "/", with: ""))
    }
    return (session, Dictionary(uniqueKeysWithValues: after))
  }

  @Test func `A folder in which all is well says so`() async throws {
    let (session, _) = try await run("ci", on: ["a.kgraph": Self.tested, "b.md": "```kgraph\n1 -> Discard()\n```\n"])
    #expect(session.status == .fine)
    #expect(
      session.errors == """
        check  2 graphs: 0 errors, 0 warnings
        fmt    2 files: 0 would be written differently
        test   1 test: 1 passed, 0 failed

        """)
  }

  @Test func `Everything that is wrong is said at its place, in one report`() async throws {
    let (session, files) = try await run(
      "ci", ["--sarif", "FOLDER/log.sarif", "--junit", "FOLDER/log.xml"],
      on: [
        "a.kgraph": Self.tested.replacing("\"A\"", with: "\"B\""),
        "b.kgraph": "1   -> Discard()\n",
        "c.md": "# C\n\n```kgraph\n1 -> Nonsense()\n```\n",
      ])
    #expect(session.status == .errors)
    for part in [
      "error[K0810]: `outbox` sent something else than expected\n --> a.kgraph:3:5\n",
      "error[K0909]: this would be written differently\n --> b.kgraph:1:1\n", "help: write `1 -> Discard()`\n",
      "error[K0201]: ", " --> c.md:4:6\n",
    ] {
      #expect(session.errors.contains(part), "\(part)\n\(session.errors)")
    }
    #expect(
      session.errors.hasSuffix(
        """
        3 errors in 3 files

        check  3 graphs: 1 error, 0 warnings
        fmt    3 files: 1 would be written differently
        test   1 test: 0 passed, 1 failed

        """))
    let sarif = try #require(files["log.sarif"])
    for code in ["K0201", "K0810", "K0909"] { #expect(sarif.contains("\"ruleId\" : \"\(code)\"")) }
    let junit = try #require(files["log.xml"])
    #expect(junit.contains("<testsuites name=\"kamaelia\" tests=\"7\" failures=\"3\">"))
    #expect(junit.contains("<testcase name=\"check\" classname=\"c.md\" file=\"c.md\" line=\"4\""))
    #expect(try XMLDocument(xmlString: junit, options: []).rootElement()?.childCount == 3)
  }

  @Test func `Graphs in Markdown are written anew where they stand`() async throws {
    let text = "- a\n\n  ```kgraph\n  1   -> Discard()\n  ```\n\n~~~kgraph ignore\n1   -> 2\n~~~\n"
    let (session, files) = try await run("fmt", on: ["a.md": text])
    #expect(session.errors == "wrote a.md\n")
    #expect(files["a.md"] == text.replacing("1   -> D", with: "1 -> D"))
  }

  @Test(arguments: [("--format", "json"), ("--format", "junit")])
  func `Tests are told to other programs`(option: String, value: String) async throws {
    let (session, _) = try await run(
      "test", [option, value],
      on: [
        "a.kgraph": Self.tested + "\n"
          + Self.tested.replacing("made", with: "\u{1B} <not>").replacing("\"A\"", with: "3")
      ])
    #expect(session.status == .errors)
    if value == "json" {
      let lines = session.output.split(separator: "\n")
      // The test with an error does not keep the other one from running.
      try #require(lines.count == 2)
      #expect(lines[0].contains("\"isPassed\":true"))
      #expect(lines[1].contains("\"isPassed\":false"))
    } else {
      #expect(session.output.contains("<failure type=\"K0"))
      #expect(throws: Never.self) { try XMLDocument(xmlString: session.output, options: []) }
    }
  }

  @Test func `The smallest seed that breaks an expectation is found`() async throws {
    let race = """
      graph Race {
          outbox all: Text
          "a" -> PassThrough() -> self.all
          "b" -> PassThrough() -> self.all
      }

      test "the first one wins" of Race() {
          expect all: "a", "b"
      }

      """
    let (one, _) = try await run("test", ["--seed", "1", "--seeds", "200", "--format", "json"], on: ["a.kgraph": race])
    #expect(one.status == .errors)
    let seed = try #require(one.output.firstMatch(of: #/"seed":(\d+)/#)?.output.1)
    let before = try await run("test", ["--seeds", "\((Int(seed) ?? 0) - 1)"], on: ["a.kgraph": race]).session
    #expect(before.status == (seed == "1" ? .usage : .fine))
    let text = try await run("test", ["--seeds", "200"], on: ["a.kgraph": race]).session
    #expect(text.errors.contains("(\(seed) is the smallest seed that does)"))
    let fine = try await run("test", ["--seeds", "3"], on: ["a.kgraph": Self.tested]).session
    #expect(fine.errors.contains("(seeds 1 to 3)"))
    #expect(try await run("test", ["--seeds", "0"], on: ["a.kgraph": Self.tested]).session.status == .usage)
  }
}
