import Foundation
import KamaeliaComponents
import Testing

@testable import KamaeliaCommands

/// `kamaelia test` as a person sees it.
@Suite struct TestVerbTests {
  private static let graph = """
    test "text is made loud" of Uppercase() {
        send   inbox: "a"
        expect outbox: "A"
    }

    test "wrong on purpose" of Uppercase() {
        send   inbox: "a"
        expect outbox: "B"
    }

    """

  private func run(_ words: [String], on text: String = graph) async throws -> Session {
    try await run(words, on: text, named: "a.kgraph").session
  }

  /// - Returns: what it said, and the file as it is then.
  private func run(
    _ words: [String], on text: String, named name: String
  ) async throws -> (session: Session, text: String) {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: name)
    try text.write(to: file, atomically: true, encoding: .utf8)
    let session = await Session.run(["test", folder.path] + words, verbs: Verbs.table(library: .standard))
    return (session, try String(contentsOf: file, encoding: .utf8))
  }

  @Test func `A failing test is named with its place, and the exit status tells of it`() async throws {
    let session = try await run([])
    #expect(session.status == .errors)
    #expect(session.output.isEmpty)
    #expect(session.errors.contains("a.kgraph: text is made loud\n"))
    #expect(session.errors.contains("error[K0810]: `outbox` sent something else than expected"))
    #expect(session.errors.contains("a.kgraph:8:5"))
    #expect(session.errors.hasSuffix("1 passed, 1 failed\n"))
  }

  @Test func `A filter chooses by name`() async throws {
    let session = try await run(["--filter", "loud"])
    #expect(session.status == .fine)
    #expect(session.errors.hasSuffix("1 passed, 0 failed\n"))
    #expect(try await run(["--filter", "nonsense"]).status == .errors)
  }

  @Test func `A seed repeats a run, and must be a number`() async throws {
    #expect(try await run(["--seed", "7"]).errors.contains("`--seed 7` repeats it"))
    #expect(try await run(["--seed", "x"]).status == .usage)
  }

  @Test func `What a graph writes to the terminal is shown below its test, where that failed`() async throws {
    let session = try await run(
      [],
      on: """
        graph Loud {
            inbox  words: Text
            outbox louder: Text
            self -> Uppercase() as loud -> [self, ConsoleWriter(), ConsoleWriter(stream: stderr), Ticker(100/s)]
        }

        test "right" of Loud() {
            send   words: "one"
            expect louder: "ONE"
        }

        test "wrong" of Loud() {
            send   words: "two", "three"
            advance 1s
            expect louder: "ONE"
        }

        """)
    #expect(session.output.isEmpty)
    #expect(!session.errors.contains("  | ONE"))
    #expect(session.errors.contains("\nit wrote:\n  | "))
    #expect(session.errors.components(separatedBy: "TWO").count >= 4, "\(session.errors)")
    #expect(session.errors.hasSuffix("1 passed, 1 failed\n"))
  }

  @Test func `A graph with errors fails`() async throws {
    let session = try await run([], on: "a = Nonsense()\n")
    #expect(session.status == .errors)
    #expect(session.errors.contains("K0201"))
  }

  @Test func `Each case of a table is reported by its name`() async throws {
    let session = try await run(
      [],
      on: """
        test "loud" of Uppercase() {
            cases quiet, loud {
                "a letter": "a",  "A"
                "two":      "bc", "CB"
            }
            send   inbox: $quiet
            expect outbox: $loud
        }

        """)
    #expect(session.errors.contains("ok     ") && session.errors.contains("a.kgraph: loud: a letter\n"))
    #expect(session.errors.contains("FAILED ") && session.errors.contains("a.kgraph: loud: two\n"))
    #expect(session.errors.contains("4 |         \"two\":      \"bc\", \"CB\"\n"), "\(session.errors)")
    #expect(session.errors.hasSuffix("1 passed, 1 failed\n"))
  }

  @Test func `The same seed gives the same steps, byte for byte, and another seed others`() async throws {
    let graph = """
      inbox  words: Text
      outbox louder: Text
      self.words -> PassThrough() as left -> Uppercase() as loud -> self.louder
      self.words -> PassThrough() as right -> loud

      test "both" {
          send   words: "one", "two"
          advance 1s
          expect louder: "ONE", "ONE", "TWO", "TWO" in any order
      }

      """
    let first = try await run(["--trace", "--seed", "7"], on: graph)
    #expect(first.status == .fine, "\(first.errors)")
    #expect(
      Self.steps(first) == [
        "0s  right", "0s  test  self.words -> left.inbox +2, self.words -> right.inbox +2", "0s  loud",
        "0s  left  left.outbox -> loud.inbox +2", "0s  right  right.outbox -> loud.inbox +2",
        "0s  loud  loud.outbox -> self.louder +1", "0s  test", "0s  loud  loud.outbox -> self.louder +3", "0s  test",
      ], "\(first.output)")
    #expect(Self.steps(try await run(["--trace", "--seed", "7"], on: graph)) == Self.steps(first))
    var others: Set<[String]> = []
    for seed in 1...10 { others.insert(Self.steps(try await run(["--trace", "--seed", "\(seed)"], on: graph))) }
    #expect(others.count > 1)
    #expect(try await run(["--trace", "--format", "json"], on: graph).status == .usage)
  }

  /// What stands below the line that names the test, in a folder of its own each time.
  private static func steps(_ session: Session) -> [String] {
    session.output.split(separator: "\n").dropFirst().map(String.init)
  }

  private static let unrecorded = """
    # What is loud.
    test "loud" of Uppercase() {
        send inbox: "a", "b"  # two
        expect outbox recorded
    }

    """

  @Test func `What was never recorded fails and says what to do, and is recorded in its place`() async throws {
    let first = try await run([], on: Self.unrecorded)
    #expect(first.status == .errors)
    #expect(first.errors.contains("error[K0812]: nothing has been recorded for `outbox` yet"))
    #expect(first.errors.contains("help: `kamaelia test --record` writes down what comes"))
    let (session, text) = try await run(["--record"], on: Self.unrecorded, named: "a.kgraph")
    #expect(session.status == .fine)
    #expect(session.errors.contains("\nrecorded in "))
    #expect(text == Self.unrecorded.replacing("recorded", with: #"recorded: "A", "B""#))
    let (again, same) = try await run(["--record"], on: text, named: "a.kgraph")
    #expect(again.status == .fine && !again.errors.contains("recorded in") && same == text)
    #expect(try await run([], on: text).status == .fine)
    let other = try await run([], on: text.replacing("\"B\"", with: "\"C\""))
    #expect(other.status == .errors)
    #expect(other.errors.contains("if this is right now, `kamaelia test --record` writes it down"))
  }

  @Test func `A file in its canonical form is in it when something was recorded`() async throws {
    let long = String(repeating: "a", count: 80)
    let graph = """
      test "loud" of Uppercase() {
          send   inbox: "\(long)",
              "b",
              "c"
          expect outbox recorded: "A"  # so far
      }

      """
    let (session, text) = try await run(["--record"], on: graph, named: "a.kgraph")
    #expect(session.status == .fine)
    let values = "\"\(long.uppercased())\",\n        \"B\",\n        \"C\"  # so far"
    #expect(text == graph.replacing("\"A\"  # so far", with: values))
  }

  @Test func `Graphs in Markdown are recorded where they stand`() async throws {
    let page = "# A page\n\n```kgraph\n\(Self.unrecorded)```\n\nMore.\n"
    let (session, text) = try await run(["--record"], on: page, named: "page.md")
    #expect(session.status == .fine)
    #expect(text == page.replacing("outbox recorded", with: #"outbox recorded: "A", "B""#))
  }

  @Test func `One order of things is recorded, in files`() async throws {
    #expect(try await run(["--record", "--seeds", "3"]).status == .usage)
    let session = await Session.run(["test", "--record", "-"], verbs: Verbs.table(library: .standard))
    #expect(session.status == .usage)
  }
}
