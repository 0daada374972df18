import Testing

@testable import KamaeliaLanguageServer

@Suite struct HoverTests {
  private func hover(_ text: String) async throws -> String {
    let editor = try await Editor()
    return try await editor.ask("textDocument/hover", at: text)["contents"]?["value"]?.text ?? ""
  }

  @Test func `A component shows its manual page`() async throws {
    let page = try await hover("\"a\" -> Upper|case() -> ConsoleWriter()")
    #expect(page.hasPrefix("```kgraph\n… -> Uppercase() -> …\n```\n\n"))
    #expect(page.contains("**Inboxes**\n\n- `inbox: Text` — "))
  }

  @Test(arguments: [
    ("\"a\" -|> ConsoleWriter()", "Carries `Text`"),
    ("ConsoleReader() -|> PassThrough() -> ConsoleWriter()", "Carries `Text`"),
    ("ConsoleReader() -> PassThrough() -|> ConsoleWriter()", "Carries `Text`"),
    ("## How many.\nparam si|ze: Int = 3\nTicks(count: $size) -> Discard()", "param size: Int = 3"),
    ("param size: Int = 3\nTicks(count: $si|ze) -> Discard()", "Here it is `3`."),
    ("graph G(size: Int) {\n  Ticks(count: $si|ze) -> Discard()\n}\nG(4)\nG(5)", "Here it is `4`, or `5`."),
    ("Ticks(inter|val: 1s) -> Discard()", "interval: Duration"),
    ("Ticks(interval: 5m|in) -> Discard()", "300.0 s"),
    ("backplane a|ir: Text\n\"a\" -> @air -> ConsoleWriter()", "backplane air: Text"),
    ("x = PassThrough()\nConsoleReader() -> x\n|x -> ConsoleWriter()", "Here `T` is `Text`."),
    ("m = Match(\"a\")\nConsoleReader() -> m\nm.rej|ected -> ConsoleWriter()", "outbox rejected: Text"),
    (
      "Loud()\n\n## Loud.\ngraph Loud {\n  outbox louder: Text\n  \"a\" -> self.louder\n}\nLo|ud() -> ConsoleWriter()",
      "Loud."
    ),
    ("for i in [\"a\", \"b\"] {\n  \"${|i}\" -> ConsoleWriter()\n}", "for i in [\"a\", \"b\"]"),
    ("par|am a: Int = 1\nTicks(count: $a) -> Discard()", "a parameter of this graph"),
    ("a = Ticks()  # allow(K04|02)", "**K0402**"),
    ("|x -> ConsoleWriter()", "**K0202**"),
  ])
  func `What is pointed at is explained`(text: String, words: String) async throws {
    let found = try await hover(text)
    #expect(found.contains(words), "\(found)")
  }

  @Test(arguments: ["\"a|\" -> ConsoleWriter()", "a = Lines()|  \n", "|", "# a co|mment"])
  func `Where there is nothing to say, nothing is said`(text: String) async throws {
    let editor = try await Editor()
    let answer = try await editor.ask("textDocument/hover", at: text)
    if answer != .null { #expect(answer["contents"]?["value"]?.text?.contains("**K") == true) }
  }

  @Test(arguments: [
    ("Match(|)", "Match(pattern: Pattern, ", 0), ("Match(\"a\", ignoreCase: |)", "Match(", 2),
    ("Match(\"a\", ignoreCase: tr|ue)", "Match(", 2), ("x = Ticks(interval: |", "Ticks(interval: Duration = 1s", 0),
    ("graph G(a: Int, b: Text = \"x\") {\n}\nG(b: |)", "G(a: Int, b: Text = \"x\")", 1),
  ])
  func `While arguments are written, their parameter is shown`(text: String, label: String, active: Int) async throws {
    let editor = try await Editor()
    let answer = try await editor.ask("textDocument/signatureHelp", at: text)
    #expect(answer["signatures"]?.values.first?["label"]?.text?.hasPrefix(label) == true, "\(answer)")
    #expect(answer["activeParameter"] == .int(active))
  }

  @Test func `Outside of parentheses there is no signature`() async throws {
    let editor = try await Editor()
    #expect(try await editor.ask("textDocument/signatureHelp", at: "a = Match(\"x\")|") == .null)
  }
}
