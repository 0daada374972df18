import Kamaelia
import Testing

@testable import KGraph

/// Mistakes as authors make them, each with all that is said about it.
@Suite struct CheckerMistakeTests {
  struct Mistake: CustomTestStringConvertible, Sendable {
    let text: String
    var files: [String: String] = [:]
    let words: [String]
    var testDescription: String { words.first ?? "nothing" }

    init(_ text: String, files: [String: String] = [:], _ words: String...) {
      self.text = text
      self.files = files
      self.words = words
    }
  }

  static let fields = [
    Mistake(
      "Ticks() -> PassThrough() replicate 2 by key(a.b) -> Discard()",
      "1:12 K0309 these messages have no field `a.b`"),
    Mistake(
      "Ticks() as a -> Zip().(left, _) as z -> Switch(\"lift\") as s\na -> z.right\ns.unmatched -> Discard()",
      "1:41 K0309 these messages have no field `lift`"),
    Mistake(
      "Ticks() as a -> Zip().(left, _) as z -> Switch(\"left.x\") as s\na -> z.right\ns.unmatched -> Discard()",
      "1:41 K0309 these messages have no field `left.x`"),
    Mistake("Ticks() as a -> Zip().(left, _) as z -> Switch(\"left\") as s\na -> z.right\ns.unmatched -> Discard()"),
  ]

  static let names = [
    Mistake(
      "tail = FileTial(path: \"a\")\ntail -> ConsoleWriter()",
      "1:8 K0201 there is no component or graph `FileTial`"),
    Mistake(
      "errors = Match(\"x\")\nConsoleReader() -> errors -> ConsoleWriter()\nConsoleReader() -> erorrs",
      "3:20 K0202 there is no instance `erorrs`"),
    Mistake("ConsoleReader() -> ConsoleWriter", "1:20 K0202 there is no instance `ConsoleWriter`"),
    Mistake(
      "a = Match(\"x\")\nConsoleReader() -> a -> ConsoleWriter()\na.rejectd -> Discard()",
      "3:3 K0203 `Match` has no outbox `rejectd`"),
    Mistake(
      "ConsoleReader() -> @room", "1:20 K0205 there is no backplane `room`"),
    Mistake(
      "a = Ticks()\na = ConsoleReader()\na -> ConsoleWriter()", "2:1 K0206 instance `a` is declared twice"),
    Mistake(
      "param a: Int = 1\nparam a: Int = 2\nTicks(count: $a) -> ConsoleWriter()",
      "2:7 K0206 parameter `a` is declared twice"),
    Mistake(
      "param n: Int = 1\ngraph G {\n  outbox t: Int\n  Ticks(count: $n) -> self.t\n}\nG() -> ConsoleWriter(end: \"${n}\")",
      "4:16 K0204 `n` is a parameter of the graph around `G`"),
    Mistake(
      "for a in [1, 2] {\n  t = Ticks(count: $a)\n  t -> ConsoleWriter()\n}\nt -> Discard()",
      "5:1 K0202 there is no instance `t`"),
    Mistake(
      "import \"part.kgraph\"\nPart() -> ConsoleWriter()", "1:8 K0208 there is no file `part.kgraph`"),
    Mistake(
      "import {Loud} from \"part.kgraph\"\nLoud() -> ConsoleWriter()",
      files: ["part.kgraph": "graph Loude {\n  outbox t: Int\n  Ticks() -> self.t\n}\n"],
      "1:9 K0207 `part.kgraph` declares no graph `Loud`"),
    Mistake("import \"../x.kgraph\"\nX()", "1:8 K0209 this import leaves the root folder `.`"),
    Mistake(
      "import \"a.kgraph\"\nA()",
      files: ["a.kgraph": "import \"b.kgraph\"\nB()", "b.kgraph": "import \"a.kgraph\"\nA()"],
      "b.kgraph:1:8 K0210 these files import each other"),
    Mistake("import \"main.kgraph\"\nMain()", "1:8 K0210 this file imports itself"),
    Mistake(
      "import \"a.kgraph\"\nA()", files: ["a.kgraph": "Ticks() -> ConsolWriter()"],
      "a.kgraph:1:12 K0201 there is no component or graph `ConsolWriter`"),
    Mistake(
      "graph A {\n  B()\n}\ngraph B {\n  C()\n}\ngraph C {\n  A()\n}\nA()",
      "8:3 K0211 these graphs contain each other"),
    Mistake(
      "import {Voice} from \"room.kgraph\"\nVoice()",
      files: [
        "room.kgraph":
          "backplane room: Text\ngraph Voice {\n  ConsoleReader() -> @room\n}\n@room -> ConsoleWriter()\nVoice()\n"
      ], "room.kgraph:3:22 K0216 `Voice` is used where its backplane `room` does not exist"),
    Mistake(
      "merge = Merge()\nTicks() -> merge.in\nmerge -> ConsoleWriter()", "2:18 K0217 `in` of `Merge` is several boxes"),
    Mistake("Ticks() -> ConsoleWriter().inbox[0]", "1:34 K0217 `inbox` is one box, and has no elements"),
    Mistake(
      "merge = Merge()\nTicks() -> merge.in[-1]\nmerge -> ConsoleWriter()",
      "2:21 K0217 an index is a whole number from 0, or a text"),
  ]

