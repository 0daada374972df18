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
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try text.write(to: folder.appending(path: "a.kgraph"), atomically: true, encoding: .utf8)
    return await Session.run(["test", folder.path] + words, verbs: Verbs.table(library: .standard))
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
}
