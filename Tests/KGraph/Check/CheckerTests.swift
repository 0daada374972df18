import Kamaelia
import Testing

@testable import KGraph

/// What a check is told besides the text: settings, severities, and what it is for.
@Suite struct CheckerTests {
  @Test(arguments: [
    ("Text", "a b", "\"a b\""), ("Text", "\"a\\tb\"", "\"a\\tb\""), ("Path", "logs/a.log", "\"logs/a.log\""),
    ("Int", "5", "5"), ("Double", "5", "5.0"), ("Duration", "5s", "5s"), ("Bool", "true", "true"),
    ("[Int]", "[1, 2]", "[1, 2]"), ("Text?", "a", "\"a\""), ("Int(1...8)", "8", "8"), ("Size", "16MiB", "16MiB"),
  ]) func `a setting takes the place of a default`(_ type: String, _ text: String, _ value: String) {
    let checked = check(
      "param p: \(type)\nChooser([$p]) as c -> ConsoleWriter()\nConsoleReader() -> c", settings: ["p": text], for: .run)
    #expect(checked.words == [])
    #expect(checked.plan?.instances.first?.arguments["items"]?.description == "[\(value)]")
  }

  @Test(arguments: [
    ("Int", "p", "x", "--set:1:3 K0113 parameter `p` takes Int, and x is none"),
    ("Int(1...8)", "p", "9", "--set:1:3 K0114 parameter `p` takes 1 to 8, not 9"),
    ("Duration", "p", "5m", "--set:1:3 K0101 `5m` could mean two things"),
    ("Int", "p", "1, q: 2", "--set:1:3 K0113 parameter `p` takes Int, and this is no single value"),
    ("Text", "q", "x", "--set:1:1 K0116 the graph has no parameter `q`"),
    ("Int", "p", "", "--set:1:3 K0113 parameter `p` takes Int, and this is no single value"),
    ("Text", "p", "\"a", "--set:1:3 K0004 no quote closes this text"),
    ("Int", "p", "$x", "--set:1:3 K0204 there is no parameter `x`"),
  ]) func `a wrong setting is shown`(_ type: String, _ name: String, _ text: String, _ words: String) {
    let checked = check(
      "param p: \(type) = \(type == "Text" ? "\"\"" : type == "Duration" ? "1s" : "1")\n"
        + "Chooser([$p]) as c -> ConsoleWriter()\nConsoleReader() -> c", settings: [name: text], for: .run)
    #expect(checked.plan == nil)
    #expect(checked.words == [words])
  }

  @Test func `a parameter without a value is missing only when the graph is to run`() {
    let text = "param n: Int\nTicks(count: $n) -> ConsoleWriter()"
    let used = check(text)
    #expect(used.words == [])
    #expect(used.plan == nil)
    #expect(used.missing == ["n"])
    #expect(check(text, for: .run).words == ["1:7 K0127 parameter `n` has no value"])
    #expect(check(text, settings: ["n": "3"], for: .run).plan != nil)
  }

  @Test func `warnings are denied, allowed and warned of`() {
    let text = "param n: Int = 1\na = Ticks()\nConsoleReader() -> ConsoleWriter()"
    func result(_ severities: Severities) -> [String] {
      check(text, severities: severities).diagnostics.map { "\($0.code.name) \($0.severity)" }
    }
    #expect(result(.init()) == ["K0901 warning", "K0402 warning"])
    #expect(result(.init(deny: ["K0901"])) == ["K0901 error", "K0402 warning"])
    #expect(result(.init(deny: ["warnings"], allow: ["K0402"])) == ["K0901 error"])
    #expect(result(.init(deny: ["warnings"], warn: ["K0402"])) == ["K0901 error", "K0402 warning"])
    #expect(result(.init(allow: ["warnings"])) == [])
    #expect(check(text).plan != nil)
    #expect(check(text, severities: .init(deny: ["warnings"])).plan == nil)
  }

  @Test func `errors cannot be allowed`() {
    let checked = check("Ticks() -> Uppercase() -> ConsoleWriter() # allow(K0301)", severities: .init(allow: ["K0301"]))
    #expect(checked.codes == ["K0301", "K0906"])
  }

  @Test(arguments: [
    "a = Ticks() # allow(K0402)", "a = Ticks() # allow (K0402)", "# allow(K0402)\na = Ticks()",
  ]) func `a comment allows a warning`(_ text: String) {
    #expect(check("\(text)\nConsoleReader() -> ConsoleWriter()").words == [])
  }

  @Test(arguments: [
    // A component that could not stand there is not suggested, though its name is as near.
    ("ConsoleReder() -> ConsoleWriter()", ["ConsoleReader"]), ("Ticks() -> ConsoleWritr()", ["ConsoleWriter"]),
    ("ConsoleReader() -> Tak(1) -> ConsoleWriter()", ["Take"]),
    ("tail1 = ConsoleReader()\ntail2 = ConsoleWriter()\ntail1 -> tail3", ["tail2"]),
    ("tail1 = ConsoleReader()\ntail2 = ConsoleWriter()\ntail3 -> tail2", ["tail1"]),
    ("zap1 = Uppercase()\nzap2 = Sum()\nTicks() -> zap3", ["zap2"]),
    ("graph Louder {\n  ConsoleReader() -> ConsoleWriter()\n}\nLowder()", ["Louder"]),
    ("Ticks(intervall: 1s) -> ConsoleWriter()", ["interval"]), ("Ticks(interval: 5) -> ConsoleWriter()", ["5s"]),
    ("ConsoleReader() -> Prefix(text: a) -> ConsoleWriter()", ["\"a\""]),
    ("FileTail(\"a\", from: begining) -> ConsoleWriter()", ["beginning"]),
    ("FileTail(\"a\", from: \"end\") -> ConsoleWriter()", ["end"]),
    ("param p: string = \"a\"\nPrefix($p) as a -> ConsoleWriter()\nConsoleReader() -> a", ["Text"]),
    ("backplane room: Text\nConsoleReader() -> room\n@room -> ConsoleWriter()", ["@room"]),
    ("Ticks(1s) -[5s]-> ConsoleWriter()", ["ttl: "]),
  ]) func `a fix writes what was meant`(_ text: String, _ replacements: [String]) {
    let fixes = check(text).diagnostics.first?.fixes ?? []
    #expect(fixes.flatMap(\.edits).map(\.replacement) == replacements)
  }

  @Test func `a mismatch shows both ends and the converters that there are`() throws {
    let diagnostic = try #require(
      check("tail = FileReader(\"a\")\ntail -> Uppercase() -> ConsoleWriter()").diagnostics.first)
    #expect(diagnostic.caption == "inbox takes Text")
    #expect(diagnostic.labels.map(\.text) == ["carries Bytes"])
    #expect(
      diagnostic.helps == [
        "put a converter between them: tail -> Decode() -> Uppercase()", "other converters: `Lines()`",
      ])
  }

  @Test func `a converter of two steps is found`() throws {
    let diagnostic = try #require(
      check("FileReader(\"a\") -> Sum() -> ConsoleWriter()", library: Self.twoSteps).diagnostics.first)
    #expect(diagnostic.helps == ["put a converter between them: FileReader(\"a\") -> Lines() -> Parse() -> Sum()"])
  }

  struct Parse: Transform {
    static let summary = "Reads numbers."
    let inbox = Inbox<String>("Text.")
    let outbox = Outbox<Double>("A number.")
    func transform(_ message: String) -> Double { 0 }
  }

  static let twoSteps = Library([
    CheckingLibrary.FileReader.self, CheckingLibrary.Lines.self, CheckingLibrary.Sum.self,
    CheckingLibrary.ConsoleWriter.self, Parse.self,
  ])

  @Test func `a library without programs says so`() {
    #expect(check("`ls` -> ConsoleWriter()", library: Self.twoSteps).codes == ["K0702"])
  }

  @Test func `a graph of ten thousand instances is expanded once for each of its arguments`() {
    let findings = Findings()
    let tree = GraphFile.parse(
      Source(
        name: "main.kgraph",
        text: """
          graph Stage(n: Int) {
            Ticks(count: $n) -> Tee() as both -> ConsoleWriter()
            both.copy -> Discard()
          }
          for i in 1...1250 {
            Stage(n: 1)
            Stage(n: 2)
          }
          """))
    var resolver = Resolver(loader: MemoryLoader(), limits: .standard, findings: findings)
    let file = resolver.add(tree, identity: "main")
    let expander = Expander(resolver.program, CheckingLibrary.standard, .standard, findings)
    var analysis = Analysis(expander)
    let main = resolver.program.files[file].graph
    let plan = analysis.add(main, [:], at: tree.place)
    #expect(plan?.instances.count == 10_000)
    #expect(plan?.linkages.count == 7500)
    #expect(expander.expanded.count == 3)
    #expect(findings.diagnostics == [])
  }
}
