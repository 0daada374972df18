import Testing

@testable import KamaeliaLanguageServer

@Suite struct CompletionTests {
  /// What could be written at the `|`, in the order in which it is shown.
  private func labels(_ text: String, files: [String: String] = [:]) async throws -> [String] {
    let editor = try await Editor(files: files)
    let answer = try await editor.ask("textDocument/completion", at: text)
    return (answer["items"]?.values ?? []).sorted { ($0["sortText"]?.text ?? "") < ($1["sortText"]?.text ?? "") }
      .compactMap { $0["label"]?.text }
  }

  @Test(arguments: [
    ("param size: Int = 1\nparam path: Path = \"a\"\nFileReader(path: $|)", ["path", "size"]),
    ("param size: Int = 1\n\"${|}\" -> ConsoleWriter()", ["size"]),
    ("for i in 1...3 {\n  Ticks($|)\n}", ["i"]),
    ("backplane air: Text\n\"x\" -> @|", ["air"]),
    ("backplane air: Text\n@|\n", ["air"]),
    (
      "x = ConsoleWriter()\ny = Match(\"a\")\n\"b\" -> y\ny.|",
      ["captures", "errors", "inbox", "outbox", "rejected", "control", "deadLetters", "signal"]
    ),
    (
      "y = Match(\"a\")\n\"b\" -> y\ny.| -> Uppercase()",
      ["outbox", "rejected", "captures", "errors", "deadLetters", "signal"]
    ),
    ("y = Match(\"a\")\n\"b\" -> y.|", ["inbox", "control"]),
    ("y = Match(\"a\")\n\"b\" -> y.(|, _)", ["inbox", "control"]),
    ("y = Match(\"a\")\n\"b\" -> y.(inbox, |)", ["captures", "errors", "outbox", "rejected", "deadLetters", "signal"]),
    ("\"b\" -> Match(\"a\").|", ["inbox", "control"]),
    ("outbox out: Text\ninbox into: Text\nself.| -> ConsoleWriter()", ["into"]),
    ("outbox out: Text\ninbox into: Text\n\"x\" -> self.|", ["out"]),
    ("a -[|]-> b", ["block", "dropNewest", "dropOldest", "fail", "latest", "capacity", "overflow", "ttl"]),
    ("defaults { | }", ["capacity", "overflow", "ttl"]),
    ("defaults { overflow: | }", ["block", "dropNewest", "dropOldest", "fail", "latest"]),
    ("a = Lines() restart |", ["always", "never", "onFailure"]),
    ("a = Lines() replicate 2 by |", ["key", "roundRobin"]),
    ("Match(\"x\", |)", ["ignoreCase:", "limit:", "whole:"]),
    ("Match(pattern: \"x\", |)", ["ignoreCase:", "limit:", "whole:"]),
    ("Match(\"x\", ignoreCase: |)", ["false", "true"]),
    ("Match(\"x\", ignoreCase: t|)", ["false", "true"]),
    ("ConsoleWriter(stream: |)", ["stderr", "stdout"]),
    ("graph G(size: Int, pace: Duration = 1s) {\n}\nG(|)", ["size:", "pace:"]),
    ("import \"|\"", ["parts.kgraph", "sub"]),
    ("import \"sub/|\"", ["more.kgraph"]),
    ("import {|} from \"parts.kgraph\"", ["Other", "Part"]),
    ("import {Part, |} from \"parts.kgraph\"", ["Other", "Part"]),
    ("Ticks(interval: 5|)", ["5d", "5h", "5min", "5ms", "5ns", "5s", "5us"]),
    ("Ticks(interval: 5m|)", ["5d", "5h", "5min", "5ms", "5ns", "5s", "5us"]),
    ("test \"t\" {\n  |\n}", ["advance", "cases", "close", "expect", "replace", "send"]),
    ("graph G {\n  inbox a: Text\n  outbox b: Text\n  c = Lines()\n}\ntest \"t\" of G() {\n  send |\n}", ["a", "c"]),
    (
      "graph G {\n  inbox a: Text\n  outbox b: Text\n  c = Lines()\n}\ntest \"t\" of G() {\n  expect |\n}",
      ["b", "nothing", "c"]
    ),
    (
      "test \"t\" of Lines() {\n  expect outbox |\n}", ["closed", "in any order", "matching", "recorded", "within"]
    ),
    ("test \"t\" of Take(1) {\n  cases a, b {\n    \"x\": 1, 2\n  }\n  send inbox: $|\n}", ["a", "b"]),
    ("test \"t\" of Take(1) {\n  cases a, b {\n    |\n  }\n}", []),
    ("test \"t\" {\n  advance 5|\n}", ["5d", "5h", "5min", "5ms", "5ns", "5s", "5us"]),
    (
      "graph G {\n  outbox b: Text\n  t = Lines()\n  s = Ticks(1s)\n}\ntest \"t\" of G() {\n  replace |\n}", ["s", "t"]
    ),
    ("graph G {\n  t = Lines()\n}\ntest \"t\" of G() {\n  replace t |\n}", ["with"]),
    ("param on: Bool = true\nif $on {\n} |", ["else", "else if"]),
    ("param on: Bool = true\nif $on {\n} else if not $on {\n} |", ["else", "else if"]),
    ("for i in 1...2 {\n} |", []),
    ("a = Lines() |", ["replicate", "restart"]),
    ("a = Lines() replicate 2 |", ["by", "ordered", "restart"]),
    ("\"a\" -> Lines() |", ["as", "replicate", "restart"]),
    ("\"a\" -> Lines() as b |", ["replicate", "restart"]),
    ("outbox out: Text\ninbox into: Text\nself.|", ["into"]),
    ("ConsoleReader() -> CountBy() -> Unbatch() -> Format(\"{|}\") -> ConsoleWriter()", ["count", "error", "key"]),
    (
      "ConsoleReader() -> CountBy() -> Unbatch() -> Format(\"{key}: {co|\") -> ConsoleWriter()",
      ["count", "error", "key"]
    ),
    ("ConsoleReader() -> CountBy() -> Unbatch() -> Format(\"{{|\") -> ConsoleWriter()", []),
    ("ConsoleReader() -> CountBy() -> Unbatch() -> Format(\"key|\") -> ConsoleWriter()", []),
    (
      "ConsoleReader() -> CountBy() -> Unbatch() -> Filter(by: \"|\", above: 2) -> Discard()",
      ["count", "error", "key"]
    ),
    ("ConsoleReader() -> CountBy() -> Unbatch() -> Sum(\"c|\") -> Discard()", ["count", "error", "key"]),
    ("ConsoleReader() -> CountBy() -> Bars(of: \"|\") -> Discard()", ["count", "error", "key"]),
    (
      "ConsoleReader() -> CountBy() -> Unbatch() -> FormatCSV(columns: [\"|\"]) -> Discard()",
      ["count", "error", "key"]
    ),
    (
      "f = Filter(by: \"|\", above: 2)\nConsoleReader() -> CountBy() -> Unbatch() -> f -> Discard()",
      ["count", "error", "key"]
    ),
    ("DirectoryWatch(\"a\") -> Filter(\"|\") -> Discard()", []),
    ("FileReader(\"|\") -> Discard()", ["main.kgraph", "notes.txt", "parts.kgraph", "sub"]),
    ("FileReader(path: \"sub/m|\") -> Discard()", ["more.kgraph"]),
    ("# a comment |", []),
    ("## a |", []),
    ("\"some text |\" -> ConsoleWriter()", []),
    ("r\"some |text\" -> ConsoleWriter()", []),
  ])
  func `What fits is offered, the best first`(text: String, expected: [String]) async throws {
    let files = [
      "/w/parts.kgraph": "graph Part {\n}\ngraph Other {\n}\n", "/w/sub/more.kgraph": "", "/w/notes.txt": "",
      "/w/main.kgraph": "",
    ]
    let labels = try await labels(text, files: files)
    // Where the order is by fit and then by name, names of one fit are given in their order.
    #expect(labels == expected)
  }

