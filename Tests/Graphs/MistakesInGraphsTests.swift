import Foundation
import KGraph
import Kamaelia
import KamaeliaComponents
import Testing

/// The graphs of the repository, each with a mistake that is made in typing: it is said once, where it is, and nothing
/// that follows from it.
@Suite struct MistakesInGraphsTests {
  struct Typo: CustomTestStringConvertible, Sendable {
    let graph: String
    let right: String
    let wrong: String
    let expected: [String]
    var testDescription: String { "\(graph): \(wrong)" }

    init(_ graph: String, _ right: String, _ wrong: String, _ expected: [String]) {
      self.graph = graph
      self.right = right
      self.wrong = wrong
      self.expected = expected
    }
  }

  @Test(arguments: typos) func `A typing mistake is said once, where it is`(typo: Typo) throws {
    let path = "graphs/\(typo.graph).kgraph"
    let text = try Place.read(path)
    let start = try #require(text.range(of: typo.right))
    let source = Source(name: path, text: text.replacingCharacters(in: start, with: typo.wrong))
    let checked = Checker(library: .standard, loader: MemoryLoader([:])).check(source)
    let found = checked.diagnostics.map { diagnostic in
      let (line, column) = diagnostic.place.source.position(of: diagnostic.place.range.lowerBound)
      return "\(diagnostic.code.name) \(line):\(column)"
    }
    #expect(found == typo.expected, "\(Report(checked.diagnostics, files: checked.sources).text(isColoured: false))")
  }