  static let values = [
    Mistake(
      "ConsoleReader() -> Match(patern: \"x\") -> ConsoleWriter()", "1:26 K0110 `Match` has no parameter `patern`"),
    Mistake("ConsoleReader() -> Match() -> ConsoleWriter()", "1:20 K0111 `Match` needs its parameter `pattern`"),
    Mistake(
      "ConsoleReader() -> Match(\"[\") -> ConsoleWriter()",
      "1:26 K0114 parameter `pattern` of `Match` is no regular expression: expected custom character class members"),
    Mistake(
      "Ticks(5) -> ConsoleWriter()", "1:7 K0113 parameter `interval` of `Ticks` takes Duration, and 5 is none"),
    Mistake(
      "Ticks(0s) -> ConsoleWriter()", "1:7 K0114 parameter `interval` of `Ticks` takes 1ns or more, not 0s"),
    Mistake(
      "FileTail(\"a\", from: ende) -> ConsoleWriter()",
      "1:21 K0113 parameter `from` of `FileTail` takes one of `beginning`, `end`, not ende"),
    Mistake(
      "param port: Port = 70_000\nTCPServer(port: $port, protocol: Echo)\ngraph Echo {\n  inbox i: Bytes\n  outbox o: Bytes\n  self -> self\n}",
      "1:20 K0114 parameter `port` takes a port from 0 to 65535, not 70000"),
    Mistake(
      "param n: Int(1...4) = 5\nTicks(count: $n) -> ConsoleWriter()", "1:23 K0114 parameter `n` takes 1 to 4, not 5"),
    Mistake(
      "param n: Int(1...) = 0\nTicks(count: $n) -> ConsoleWriter()",
      "1:22 K0114 parameter `n` takes 1 to 9223372036854775807, not 0"),
    Mistake(
      "param loud: Bool = yes\nif $loud {\n  Ticks() -> ConsoleWriter()\n}",
      "1:20 K0113 parameter `loud` takes Bool, and yes is none"),
    Mistake(
      "graph G(n: Int) {\n  outbox t: Int\n  Ticks(count: $n) -> self.t\n}\nG(n: \"5\") -> ConsoleWriter()",
      "5:6 K0113 parameter `n` of `G` takes Int, and \"5\" is none"),
    Mistake(
      "graph G(n: Text) {\n  outbox t: Int\n  Ticks(count: $n) -> self.t\n}",
      "3:16 K0113 parameter `count` of `Ticks` takes Int?, and this is Text"),
    Mistake(
      "ConsoleReader() -> Prefix(text: a) -> ConsoleWriter()",
      "1:33 K0113 parameter `text` of `Prefix` takes Text, and a is none"),
    Mistake("TCPServer(port: 1, protocol: Clint)", "1:30 K0201 there is no component or graph `Clint`"),
    Mistake(
      "TCPServer(port: 1, protocol: \"Client\")",
      "1:30 K0113 parameter `protocol` of `TCPServer` takes a graph, and \"Client\" is none"),
    Mistake(
      "for n in 1...3 {\n  Ticks(count: \"${n}\") -> ConsoleWriter()\n}",
      "2:16 K0113 parameter `count` of `Ticks` takes Int, and \"1\" is none"),
    Mistake(
      "Ticks(1s) -[64, dropNew]-> ConsoleWriter()", "1:17 K0502 there is no overflow policy `dropNew`"),
    Mistake("Ticks(1s) -[5s]-> ConsoleWriter()", "1:13 K0502 it is not clear what this time is for"),
    Mistake(
      "ConsoleReader() restart always(max: 0) -> ConsoleWriter()", "1:37 K0502 `max` takes a whole number above 0"),
    Mistake(
      "defaults { capacity: 0 }\nTicks() -> ConsoleWriter()", "1:22 K0505 a linkage holds 1 to 16777216 messages"),
  ]

