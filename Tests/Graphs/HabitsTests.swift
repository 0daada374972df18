import Foundation
import KGraph
import KamaeliaComponents
import Testing

/// What people write who come from another language: one message that names the habit, and a fix that mends it where there is one
/// way to do so.
@Suite struct HabitsTests {
  struct Habit: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let text: String
    /// Code and place: `K0009 1:11`.
    let expected: String
    /// What the message, its caption, its labels, its helps or its fixes say of the habit.
    let words: String
    /// Whether the first fix leaves nothing to say.
    let isMended: Bool

    init(_ name: String, _ text: String, _ expected: String, _ words: String, isMended: Bool = true) {
      testDescription = name
      self.text = text
      self.expected = expected
      self.words = words
      self.isMended = isMended
    }
  }

  @Test(arguments: habits) func `A habit from elsewhere gets one message that names it`(habit: Habit) throws {
    let checked = check(habit.text)
    let report = Report(checked.diagnostics, files: checked.sources).text(isColoured: false)
    let errors = checked.diagnostics.filter { $0.severity == .error }
    #expect(errors.map(\.codeAndPlace) == [habit.expected], "\(report)")
    #expect(report.contains(habit.words), "\(report)")
    guard habit.isMended else { return }
    let fix = try #require(errors.first?.fixes.first, "\(report)")
    let mended = fix.applied(to: habit.text)
    let after = check(mended)
    #expect(
      !after.diagnostics.contains { $0.severity == .error },
      "\(mended)\n\(Report(after.diagnostics, files: after.sources).text(isColoured: false))")
  }

  static let habits: [Habit] = [
    // GStreamer and .fbp
    Habit("GStreamer's link", "Ticks(1s) ! ConsoleWriter()\n", "K0009 1:11", "write `->`"),
    Habit("GStreamer's link on a line of its own", "Ticks(1s)\n    ! ConsoleWriter()\n", "K0009 2:5", "write `->`"),
    Habit(
      "GStreamer's links, several of them", "Ticks(1s) ! Format(\"{}! !\") ! ConsoleWriter()\n", "K0009 1:11",
      "and here"),
    Habit(
      "GStreamer's format", "Ticks(1s) -> video/x-raw,width=320,height=240 -> ConsoleWriter()\n", "K0009 1:14",
      "no format stands in a chain"),
    Habit(
      "GStreamer's format in quotes", "Ticks(1s) -> \"audio/x-raw,rate=48000\" -> ConsoleWriter()\n", "K0009 1:14",
      "no format stands in a chain", isMended: false),
    Habit(
      "A packet of an .fbp file", "'a.txt' -> PATH Reader(FileReader)\nReader OUT -> IN Printer(ConsoleWriter)\n",
      "K0015 1:1", "kamaelia import", isMended: false),
    Habit(
      "A line of an .fbp file in a graph",
      "Ticks(1s) -> ConsoleWriter()\nTicks(2s) -> ConsoleWriter()\nTicks(3s) -> ConsoleWriter()\nA(X) OUT -> IN B(Y)\n",
      "K0015 4:1", ".fbp", isMended: false),
    Habit(
      "The exported port of an .fbp file",
      "INPORT=Reader.IN:NAMES\nReader(FileReader) OUT -> IN Printer(ConsoleWriter)\n", "K0015 1:1", "kamaelia import",
      isMended: false),
    // Other formats
    Habit("Mermaid", "graph TD\n  A --> B\n  B --> C\n", "K0015 1:1", "--format mermaid", isMended: false),
    Habit("Mermaid, newer", "flowchart LR\n  A --> B\n", "K0015 1:1", "Mermaid", isMended: false),
    Habit(
      "Graphviz", "digraph G {\n  a -> b;\n  b -> c [label=\"x\"];\n}\n", "K0015 1:1", "--format dot", isMended: false),
    Habit("YAML", "name: x\njobs:\n  a:\n    - run: x\n", "K0015 1:1", "YAML", isMended: false),
    Habit(
      "Options between two arrows", "Ticks(1s) ->[64]-> ConsoleWriter()\n", "K0041 1:11", "write `-[64]->`"),
    Habit(
      "Subtraction", "param n: Int = 2\nTicks(1s, count: $n - 1) -> ConsoleWriter()\n", "K0022 2:21", "arithmetic",
      isMended: false),
    Habit(
      "Division", "param n: Int = 2\nTicks(1s, count: n/2) -> ConsoleWriter()\n", "K0010 2:18", "arithmetic",
      isMended: false),
    Habit(
      "A sign that is no name", "🚀 = Ticks(1s)\n🚀 -> ConsoleWriter()\n", "K0001 1:1", "a name is made of",
      isMended: false),
    Habit(
      "A sign in names", "foo🚀 = Ticks(1s)\nfoo🚀 -> ConsoleWriter()\n", "K0001 1:4", "a name is made of",
      isMended: false),
    Habit(
      "A sign in the name of a component", "Ticks(1s) -> Foo😀() -> ConsoleWriter()\n", "K0001 1:17",
      "a name is made of",
      isMended: false),
    Habit(
      "A choice", "param a: Bool = true\nTicks($a ? 1s : 2s) -> ConsoleWriter()\n", "K0022 2:10", "`if`",
      isMended: false),
    Habit(
      "A function", "Ticks(max(1s, 2s)) -> ConsoleWriter()\n", "K0124 1:7", "there is no function `max`",
      isMended: false),
    Habit(
      "The environment", "param t: Text = env(\"HOME\")\n$t -> ConsoleWriter()\n", "K0124 1:17", "--set",
      isMended: false),
    Habit(
      "Arithmetic in a loop", "param a: Int = 2\nfor i in 0...$a - 1 {\n    Ticks(1s) -> ConsoleWriter()\n}\n",
      "K0033 2:17",
      "arithmetic", isMended: false),
    Habit(
      "A box that is replaced",
      "src = Ticks(1s)\nsrc -> ConsoleWriter()\ntest \"a\" {\n    replace src.lines with Ticks(2s)\n    expect nothing\n}\n",
      "K0050 4:16", "a whole instance", isMended: false),
    Habit("A sign behind a chain", "Ticks(1s) -> ConsoleWriter() 😀\n", "K0001 1:30", "behind `#`", isMended: false),
    Habit(
      "A graph with its fence", "```kgraph\nTicks(1s) -> ConsoleWriter()\n```\n", "K0015 1:1", "take the fence away"),
    Habit(
      "Markdown", "# Title\n\nSome text.\n\n```kgraph\nTicks(1s) -> ConsoleWriter()\n```\n", "K0015 1:1", "Markdown",
      isMended: false),
    Habit("HTML", "<!DOCTYPE html>\n<html><body>a</body></html>\n", "K0015 1:1", "HTML", isMended: false),
    Habit(
      "JSON", "{\n  \"nodes\": [{\"id\": \"a\"}],\n  \"edges\": []\n}\n", "K0015 1:1", "JSON", isMended: false),
    Habit(
      "YAML", "nodes:\n  - id: camera\n    path: camera.py\n", "K0015 1:1", "YAML", isMended: false),
    Habit(
      "TOML", "[sources.in]\ntype = \"stdin\"\n\n[sinks.out]\ninputs = [\"in\"]\n", "K0015 1:1", "TOML",
      isMended: false),
    // Python
    Habit("An f-string of a field", "Clock(1s) -> Format(f\"at {}\") -> ConsoleWriter()\n", "K0007 1:21", "no prefix"),
    Habit(
      "An f-string of a parameter", "param n: Text = \"a\"\nClock(1s) -> Prefix(f\"{n}: \") -> ConsoleWriter()\n",
      "K0007 2:21", "\"${n}: \""),
    Habit("Bytes", "b'abc' -> ConsoleWriter()\n", "K0007 1:1", "\"abc\""),
    Habit(
      "A raw text in single quotes", "ConsoleReader() -> Match(r'\\d+') -> ConsoleWriter()\n", "K0007 1:26", "r\"\\d+\""
    ),
    Habit(
      "A raw text with a quote", "ConsoleReader() -> Match(r'\" (?<a>\\d{3}) ') -> ConsoleWriter()\n", "K0007 1:26",
      "r#\"\" (?<a>\\d{3}) \"#"),
    Habit("None", "Ticks(1s, count: None) -> ConsoleWriter()\n", "K0113 1:18", "leave it out"),
    Habit(
      "True", "DirectoryWatch(\"a\", existing: True) -> Format(\"{path}\") -> ConsoleWriter()\n", "K0113 1:31", "`true`"
    ),
    Habit("A docstring", "\"\"\"Says when.\"\"\"\nTicks(1s) -> ConsoleWriter()\n", "K0008 1:1", "`##`"),
    Habit(
      "elif",
      "param a: Bool = true\nparam b: Bool = false\nif $a {\n    Ticks(1s) -> ConsoleWriter()\n} elif $b {\n    Ticks(2s) -> ConsoleWriter()\n}\n",
      "K0034 5:3", "`else if`"),
    Habit(
      "A condition without its sign", "param a: Bool = true\nif a {\n    Ticks(1s) -> ConsoleWriter()\n}\n",
      "K0117 2:4",
      "write `$a`"),
    Habit(
      "A comparison without its sign",
      "param mode: Text = \"a\"\nif mode == \"a\" {\n    Ticks(1s) -> ConsoleWriter()\n}\n", "K0118 2:4",
      "write `$mode`"),
    // Rust, Swift, JavaScript
    Habit("let of an instance", "let t = Ticks(1s)\nt -> ConsoleWriter()\n", "K0020 1:1", "take it away"),
    Habit("null", "Ticks(1s, count: null) -> ConsoleWriter()\n", "K0113 1:18", "leave it out"),
    Habit(
      "A pattern between slashes", "ConsoleReader() -> Match(/ab+/) -> ConsoleWriter()\n", "K0010 1:26", "r\"ab+\""),
    Habit(
      "A pattern with a flag", "ConsoleReader() -> Match(/error: (?<a>.*)/i) -> ConsoleWriter()\n", "K0010 1:26",
      "r\"(?i)error: (?<a>.*)\""),
    Habit(
      "A name of a field in quotes", "{\"name\": 1} -> Format(\"{name}\") -> ConsoleWriter()\n", "K0022 1:2",
      "write `name`"),
    Habit("A text over lines", "\"\"\"a\nb\"\"\" -> ConsoleWriter()\n", "K0007 1:1", "`\\n`"),
    Habit("An argument by its place", "Ticks(1s, 3) -> ConsoleWriter()\n", "K0115 1:11", "count: 3"),
    // Shells
    Habit(
      "Braces around a parameter", "param every: Duration = 1s\nTicks(${every}) -> ConsoleWriter()\n", "K0051 2:7",
      "`$every`"),
    Habit("A command's output", "Ticks($(date)) -> ConsoleWriter()\n", "K0051 1:7", "no shell", isMended: false),
    Habit(
      "A variable of the environment", "\"${HOME}\" -> ConsoleWriter()\n", "K0204 1:4", "--set home=", isMended: false),
    Habit("A redirection", "ConsoleReader() > \"out.txt\"\n", "K0021 1:17", "FileWriter(\"out.txt\")", isMended: false),
    Habit("A program in quotes", "ConsoleReader() -> \"sort -u\" -> ConsoleWriter()\n", "K0043 1:20", "`sort -u`"),
    Habit("A line that goes on", "Ticks(1s) \\\n    -> ConsoleWriter()\n", "K0009 1:11", "take it away"),
    // Signs
    Habit("Fullwidth signs", "Ticks（1s） -> ConsoleWriter（）\n", "K0009 1:6", "write narrow signs"),
    Habit("A fullwidth arrow", "Ticks(1s) －＞ ConsoleWriter()\n", "K0009 1:11", "`->`"),
    Habit("Chinese commas", "Ticks(1s， count：3) -> ConsoleWriter()\n", "K0009 1:9", "write narrow signs"),
    Habit("A comment of SQL", "-- ticks\nTicks(1s) -> ConsoleWriter()\n", "K0008 1:1", "`#`"),
    Habit("A comment of SQL behind", "Ticks(1s) -> ConsoleWriter() -- ticks\n", "K0008 1:30", "`#`"),
    Habit("A comment of INI", "; ticks\nTicks(1s) -> ConsoleWriter()\n", "K0008 1:1", "`#`"),
    Habit("A comment of TeX", "% ticks\nTicks(1s) -> ConsoleWriter()\n", "K0008 1:1", "`#`"),
    Habit(
      "Copies by a star", "ConsoleReader() -> Uppercase() * 4 -> ConsoleWriter()\n", "K0009 1:32", "replicate"),
    Habit("A picture as a name", "🚀 = Ticks(1s)\n🚀 -> ConsoleWriter()\n", "K0001 1:1", "letters", isMended: false),
    Habit(
      "Arithmetic", "param n: Int = 2\nTicks(1s, count: $n + 1) -> ConsoleWriter()\n", "K0001 2:21", "arithmetic",
      isMended: false),
    Habit("Line ends of old Macs", "t = Ticks(1s)\rt -> ConsoleWriter()\r", "K0003 1:14", "line feed"),
    Habit("Text quotes of Japanese", "「a」 -> ConsoleWriter()\n", "K0007 1:1", "\"a\""),
    // Units
    Habit("A decimal comma", "Ticks(0,5s) -> ConsoleWriter()\n", "K0102 1:7", "`0.5s`"),
    Habit(
      "A decimal comma in a default", "param t: Duration = 0,5s\nTicks($t) -> ConsoleWriter()\n", "K0102 1:21", "`0.5s`"
    ),
    Habit("A group of digits", "Ticks(1s, count: 1,500) -> ConsoleWriter()\n", "K0102 1:18", "`1500`"),
    Habit("sec", "Ticks(1s) -> Throttle(3/sec) -> ConsoleWriter()\n", "K0100 1:24", "`3/s`"),
    Habit("fps", "Ticks(1s) -> Throttle(30fps) -> ConsoleWriter()\n", "K0100 1:25", "`30/s`"),
    Habit("Hours and minutes", "Ticks(1h30min) -> ConsoleWriter()\n", "K0100 1:7", "`90min`"),
    Habit("Minutes and seconds", "Ticks(1m30s) -> ConsoleWriter()\n", "K0100 1:7", "`90s`"),
    Habit("A word as a unit", "Ticks(5 seconds) -> ConsoleWriter()\n", "K0105 1:7", "`5s`"),
    Habit("Thousands", "Ticks(1s, count: 10k) -> ConsoleWriter()\n", "K0100 1:20", "`10000`", isMended: false),
    // Declarations
    Habit(
      "An inbox without self",
      "graph A {\n    inbox lines: Text\n    outbox shown: Text\n    lines -> Uppercase() -> self.shown\n}\n\"a\" -> A() -> ConsoleWriter()\n",
      "K0202 4:5", "self.lines"),
    Habit(
      "An outbox without self",
      "graph A {\n    inbox lines: Text\n    outbox shown: Text\n    self.lines -> Uppercase() -> shown\n}\n\"a\" -> A() -> ConsoleWriter()\n",
      "K0202 4:34", "self.shown"),
    Habit(
      "A type before its name", "graph A {\n    inbox Text a\n    self.a -> ConsoleWriter()\n}\n\"a\" -> A()\n",
      "K0029 2:11",
      "`a: Text`"),
    Habit(
      "A type behind its name without a colon",
      "graph A {\n    inbox a Text\n    self.a -> ConsoleWriter()\n}\n\"a\" -> A()\n", "K0029 2:11", "`a: Text`"),
    Habit(
      "A parameter without its type", "param every = 1s\nTicks($every) -> ConsoleWriter()\n", "K0029 1:12", ": Duration"
    ),
    Habit(
      "A test without quotes", "test upper of Uppercase() {\n    send inbox: \"a\"\n    expect outbox: \"A\"\n}\n",
      "K0050 1:6", "`\"upper\"`"),
    Habit(
      "An import without braces", "import Ranking from \"w.kgraph\"\n", "K0037 1:8", "`{Ranking}`", isMended: false),
    Habit("An import without quotes", "import w.kgraph as W\n", "K0037 1:8", "`\"w.kgraph\"`", isMended: false),
    Habit("An import of Python", "from \"w.kgraph\" import W\n", "K0020 1:1", "import {Mixer} from", isMended: false),
    Habit("Options behind the arrow", "Ticks(1s) ->[64] ConsoleWriter()\n", "K0041 1:11", "`-[64]->`"),
    Habit("A text in backticks", "Ticks(1s) -> Format(`tick`) -> ConsoleWriter()\n", "K0113 1:21", "\"tick\""),
    Habit(
      "A graph in quotes",
      "TCPServer(0, protocol: \"E\")\ngraph E {\n    inbox a: Bytes\n    outbox b: Bytes\n    self.a -> self.b\n}\n",
      "K0113 1:24", "without quotes", isMended: false),
    Habit("Square brackets for arguments", "Ticks[1s] -> ConsoleWriter()\n", "K0202 1:1", "parentheses"),
    Habit(
      "in for inbox", "w = Uppercase()\nConsoleReader() -> w.in\nw -> ConsoleWriter()\n", "K0203 2:22", "write `inbox`"),
    Habit(
      "A name behind the clauses",
      "ConsoleReader() -> `cat` restart always as f -> ConsoleWriter()\nf.errors -> Discard()\n", "K0021 1:41",
      "put it there"),
    Habit("Options in braces", "Ticks(1s) -{latest}-> ConsoleWriter()\n", "K0041 1:11", "`-[latest]->`"),
    Habit(
      "Options in parentheses", "Ticks(1s) -(8, dropOldest)-> ConsoleWriter()\n", "K0041 1:11", "-[8, dropOldest]->"),
    Habit("A thick arrow", "Ticks(1s) ==> ConsoleWriter()\n", "K0009 1:11", "`->`"),
    Habit(
      "A loop in parentheses", "for (i in 1...3) {\n    Ticks(1s, count: $i) -> ConsoleWriter()\n}\n", "K0036 1:5",
      "take them away", isMended: false),
    Habit("A program without backticks", "ConsoleReader() -> sort -u\n", "K0021 1:25", "backticks", isMended: false),
    Habit("Milliseconds", "Ticks(1000) -> ConsoleWriter()\n", "K0113 1:7", "`1000ms`"),
    Habit(
      "null for a parameter of one's own", "param n: Int? = null\nTicks(1s, count: $n) -> ConsoleWriter()\n",
      "K0113 1:17", "`none`", isMended: false),
    Habit(
      "Quotes in a text", "ConsoleReader() -> Format(\"{{\"a\": 1}}\") -> ConsoleWriter()\n", "K0025 1:30", "r#",
      isMended: false),
    Habit(
      "Steps without boxes", "test \"a\" of Uppercase() {\n    send \"a\"\n    expect outbox: \"A\"\n}\n", "K0050 2:10",
      "inbox:"),
    Habit(
      "An expectation without a box", "test \"a\" of Uppercase() {\n    send inbox: \"a\"\n    expect \"A\"\n}\n",
      "K0050 3:12", "outbox:"),
    Habit(
      "A sleep in a test", "test \"a\" of Ticks(1s) {\n    sleep 1s\n    expect outbox: 1\n}\n", "K0050 2:5",
      "`advance`"),
    Habit(
      "A program as a text", "ConsoleReader() -> Process(\"sort -u\") -> ConsoleWriter()\n", "K0113 1:28", "`sort -u`"),
    Habit(
      "A list in angles", "param a: List<Text> = [\"a\"]\n$a -> Unbatch() -> ConsoleWriter()\n", "K0030 1:14",
      "`[Text]`"),
    Habit(
      "A list by brackets behind", "param a: Text[] = [\"a\"]\n$a -> Unbatch() -> ConsoleWriter()\n", "K0030 1:10",
      "`[Text]`"),
    // Names of components
    Habit("Stdin", "Stdin() -> ConsoleWriter()\n", "K0201 1:1", "ConsoleReader"),
    Habit("print", "ConsoleReader() -> print()\n", "K0201 1:20", "ConsoleWriter"),
    Habit("Grep", "ConsoleReader() -> Grep(\"a\") -> ConsoleWriter()\n", "K0201 1:20", "Match"),
    Habit("Interval", "Interval(1s) -> ConsoleWriter()\n", "K0201 1:1", "Ticks"),
    Habit("Sort", "ConsoleReader() -> Sort() -> ConsoleWriter()\n", "K0201 1:20", "sort -u", isMended: false),
    Habit("Cron", "Cron(\"0 3 * * *\") -> ConsoleWriter()\n", "K0201 1:1", "Clock", isMended: false),
    Habit("Tail", "Tail() -> ConsoleWriter()\n", "K0201 1:1", "FileTail", isMended: false),
    Habit("Average", "[1, 2] -> Unbatch() -> Average() -> ConsoleWriter()\n", "K0201 1:24", "Mean"),
    Habit(
      "A name that nobody knows", "Ticks(1s) -> Foozle() -> ConsoleWriter()\n", "K0201 1:14", "kamaelia list",
      isMended: false),
    // Converters
    Habit(
      "Bytes into a program", "FileReader(\"a\") -> `cat` -> ConsoleWriter()\n", "K0301 1:20", "ProcessBytes(`cat`)"),
    Habit(
      "What HTTP brings into JSON",
      "HTTPClient(\"http://localhost/\") -> ParseJSON() -> Format(\"{a}\") -> ConsoleWriter()\n", "K0301 1:36",
      "-> Decode() -> ParseJSON()", isMended: false),
    Habit(
      "A path into a text",
      "graph A {\n    inbox p: Path\n    self.p -> Uppercase() -> ConsoleWriter()\n}\n\"a\" -> A()\n", "K0301 3:15",
      "Format(\"{}\")", isMended: false),
  ]
}

