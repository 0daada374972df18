import Foundation
import KamaeliaComponents
import Testing

@testable import KamaeliaCommands

/// Tests in graphs that would never end by themselves.
@Suite struct TestLimitTests {
  private func run(_ words: [String], on text: String) async throws -> (session: Session, time: Duration) {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try text.write(to: folder.appending(path: "a.kgraph"), atomically: true, encoding: .utf8)
    let start = ContinuousClock.now
    let session = await Session.run(
      [words[0], folder.path] + words.dropFirst(), verbs: Verbs.table(library: .standard))
    return (session, .now - start)
  }

  /// Behind a test that fails, all others are told.
  private static let fine = """

    test "fine" of PassThrough() {
        send   inbox: "a"
        expect outbox: "a"
    }

    """

  @Test(arguments: [
    (#"of Process(`sleep 1000`) { expect outbox: "x" within 1s }"#, "nothing came"),
    ("of Process(`sleep 1000`) { expect outbox closed within 1s }", "it is still open"),
    (#"of Process(`sleep 1000`) { expect outbox: "x" }"#, "this had not happened by then"),
    (#"of UDPReceiver(0) { expect outbox matching "x" within 1s }"#, "nothing came"),
  ])
  func `A program or a socket is waited for within the bounds, and named`(body: String, caption: String) async throws {
    let (session, time) = try await run(["test", "--limit", "2s"], on: "test \"waits\" \(body)\n" + Self.fine)
    #expect(session.errors.contains(caption), "\(session.errors)")
    #expect(session.errors.contains("waits for something outside of the graph"), "\(session.errors)")
    #expect(session.errors.hasSuffix("1 passed, 1 failed\n"))
    #expect(time < .seconds(8))
  }

  @Test func `A socket that is silent keeps no time from passing`() async throws {
    let (session, time) = try await run(
      ["test"],
      on: """
        outbox said: Text
        TCPServer(0, protocol: Echo).log as server -> Discard()
        Ticks(10min, count: 2) -> Drop(1) -> Format("later") -> self.said

        graph Echo {
            inbox  heard: Bytes
            outbox said: Bytes
            self.heard -> PassThrough() -> self.said
        }

        test "an hour" {
            expect nothing
            advance 1h
            expect said: "later"
        }

        """)
    #expect(session.status == .fine, "\(session.errors)")
    #expect(time < .seconds(8))
  }

  @Test(arguments: [
    ("of Ticks(1ns) { expect outbox: 0 advance 1h }", "this had not happened by then"),
    (
      #"of Filter(r"^(a+)+$") { send inbox: "aaaaaaaaaaaaaaaaaaa!" expect outbox: "x" }"#,
      "this had not happened by then"
    ),
    (
      #"of Match(r"^(a+)+$") { send inbox: "aaaaaaaaaaaaaaaaaaa!" expect outbox: "x" }"#,
      "this had not happened by then"
    ),
    (
      #"of PassThrough() { send inbox: "aaaaaaaaaaaaaaaaaaa!" expect outbox matching r"^(a+)+$" }"#,
      "the search for a pattern computes on and on"
    ),
  ])
  func `What computes for ever is told, and keeps no other test from running`(body: String, caption: String)
    async throws
  {
    let text =
      "test \"for ever\" \(body.replacing(#"" expect"#, with: "\"\n expect").replacing(" advance", with: "\n advance"))\n"
    let (session, time) = try await run(["test", "--limit", "1s"], on: text + Self.fine)
    #expect(session.errors.contains("the test is not over after 1s of real time"), "\(session.errors)")
    #expect(session.errors.contains(caption), "\(session.errors)")
    #expect(session.errors.hasSuffix("1 passed, 1 failed\n"))
    #expect(time < .seconds(8))
  }

  @Test(arguments: ["expect nothing", "expect nothing within 1s"])
  func `A test is not quiet while a pattern is looked for`(step: String) async throws {
    let text = """
      test "nothing" of Match(r"^(a+)+$") {
          send   inbox: "\(String(repeating: "a", count: 40))!"
          \(step)
      }

      """
    let (session, _) = try await run(["test", "--limit", "50s"], on: text)
    #expect(session.errors.contains("nothing was to come"), "\(session.errors)")
    #expect(session.errors.hasSuffix("0 passed, 1 failed\n"), "\(session.errors)")
  }

  @Test func `All that is examined is told where a test does not end`() async throws {
    let (session, _) = try await run(
      ["ci", "--limit", "1s"],
      on: "test \"waits\" of Process(`sleep 1000`) {\n    expect outbox: \"x\"\n}\n" + Self.fine)
    #expect(session.status == .errors)
    #expect(session.errors.hasSuffix("2 tests: 1 passed, 1 failed\n"), "\(session.errors)")
  }

  @Test(arguments: ["0s", "x", "-1s", "5"])
  func `A limit is a time`(limit: String) async throws {
    #expect(try await run(["test", "--limit", limit], on: Self.fine).session.status == .usage)
  }

  @Test func `Where files are read, the same seed gives the same steps`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["a", "b", "c"] {
      let lines = (0..<200).map { "\(name) \($0)\n" }.joined()
      try lines.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }
    let readers = ["a", "b", "c"].map { "FileReader(\"\(folder.path)/\($0)\", chunk: 512B).lines -> all" }
    let graph = """
      outbox count: Int
      all = Merge()
      \(readers.joined(separator: "\n"))
      all -> Count() -> self.count

      test "all are counted" { expect count: 600 }

      """
    var steps: Set<String> = []
    for _ in 1...20 {
      let session = try await run(["test", "--seed", "3", "--trace"], on: graph).session
      #expect(session.status == .fine, "\(session.errors)")
      steps.insert(session.output.split(separator: "\n").dropFirst().joined(separator: "\n"))
    }
    #expect(steps.count == 1)
  }

  @Test func `Where components have made graphs, the same seed ends them in the same order`() async throws {
    let graph = """
      outbox ticks: Int
      all = Merge()
      \((0..<6).map { "Sequence([G]) as s\($0) -> all" }.joined(separator: "\n"))
      all -> self.ticks
      Ticks(1s) -> Fail(3) -> Discard()

      graph G {
          outbox ticks: Int
          Ticks(1s) -> Delay(1ms) -> self.ticks
      }

      test "they end" {
          advance 1min
          expect ticks: 0
      }

      """
    var steps: Set<String> = []
    for _ in 1...12 {
      let session = try await run(["test", "--seed", "3", "--trace"], on: graph).session
      #expect(session.errors.contains("failed on purpose"), "\(session.errors)")
      steps.insert(session.output.split(separator: "\n").dropFirst().joined(separator: "\n"))
    }
    #expect(steps.count == 1)
  }
}