  static let types = [
    Mistake("Ticks() -> Uppercase() -> ConsoleWriter()", "1:12 K0301 these boxes carry different types"),
    Mistake("Camera() -> Detect() -> ConsoleWriter()", "1:13 K0301 these boxes carry different types"),
    Mistake(
      "Camera() -> PassThrough() -> Tee() -> Detect() -> ConsoleWriter()",
      "1:39 K0301 these boxes carry different types"),
    Mistake(
      "graph G {\n  inbox i: Video\n  outbox o: Video\n  self -> PassThrough() -> self\n}\nCamera() -> G() -> Detect() -> ConsoleWriter()",
      "6:20 K0301 these boxes carry different types"),
    Mistake(
      "graph G {\n  inbox i: Video(format: rgb)\n  outbox o: Video\n  self -> PassThrough() -> self\n}\nCamera() -> G() -> Discard()",
      "6:13 K0301 these boxes carry different types"),
    Mistake(
      "tee = PassThrough()\n[Camera(), Camera(format: rgb)] -> tee -> Discard()",
      "2:12 K0302 `tee` carries messages of one type, and is asked for two"),
    Mistake("65 -> Limited()\n5 -> Limited()", "1:1 K0307 65 is no Int(1...64)"),
    Mistake(
      "FileReader(\"a\") -> PassThrough() -> Batch(2) -> ConsoleWriter()\nFileReader(\"a\") -> Batch(2) -> Lines() -> ConsoleWriter()",
      "2:32 K0301 these boxes carry different types"),
    Mistake(
      "a = Batch(2)\nTicks() -> a -[latest]-> a", "2:26 K0301 these messages would have to be a part of themselves"),
    Mistake("ConsoleReader() -> Ticks()", "1:20 K0213 `Ticks` takes no messages"),
    Mistake("Discard() -> ConsoleWriter()", "1:1 K0213 `Discard` sends no messages"),
    Mistake("word -> ConsoleWriter()", "1:1 K0202 there is no instance `word`"),
    Mistake("[1, 2] -> Uppercase() -> ConsoleWriter()", "1:1 K0307 a list of 2 is no Text"),
    Mistake(
      "graph G {\n  inbox i: Text\n  self.i -> self.i\n}", "3:13 K0303 `i` is an inbox of this graph: it begins a chain"
    ),
    Mistake(
      "TCPServer(port: 1, protocol: Echo)\ngraph Echo {\n  inbox i: Text\n  outbox o: Bytes\n  self -> Encode() -> self\n}",
      "1:30 K0306 `Echo` does not fit `TCPServer`"),
    Mistake("TCPServer(port: 1, protocol: Lines)", "1:30 K0306 `Lines` does not fit `TCPServer`"),
    Mistake("inbox i: Txt\nself -> Discard()", "1:10 K0304 there is no type `Txt`"),
    Mistake(
      "backplane b: Int\nConsoleReader() -> @b\n@b -> ConsoleWriter()", "2:20 K0301 these boxes carry different types"),
    Mistake(
      "work = Sum() replicate 3\nConsoleReader() -> work -> ConsoleWriter()",
      "2:20 K0301 these boxes carry different types"),
    Mistake(
      "ConsoleReader() -> Zip().right -> ConsoleWriter()", "1:20 K0401 nothing is linked to inbox `left` of `Zip`"),
  ]