/// Fixes that are offered.
@Suite struct OfferedFixesTests {
  static let texts: [(name: String, text: String)] =
    HabitsTests.habits.map { ($0.testDescription, $0.text) }
    + MistakesTests.names.map { ($0, (try? Place.read("Tests/Graphs/Mistakes/\($0).kgraph")) ?? "") }
    + Code.all.map { ($0.name, $0.example) }

  static let typos: [(name: String, text: String)] = MistakesInGraphsTests.typos.compactMap { typo in
    guard let text = try? Place.read("graphs/\(typo.graph).kgraph"), let range = text.range(of: typo.right) else {
      return nil
    }
    return (typo.testDescription, text.replacingCharacters(in: range, with: typo.wrong))
  }

  @Test(arguments: texts.map(\.name)) func `No fix adds an error`(name: String) throws {
    let text = try #require(Self.texts.first { $0.name == name }).text
    let before = check(text).diagnostics
    for fix in before.flatMap(\.fixes) {
      let mended = fix.applied(to: text)
      let after = check(mended).diagnostics
      #expect(
        after.count { $0.severity == .error } <= before.count { $0.severity == .error },
        "\(fix.title)\n\(mended)\n\(Report(after).text(isColoured: false))")
      #expect(mended != text)
    }
  }

  /// What an error of syntax has hidden may come to light, and no other one of syntax.
  @Test(arguments: typos.map(\.name)) func `No fix of a typing mistake adds an error of syntax`(name: String) throws {
    let text = try #require(Self.typos.first { $0.name == name }).text
    let before = check(text).diagnostics
    for fix in before.flatMap(\.fixes) {
      let after = check(fix.applied(to: text)).diagnostics
      func isSyntax(_ diagnostic: Diagnostic) -> Bool { diagnostic.code.name.hasPrefix("K00") }
      #expect(
        after.count(where: isSyntax) <= before.count(where: isSyntax),
        "\(fix.title)\n\(Report(after).text(isColoured: false))")
      if !before.contains(where: isSyntax) {
        #expect(after.count { $0.severity == .error } <= before.count { $0.severity == .error }, "\(fix.title)")
      }
    }
  }

  @Test(arguments: Code.all.filter { !$0.mended.isEmpty }.map(\.name))
  func `What an explanation mends can be used as it is`(name: String) throws {
    let code = try #require(Code.named(name))
    let loader = MemoryLoader(code.files)
    let checked = Checker(library: .standard, loader: loader).check(Source(name: "main.kgraph", text: code.mended))
    #expect(
      checked.diagnostics.isEmpty, "\(Report(checked.diagnostics, files: checked.sources).text(isColoured: false))")
  }
}

private func check(_ text: String) -> Checked {
  Checker(library: .standard, loader: MemoryLoader([:])).check(Source(name: "main.kgraph", text: text))
}

extension Diagnostic {
  fileprivate var codeAndPlace: String {
    let (line, column) = place.source.position(of: place.range.lowerBound)
    return "\(code.name) \(line):\(column)"
  }
}

extension Diagnostic.Fix {
  /// A text with the fix in it.
  func applied(to text: String) -> String {
    var bytes = Array(text.utf8)
    for edit in edits.sorted(by: { $0.place.range.lowerBound > $1.place.range.lowerBound }) {
      bytes.replaceSubrange(edit.place.range, with: Array(edit.replacement.utf8))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