  @Test func `Behind an arrow, what takes the type comes first, and what does not comes last`() async throws {
    let labels = try await labels("lines = Lines()\nother = Uppercase()\nConsoleReader() -> |")
    let place = { (name: String) in labels.firstIndex(of: name) ?? .max }
    #expect(place("other") < place("lines"))
    #expect(place("Uppercase") < place("Lines"))
    #expect(place("Match") < place("ConsoleWriter"))
    #expect(place("Decode") > place("Tee"))
    #expect(labels.contains("self.") == false)
  }

  @Test func `Between two arrows both sides count`() async throws {
    let labels = try await labels("FileReader(\"a\") -> | -> Uppercase()")
    let place = { (name: String) in labels.firstIndex(of: name) ?? .max }
    #expect(place("Lines") < place("Count"))
    #expect(place("Decode") < place("Uppercase"))
  }

  @Test func `A generic component sends on what comes to it`() async throws {
    let labels = try await labels("ConsoleReader() -> PassThrough() -> |")
    let place = { (name: String) in labels.firstIndex(of: name) ?? .max }
    #expect(place("Uppercase") < place("Lines"))
  }

  @Test func `At the beginning of a statement there are keywords, instances and components`() async throws {
    let labels = try await labels("a = Lines()\n|\n")
    #expect(Set(["a", "graph", "param", "test", "for", "Ticks", "ConsoleReader"]).isSubset(of: labels))
  }