  static let shapes = [
    Mistake(
      "graph Loud {\n  inbox words: Text\n  outbox louder: Text\n  self -> Uppercase() -> self\n}\nLoud() -> ConsoleWriter()",
      "6:1 K0401 nothing is linked to inbox `words` of `Loud`"),
    Mistake(
      "a = Lines()\nb = FileReader(\"a\")\nc = FileReader(\"b\")\n[b, c] -> a -> ConsoleWriter()",
      "4:5 K0405 `a.inbox` takes one linkage"),
    Mistake(
      "a = PassThrough()\nConsoleReader() -> a -> a\na -> ConsoleWriter()",
      "2:22 K0410 these linkages wait for each other in a circle, and can stall"),
    Mistake(
      "a = PassThrough()\nConsoleReader() -> a -> a # allow(K0410)\na -> ConsoleWriter()"),
    Mistake(
      "backplane room: Text\nConsoleReader() -> @room\n@room -> Uppercase() -[16]-> @room\n@room -> ConsoleWriter()",
      "3:22 K0410 these linkages wait for each other in a circle, and can stall"),
    Mistake(
      "a = PassThrough()\nb = PassThrough()\na -[latest]-> b -> a\nTicks() -> ConsoleWriter()",
      "1:1 K0403 no message ever reaches these 2: `a`, `b`"),
    Mistake("graph Empty {\n}\nEmpty()"),
    Mistake(
      "graph Loud {\n  outbox louder: Int\n  Ticks() -> self\n}\nloud = Loud()\nTicks() -> ConsoleWriter()",
      "5:1 K0402 no linkage speaks of `loud`"),
    Mistake(
      "graph Loud {\n  inbox words: Text\n  self -> ConsoleWriter()\n}\nloud = Loud()\nTicks() -> ConsoleWriter()",
      "5:1 K0401 nothing is linked to inbox `words` of `loud`"),
    Mistake("graph Loud {\n  outbox louder: Int\n  Ticks() -> self\n}\nLoud()"),
    Mistake(
      "w = Match(\"x\") replicate 2 ordered\nConsoleReader() -> w\nw.rejected -> Discard()",
      "3:3 K0413 `ordered` does not reach `rejected`"),
    Mistake("w = Match(\"x\") replicate 2\nConsoleReader() -> w -> Discard()\nw.rejected -> Discard()"),
    Mistake(
      "w = Match(\"x\") replicate 2 ordered\nConsoleReader() -> w -> Discard()\nw.signal -> Discard()"),
    Mistake(
      "w = `cat` replicate 2 ordered\nConsoleReader() -> w -> Discard()",
      "1:11 K0414 `Process` may answer late, so that `ordered` cannot put its answers in order"),
    Mistake(
      "Ticks() -> ConsoleWriter()\nhost pi\non pi {\n  Ticks() -> Discard()\n}",
      "2:1 K0601 hosts are not available yet", "3:4 K0601 hosts are not available yet"),
    Mistake(
      "Ticks() -> ConsoleWriter()\nTicks -> ConsoleWriter()", "2:1 K0202 there is no instance `Ticks`"),
  ]

  /// What is typed half, or wrong by a sign: nothing that follows from it is said.
  static let halves = [
    Mistake("oops(", "1:5 K0023 no `)` closes this `(`"),
    Mistake("a = oops(", "1:9 K0023 no `)` closes this `(`"),
    Mistake("ConsoleReader() -> oops(", "1:24 K0023 no `)` closes this `(`"),
    Mistake("oops(x: 1\nTicks() -> ConsoleWriter()", "1:5 K0023 no `)` closes this `(`"),
    Mistake("Ticks() ->\nTee() -> ConsoleWriter()"),
    Mistake("oops[", "1:5 K0023 no `]` closes this `[`"),
    Mistake("foo bar", "1:1 K0020 `foo` begins no statement"),
    Mistake("a Ticks()\na -> ConsoleWriter()", "1:1 K0020 `a` begins no statement"),
    Mistake("Ticks() -> ConsoleWriter() x", "1:28 K0021 `x` follows a complete statement"),
  ]