  static let typos: [Typo] = [
    Typo("orders", "till = Till()", "till = Till(", ["K0023 12:12"]),
    Typo("orders", "till = Till()", "till = Till)", ["K0022 12:12"]),
    Typo("orders", "till = Till()", "till Till()", ["K0020 12:1"]),
    Typo("orders", "till = Till()", "till == Till()", ["K0021 12:6"]),
    Typo("orders", "till = Till()", "till := Till()", ["K0009 12:6"]),
    Typo("orders", "FileReader($file).lines -> till.lines", "FileReader($file.lines -> till.lines", ["K0022 13:17"]),
    Typo("orders", "FileReader($file).lines -> till.lines", "FileReader(file).lines -> till.lines", ["K0113 13:12"]),
    Typo("orders", "FileReader($file).lines -> till.lines", "FileReader(${file}).lines -> till.lines", ["K0051 13:12"]),
    Typo("orders", "FileReader($file).lines -> till.lines", "FileReader($file).lines till.lines", ["K0021 13:25"]),
    Typo(
      "orders", "FileReader($file).lines -> till.lines", "FileReader($file).lines -> till.lines ->", ["K0213 13:28"]),
    Typo(
      "orders", "FileReader($file).lines -> till.lines", "FileReader($file).lines -> -> till.lines", ["K0040 13:28"]),
    Typo("orders", "FileReader($file).lines -> till.lines", "FileReader($file).lines - > till.lines", ["K0021 13:25"]),
    Typo("orders", "FileReader($file).lines -> till.lines", "FileReader($file).lines --> till.lines", ["K0009 13:25"]),
    Typo("orders", "FileReader($file).lines -> till.lines", "FileReader($file)..lines -> till.lines", ["K0009 13:18"]),
    Typo("orders", "FileReader($file).lines -> till.lines", "FileReader($fil).lines -> till.lines", ["K0204 13:12"]),
    Typo(
      "orders", "FileReader($file).lines -> till.lines", "FileReader(path $file).lines -> till.lines", ["K0049 13:12"]),
    Typo("orders", "FileReader($file).lines -> till.lines", "FileReader(path:).lines -> till.lines", ["K0031 13:17"]),
    Typo(
      "orders", "param file: Path = \"graphs/data/orders.jsonl\"", "param file: Path = \"graphs/data/orders.jsonl",
      ["K0004 10:20"]),
    Typo(
      "orders", "param file: Path = \"graphs/data/orders.jsonl\"", "param file: Path \"graphs/data/orders.jsonl\"",
      ["K0021 10:18"]),
    Typo(
      "orders", "param file: Path = \"graphs/data/orders.jsonl\"", "param file Path = \"graphs/data/orders.jsonl\"",
      ["K0029 10:7"]),
    Typo(
      "orders", "param file: Path = \"graphs/data/orders.jsonl\"", "parm file: Path = \"graphs/data/orders.jsonl\"",
      ["K0020 10:1"]),
    Typo(
      "orders", "param file: Path = \"graphs/data/orders.jsonl\"", "param: file Path = \"graphs/data/orders.jsonl\"",
      ["K0026 10:6"]),
    Typo(
      "orders", "param file: Path = \"graphs/data/orders.jsonl\"", "param file: Paht = \"graphs/data/orders.jsonl\"",
      ["K0304 10:13"]),
    Typo("orders", "param file: Path = \"graphs/data/orders.jsonl\"", "param file: Path =", ["K0031 10:19"]),
    Typo("orders", "Filter(by: \"euro\", above: 0)", "Filter(by: \"euro\",, above: 0)", ["K0025 23:32"]),
    Typo("orders", "Filter(by: \"euro\", above: 0)", "Filter(by: \"euro\" above: 0)", ["K0025 23:32"]),
    Typo("orders", "Filter(by: \"euro\", above: 0)", "Filter(by: \"euro, above: 0)", ["K0004 23:25"]),
    Typo("orders", "Filter(by: \"euro\", above: 0)", "Filter(by: , above: 0)", ["K0031 23:25"]),
    Typo("orders", "Filter(by: \"euro\", above: 0)", "Filter(by: \"euro\", above: )", ["K0031 23:40"]),
    Typo("orders", "Filter(by: \"euro\", above: 0)", "Filter(by: \"euro\", above: 0", ["K0023 23:20"]),
    Typo("orders", "Filter(by: \"euro\", above: 0)", "Filter(by: \"euro\", above: 0]", ["K0024 23:41"]),
    Typo("orders", "Filter(by: \"euro\", above: 0)", "Filter{by: \"euro\", above: 0}", ["K0022 23:20"]),
    Typo("orders", "Filter(by: \"euro\", above: 0)", "Filter[by: \"euro\", above: 0]", ["K0022 23:20"]),
    Typo("orders", "Filter(by: \"euro\", above: 0)", "Filter(by; \"euro\", above: 0)", ["K0009 23:23"]),
    Typo("orders", "Filter(by: \"euro\", above: 0)", "Filter(by = \"euro\", above: 0)", ["K0049 23:24"]),
    Typo("orders", "graph Till {", "graph Till", ["K0033 17:11"]),
    Typo("orders", "graph Till {", "graph Till() {{", ["K0023 17:15"]),
    Typo("orders", "graph Till {", "grahp Till {", ["K0020 17:1"]),
    Typo("orders", "graph Till {", "graph Till (", ["K0023 17:12"]),
    Typo("orders", "graph Till {", "Till {", ["K0020 17:1"]),
    Typo("orders", "graph Till {", "graph {", ["K0026 17:7"]),
    Typo("orders", "    all -> self.receipts\n", "    all -> self.receipts\n}\n", ["K0024 35:1"]),
    Typo("orders", "    all -> self.receipts\n", "    all -> self receipts\n", ["K0021 29:17"]),
    Typo("orders", "    all -> self.receipts\n", "    all -> selfreceipts\n", ["K0202 29:12"]),
    Typo("orders", "    all -> self.receipts\n", "    all -> self.\n", ["K0026 29:17"]),
    Typo("orders", "    all -> self.receipts\n", "    all -> \n", ["K0040 29:9"]),
    Typo("orders", "    all -> self.receipts\n", "    all > self.receipts\n", ["K0021 29:9"]),
    Typo("orders", "    all -> self.receipts\n", "    all -> self.receipts;\n", ["K0011 29:25"]),
    Typo("orders", "all.in[\"orders\"]", "all.in[\"orders\"", ["K0023 27:53"]),
    Typo("orders", "all.in[\"orders\"]", "all.in[orders]", ["K0217 27:54"]),
    Typo("orders", "all.in[\"orders\"]", "all.in[\"orders]", ["K0004 27:54"]),
    Typo("orders", "all.in[\"orders\"]", "all.in[]", ["K0045 27:53"]),
    Typo("orders", "inbox  lines: Text", "inbox  lines Text", ["K0029 18:12"]),
    Typo("orders", "inbox  lines: Text", "inbox  lines: [Text", ["K0023 18:19"]),
    Typo("orders", "inbox  lines: Text", "inbx  lines: Text", ["K0020 18:5"]),
    Typo("orders", "inbox  lines: Text", "inbox  lines: Text)", ["K0024 18:23"]),
    Typo("orders", "inbox  lines: Text", "inbox: Text", ["K0026 18:10"]),
    Typo("orders", "test \"a good", "tset \"a good", ["K0020 36:1"]),
    Typo("orders", "complained of\" of Till() {", "complained of\" Till() {", ["K0033 36:60"]),
    Typo("orders", "complained of\" of Till() {", "complained of of Till() {", ["K0004 36:6"]),
    Typo("orders", "complained of\" of Till() {", "complained of\" of Till(", ["K0023 36:67"]),
    Typo("orders", "    send   lines: \"boots!\"", "    send   lines \"boots!\"", ["K0050 37:18"]),
    Typo("orders", "    send   lines: \"boots!\"", "    snd   lines: \"boots!\"", ["K0050 37:5"]),
    Typo("orders", "    send   lines: \"boots!\"", "    send   lines: \"boots!", ["K0004 37:19"]),
    Typo("orders", "    close  lines", "    close", ["K0026 43:10"]),
    Typo("orders", "    expect receipts: \"ann", "    expect receipts \"ann", ["K0050 42:21"]),
    Typo("orders", "90.00 €\"\n}", "90.00 €\"\n", ["K0023 36:70"]),
    Typo("orders", "90.00 €\"\n}", "90.00 €\"\n}}", ["K0024 45:2"]),
    Typo("restart", "within: 1min", "within: 1 min", ["K0105 22:17"]),
    Typo("restart", "within: 1min", "within: 1m", ["K0101 22:17"]),
    Typo("restart", "within: 1min", "within: 1minute", ["K0100 22:18"]),
    Typo("restart", "restart onFailure(", "restart onFail(", ["K0048 20:73"]),
    Typo("restart", "restart onFailure(", "restrat onFailure(", ["K0021 20:65"]),
    Typo("restart", "backoff: 10ms...80ms,\n    )", "backoff: 10ms..80ms,\n    )", ["K0009 23:22"]),
    Typo("restart", "backoff: 10ms...80ms,\n    )", "backoff: 10ms...80ms,\n", ["K0023 20:82"]),
    Typo("restart", "backoff: 10ms...80ms,\n    )", "backoff: 10ms...80ms,\n    }", ["K0024 24:5"]),
    Typo("restart", "[\"wash\", \"dry\",", "[\"wash\", \"dry\"", ["K0025 11:16"]),
    Typo("restart", "[\"wash\", \"dry\",", "\"wash\", \"dry\",", ["K0021 11:7"]),
    Typo("restart", "[\"wash\", \"dry\",", "[\"wash, \"dry\",", ["K0004 11:39"]),
    Typo("restart", "\"iron\"] ->", "\"iron\" ->", ["K0023 11:1"]),
    Typo("chat-room", "-[16, dropOldest]->", "-[16, dropOldest]", ["K0041 30:29"]),
    Typo("chat-room", "-[16, dropOldest]->", "-[16, dropOldest->", ["K0023 30:13"]),
    Typo("chat-room", "-[16, dropOldest]->", "-[16 dropOldest]->", ["K0025 30:18"]),
    Typo("chat-room", "-[16, dropOldest]->", "-[16, dropoldest]->", ["K0502 30:19"]),
    Typo("chat-room", "-[16, dropOldest]->", "-[16,]->", ["K0410 30:13"]),
    Typo("chat-room", "@air -> self.heard", "air -> self.heard", ["K0202 21:5"]),
    Typo("chat-room", "@air -> self.heard", "@ -> self.heard", ["K0026 21:7"]),
    Typo("chat-room", "@air -> self.heard", "@air. -> self.heard", ["K0021 21:9"]),
    Typo("chat-room", "@air -> self.heard", "@airr -> self.heard", ["K0205 21:5"]),
    Typo("chat-room", "backplane air: Text", "backplane air", ["K0029 18:18"]),
    Typo("chat-room", "backplane air: Text", "bakplane air: Text", ["K0020 18:5"]),
    Typo("chat-room", "\"${nick}: \"", "\"${nick: \"", ["K0006 12:28"]),
    Typo("chat-room", "\"${nick}: \"", "\"${nik}: \"", ["K0204 12:30"]),
    Typo("chat-room", "\"${nick}: \"", "\"$nick: \"", ["K0908 12:28"]),
    Typo(
      "chat-room", "graph Guest(name: Text, answer: Text) {", "graph Guest(name: Text, answer: Text {", ["K0023 26:16"]),
    Typo(
      "chat-room", "graph Guest(name: Text, answer: Text) {", "graph Guest(name: Text answer: Text) {", ["K0025 26:28"]),
    Typo(
      "chat-room", "graph Guest(name: Text, answer: Text) {", "graph Guest(name, answer) {",
      ["K0029 26:21", "K0029 26:29"]),
    Typo(
      "chat-room", "graph Guest(name: Text, answer: Text) {", "graph Guest name: Text, answer: Text {", ["K0033 26:17"]),
    Typo("parallel", "replicate 4 ordered", "replicate ordered", ["K0120 13:35"]),
    Typo("parallel", "replicate 4 ordered", "replicat 4 ordered", ["K0021 13:25"]),
    Typo("parallel", "replicate 4 ordered", "replicate 4 orderd", ["K0021 13:37"]),
    Typo("parallel", "replicate 4 ordered", "replicate 4 by ordered", ["K0048 13:40"]),
    Typo("parallel", "replicate 4 ordered", "replicate four", ["K0120 13:35"]),
    Typo("parallel", "r\"^(#!", "r\"^#!", ["K0114 14:19"]),
    Typo("parallel", "(?<summary>.*)\")", "(?<summary>.*)", ["K0004 14:19"]),
    Typo("programs", "`sort -k2 -n -r`", "`sort -k2 -n -r", ["K0004 13:8"]),
    Typo("programs", "`sort -k2 -n -r`", "`sort '-k2 -n -r`", ["K0014 13:8"]),
    Typo("programs", "`sort -k2 -n -r`", "sort -k2 -n -r", ["K0021 13:13"]),
    Typo("programs", "    -> `sort -k2 -n -r`\n", "    -> `sort -k2 -n -r` ->\n", ["K0040 14:5"]),
    Typo("programs", "    -> `sort -k2 -n -r`\n", "    -> sort()\n", ["K0201 13:8"]),
  ]
}