  @Test func `Behind an equals sign there are components and graphs`() async throws {
    let labels = try await labels("graph Part {\n}\na = |\n")
    #expect(labels.contains("Part") && labels.contains("Ticks") && !labels.contains("param"))
  }

  @Test func `Types of parameters are more than those of boxes`() async throws {
    let parameter = try await labels("param a: |")
    let box = try await labels("inbox a: |")
    #expect(Set(parameter).subtracting(box) == ["Pattern", "Command", "Graph"])
    #expect(box.contains("Text"))
  }

  @Test func `Warnings can be allowed in a comment`() async throws {
    let labels = try await labels("a = Lines() # allow(K04|)")
    #expect(labels.contains("K0402") && !labels.contains("K0401"))
  }

  @Test func `A client that knows snippets gets places to fill in, others get parentheses`() async throws {
    for (knows, expected) in [(true, "Match(${1:pattern})$0"), (false, "Match()")] {
      let editor = try await Editor(
        capabilities: ["textDocument": ["completion": ["completionItem": ["snippetSupport": .bool(knows)]]]])
      let answer = try await editor.ask("textDocument/completion", at: "ConsoleReader() -> Ma|")
      let item = answer["items"]?.values.first { $0["label"] == "Match" }
      #expect(item?["textEdit"]?["newText"]?.text == expected)
      #expect(item?["textEdit"]?["range"]?["start"]?["character"] == .int(19))
    }
  }

  @Test(arguments: [
    ("ConsoleReader() -> Ma|", "Match", "Match"), ("Filter(abo|", "above:", "above"), ("a = Ti|", "Ticks", "Ticks"),
    ("ConsoleReader() -> Gre|", "Match", "Grep"), ("a = Interv|", "Ticks", "Interval"),
    ("import \"par|\"", "parts.kgraph", "parts.kgraph"), ("FileReader(\"sub/m|\")", "more.kgraph", "more.kgraph"),
    ("param size: Int = 1\nTicks(count: $s|)", "size", "size"),
  ])
  func `Every item says what it is filtered by, and replaces what is begun of it`(
    text: String, label: String, filter: String
  ) async throws {
    let editor = try await Editor(files: ["/w/parts.kgraph": "", "/w/sub/more.kgraph": ""])
    let items = try await editor.ask("textDocument/completion", at: text)["items"]?.values ?? []
    #expect(items.allSatisfy { $0["filterText"]?.text?.isEmpty == false && $0["textEdit"] != nil })
    let item = try #require(items.first { $0["label"]?.text == label })
    #expect(item["filterText"]?.text == filter)
    let mended = Editor.applying([item["textEdit"] ?? .null], to: editor.texts["file:///w/main.kgraph"] ?? "")
    let begun = text.replacing(#/\w+\|/#, with: item["textEdit"]?["newText"]?.text ?? "")
    #expect(mended == begun)
  }

  @Test func `Behind the subject of a test there is what can be tested`() async throws {
    let labels = try await labels("graph Part {\n}\ntest \"x\" of |")
    #expect(labels.contains("Part") && labels.contains("Lines") && !labels.contains("param"))
    let replacing = try await self.labels(
      "graph G {\n  t = Ticks(1s)\n}\ntest \"t\" of G() {\n  replace t with |\n}")
    #expect(replacing.contains("Ticks") && !replacing.contains("with"))
  }

  @Test func `A graph is asked for by what could be one`() async throws {
    let labels = try await labels(
      "graph Part {\n  inbox heard: Bytes\n  outbox said: Bytes\n}\nTCPServer(0, protocol: |)")
    #expect(labels.first == "Part")
    #expect(labels.contains("PassThrough"))
    #expect(!labels.contains("ConsoleReader") && !labels.contains("Match") && !labels.contains("TCPServer"))
  }

  @Test func `What was chosen comes with its manual page`() async throws {
    let editor = try await Editor()
    let answer = try await editor.ask(
      "completionItem/resolve", ["label": "Match", "kind": 7, "data": ["component", "Match"]])
    #expect(answer["documentation"]?["value"]?.text?.contains("- `ignoreCase: Bool`") == true)
  }

  @Test func `A bracket that is open on an earlier line does not swallow the rest`() async throws {
    let labels = try await labels("a = Match(\nb = Lines()\nConsoleReader() -> |")
    #expect(labels.contains("b"))
  }
}