  /// What means something to a shell, and to a text that is not raw.
  static let texts = [
    Mistake("ConsoleReader() -> `cat | rev` -> Discard()", shell(25, "|")),
    Mistake("ConsoleReader() -> `cat >x` -> Discard()", shell(25, ">")),
    Mistake("ConsoleReader() -> `cat >>x` -> Discard()", shell(25, ">>")),
    Mistake("ConsoleReader() -> `cat <x` -> Discard()", shell(25, "<")),
    Mistake("ConsoleReader() -> `cat a && rev` -> Discard()", shell(27, "&&")),
    Mistake("ConsoleReader() -> `cat a; rev` -> Discard()", shell(26, ";")),
    Mistake("ConsoleReader() -> `cat *` -> Discard()", shell(25, "*")),
    Mistake("ConsoleReader() -> `cat $HOME/x` -> Discard()", shell(25, "$HOME")),
    Mistake("ConsoleReader() -> `cat $(x)` -> Discard()", shell(25, "$(")),
    Mistake("ConsoleReader() -> `cat ~/x` -> Discard()", shell(25, "~")),
    Mistake("ConsoleReader() -> `cat &` -> Discard()", shell(25, "&")),
    Mistake("ConsoleReader() -> `cat 'a | b' \"*\" \\* http://x/?a=1&b=2 a~b $1 s/a;b/c/` -> Discard()"),
    Mistake("param x: Text = \"a\"\nConsoleReader() -> `cat ${x}` -> Discard()"),
    Mistake(
      "param x: Text = \"a\"\nConsoleReader() -> Match(r\"${x}$\") -> Prefix($x) -> Discard()",
      "2:28 K0908 `${x}` stands for itself in a raw text"),
    Mistake(
      "for x in [1, 2] {\n  ConsoleReader() -> Match(r\"${x}\") -> Discard()\n}",
      "2:30 K0908 `${x}` stands for itself in a raw text"),
    Mistake("ConsoleReader() -> Match(r\"${x}\") -> Discard()"),
    Mistake(
      "param x: Text = \"a\"\nConsoleReader() -> Prefix(text: \"$x: \") -> Discard()",
      "2:34 K0908 `$x` stands for itself in a text"),
    Mistake("param x: Text = \"a\"\nConsoleReader() -> Prefix(text: \"\\$x ${x} $y\") -> Discard()"),
  ]

  private static func shell(_ column: Int, _ sign: String) -> String {
    "1:\(column) K0907 no shell runs this command, so `\(sign)` is handed to the program as it is"
  }

  @Test(arguments: fields + names + values + types + shapes + halves + texts) func `a mistake gets one clear message`(
    _ mistake: Mistake
  ) {
    #expect(check(mistake.text, files: mistake.files).words == mistake.words)
  }

  @Test func `all errors of all files are said in one run`() {
    let checked = check(
      """
      import "part.kgraph"
      param every: Duration = 5
      tail = FileTial(path: "a")
      tail -> Macth("x") -> ConsoleWriter()
      Ticks($every) -> Uppercase() -> ConsoleWriter(ends: "x")
      Part() -> nobody
      """, files: ["part.kgraph": "outbox t: Int\nTicks(speed: 1) -> self.t\nTicks() -> self.u\n"])
    #expect(
      checked.words == [
        "2:25 K0113 parameter `every` takes Duration, and 5 is none",
        "3:8 K0201 there is no component or graph `FileTial`",
        "4:9 K0201 there is no component or graph `Macth`", "5:18 K0301 these boxes carry different types",
        "5:47 K0110 `ConsoleWriter` has no parameter `ends`", "6:11 K0202 there is no instance `nobody`",
        "part.kgraph:2:7 K0110 `Ticks` has no parameter `speed`", "part.kgraph:3:17 K0203 this graph has no outbox `u`",
      ])
  }
}
