import KamaeliaComponents
import Testing

@testable import KamaeliaCommands

/// What `graph` says where it cannot draw.
@Suite struct DrawingTests {
  private func graph(_ text: String, width: Int) async -> Session {
    await Session.run(["graph", "-e", text], width: width, verbs: Verbs.table(library: .standard))
  }

  @Test func `A list says which width and which format draw`() async throws {
    let lines = (1...3).map { "words -> Format(\"{}, line \($0)\") -> ConsoleWriter()\n" }
    let text = "words = ConsoleReader()\n" + lines.joined()
    let narrow = await graph(text, width: 40)
    #expect(narrow.status == .fine)
    #expect(narrow.output.contains("words -> Format#1\n"))
    let said = narrow.errors.replacing("\n", with: " ")
    #expect(said.contains("`--format svg`"), "\(said)")
    let needed = try #require(said.firstMatch(of: #/`COLUMNS=(\d+)`/#).flatMap { Int($0.1) })
    let wide = await graph(text, width: needed)
    #expect(wide.errors.isEmpty && wide.output.contains("▶"), "\(wide.output)")
  }

  @Test func `A list of a graph that is too large names the other format`() async {
    let session = await graph(String(repeating: "\"a\" -> Discard()\n", count: 61), width: 80)
    #expect(session.output.contains("\"a\"#1 -> Discard#1\n"))
    #expect(session.errors.contains("too large") && session.errors.contains("`--format svg`"), "\(session.errors)")
  }

  @Test func `A drawing says nothing besides`() async {
    #expect(await graph("\"a\" -> ConsoleWriter()", width: 80).errors.isEmpty)
  }
}
