import Testing

@testable import KGraph

@Suite struct SymbolIndexTests {
  private static func index(_ text: String, files: [String: String] = [:]) -> SymbolIndex {
    Checker(library: CheckingLibrary.standard, loader: MemoryLoader(files))
      .index(GraphFile.parse(Source(name: "main.kgraph", text: text)))
  }

  /// Names that are used, each with where it is declared: `2:1 tail instance 1:1`.
  private static func uses(_ text: String, files: [String: String] = [:]) -> [String] {
    let index = index(text, files: files)
    func words(_ place: Place) -> String {
      let (line, column) = place.source.position(of: place.range.lowerBound)
      return "\(place.source.name == "main.kgraph" ? "" : place.source.name + ":")\(line):\(column)"
    }
    return index.files.flatMap { index.occurrences(in: $0.source) }.filter { !$0.isDefinition }.map { use in
      let symbol = index.symbols[use.symbol]
      let places = symbol.definitions.isEmpty ? ["library"] : symbol.definitions.map(words)
      return "\(words(use.place)) \(use.place.text) \(symbol.kind) \(places.joined(separator: " "))"
    }
  }

  @Test func `Instances, components, parameters and boxes are found`() {
    #expect(
      Self.uses(
        """
        param path: Path = "a"
        tail = FileTail(path: $path)
        tail.outbox -> Match("${path}") as m -> ConsoleWriter()
        m.rejected -> Discard()
        """) == [
          "2:8 FileTail component library", "2:17 path parameter library", "2:24 path parameter 1:7",
          "3:1 tail instance 2:1", "3:6 outbox outbox library", "3:16 Match component library",
          "3:25 path parameter 1:7", "3:41 ConsoleWriter component library", "4:1 m instance 3:36",
          "4:3 rejected outbox library", "4:15 Discard component library",
        ])
  }

  @Test func `A graph's boxes, parameters and backplanes belong to it, and instances of loops to their loop`() {
    #expect(
      Self.uses(
        """
        a = Room(nick: "x")
        a.heard -> ConsoleWriter()
        graph Room(nick: Text) {
          outbox heard: Text
          backplane air: Text
          a = Lines()
          for i in 1...2 {
            a = Prefix("${i}")
            "${nick}" -> a -> @air
          }
          @air -> self.heard
        }
        test "t" of Room(nick: "b") {
          expect heard: "1b"
          expect a.outbox: "x"
        }
        """) == [
          "1:5 Room graph 3:7", "1:10 nick parameter 3:12", "2:1 a instance 1:1", "2:3 heard outbox 4:10",
          "2:12 ConsoleWriter component library", "6:7 Lines component library", "8:9 Prefix component library",
          "8:19 i variable 7:7", "9:8 nick parameter 3:12", "9:18 a instance 8:5", "9:24 air backplane 5:13",
          "11:4 air backplane 5:13", "11:16 heard outbox 4:10", "13:13 Room graph 3:7", "13:18 nick parameter 3:12",
          "14:10 heard outbox 4:10", "15:10 a instance 6:3", "15:12 outbox outbox library",
        ])
  }

  @Test func `Imports lead into other files, under other names too`() {
    let parts = "graph Part(size: Int) {\n  outbox out: Text\n  \"x\" -> self.out\n}\n"
    #expect(
      Self.uses(
        """
        import {Part, Part as Other} from "parts.kgraph"
        import "parts.kgraph" as Parts
        import "parts.kgraph"
        Part(size: 1).out -> ConsoleWriter()
        Other(2)
        Parts()
        Parts()
        """, files: ["parts.kgraph": parts]) == [
          "1:9 Part graph parts.kgraph:1:7", "1:15 Part graph parts.kgraph:1:7", "4:1 Part graph parts.kgraph:1:7",
          "4:6 size parameter parts.kgraph:1:12", "4:15 out outbox parts.kgraph:2:10",
          "4:22 ConsoleWriter component library", "5:1 Other alias 1:23", "6:1 Parts alias 2:26",
          "7:1 Parts alias 2:26", "parts.kgraph:3:15 out outbox parts.kgraph:2:10",
        ])
  }

  @Test func `Graphs are found as values of parameters, and words are no graphs otherwise`() {
    #expect(
      Self.uses("box = Carousel(Piece)\nx = ConsoleWriter(stream: Piece)\ngraph Piece {\n}\n").filter {
        $0.contains("Piece")
      } == ["1:16 Piece graph 3:7"])
  }

  @Test func `An instance that each branch of a condition declares is one`() {
    #expect(
      Self.uses("param d: Bool = true\nif $d {\n  a = Lines()\n} else {\n  a = Decode()\n}\na -> ConsoleWriter()\n")
        .contains("7:1 a instance 3:3 5:3"))
  }

  @Test func `What can be named depends on the place`() throws {
    let text =
      "param p: Int = 1\na = Lines()\nfor i in 1...2 {\n  b = Lines()\n}\ngraph G(q: Int) {\n  c = Lines()\n}\n"
    let index = Self.index(text)
    func names(_ line: Int) throws -> String {
      let source = index.files[0].source
      let names = try #require(index.names(at: source.lineStarts[line] + 1, in: source))
      return (names.values + names.instances).map { index.symbols[$0].name }.joined(separator: " ")
        + " in \(index.graphs[names.graph].name)"
    }
    #expect(try names(1) == "p a in Main")
    #expect(try names(3) == "i p b a in Main")
    #expect(try names(6) == "q c in G")
  }

  @Test func `The name at a place is the one that holds it or ends there`() {
    let index = Self.index("ab = Lines()\nab -> ConsoleWriter()\n")
    let source = index.files[0].source
    let found = (0...7).map { index.occurrence(at: $0, in: source)?.place.text ?? "-" }
    #expect(found == ["ab", "ab", "ab", "-", "-", "Lines", "Lines", "Lines"])
  }

  @Test(arguments: [
    "a -> ", "a = ", "x.", "import {", "graph G {", "for x in { a -> $x", "test \"", "-> -> ->", "a.( -> b", "\u{0}",
    "",
    "a = B(c: D(", "if $x { a = L() } else if { b", "import {A as } from \"x\"", "import \"main.kgraph\"",
  ])
  func `Whatever is wrong with a text, it has an index whose names lie inside it in order`(text: String) {
    let index = Self.index(text)
    let all = index.occurrences(in: index.files[0].source)
    #expect(all.allSatisfy { $0.place.range.upperBound <= text.utf8.count })
    #expect(zip(all, all.dropFirst()).allSatisfy { $0.place.range.upperBound <= $1.place.range.lowerBound })
  }

  @Test func `A survey knows what linkages carry and what parameters are worth, whatever else is wrong`() throws {
    let text = """
      ConsoleReader() -> Tee() as t -> Lines()
      a = Part(size: 3)
      b = Part(size: 4)
      graph Part(size: Int) {
      }
      """
    let survey = Checker(library: CheckingLibrary.standard, loader: MemoryLoader())
      .survey(GraphFile.parse(Source(name: "main.kgraph", text: text)))
    let source = survey.index.files[0].source
    #expect(survey.checked.hasErrors)
    let arrow = Place(source, 16..<18)
    #expect(survey.facts.types(carriedBy: arrow) == [.text])
    let tee = try #require(survey.index.symbols.first { $0.name == "t" })
    #expect(survey.facts.variables(of: tee, in: survey.index) == ["T": .text])
    let size = try #require(survey.index.symbols.first { $0.name == "size" })
    #expect(survey.facts.values(of: size, in: survey.index) == ["3", "4"])
  }
}
