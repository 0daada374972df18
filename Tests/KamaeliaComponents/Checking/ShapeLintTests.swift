import KGraph
import Kamaelia
import KamaeliaComponents
import Testing

/// What `check` says of components that get into each other's way.
@Suite struct ShapeLintTests {
  private func check(_ text: String) -> [String] {
    Checker(library: .standard, loader: MemoryLoader()).check(Source(name: "main.kgraph", text: text)).diagnostics
      .map { "\($0.place.source.position(of: $0.place.range.lowerBound).line) \($0.code.name)" }
  }

  @Test(arguments: [
    ("FileWriter(\"a\")", "FileWriter(\"./a\")"),
    ("FileWriter(\"a\", mode: replace)", "FileWriter(\"a\", mode: append)"),
    ("FileWriter(\"a\", mode: append, rotateSize: 1MiB)", "FileWriter(\"a\", mode: append)"),
  ])
  func `two that write one file are refused unless both append`(_ one: String, _ two: String) {
    #expect(check("Ticks(1s) -> \(one)\nTicks(1s) -> \(two)\n") == ["2 K0415"])
    #expect(check("Ticks(1s) -> \(two)\nTicks(1s) -> \(one)\n") == ["2 K0415"])
  }

  @Test func `what is written by one, or appended to by several, is right`() {
    #expect(check("Ticks(1s) -> FileWriter(\"a\")\nTicks(1s) -> FileWriter(\"b\")\n") == [])
    let append = "Ticks(1s) -> FileWriter(\"a\", mode: append)\n"
    #expect(check(append + append) == [])
  }

  @Test func `copies of what writes one file are refused`() {
    #expect(check("Ticks(1s) -> FileWriter(\"a\") replicate 2\n") == ["1 K0415"])
  }

  private static let graph = "graph G {\n  inbox x: Bytes\n  self.x -> Discard()\n}\n"

  @Test(arguments: [
    ("TCPServer(4000, protocol: G)", "TCPServer(4000, protocol: G)", true),
    ("TCPServer(4000, protocol: G)", "HTTPServer(4000, routes: [G])", true),
    ("TCPServer(4000, protocol: G, host: \"0.0.0.0\")", "TCPServer(4000, protocol: G)", true),
    ("TCPServer(4000, protocol: G)", "TCPServer(4001, protocol: G)", false),
    ("TCPServer(0, protocol: G)", "TCPServer(0, protocol: G)", false),
    ("TCPServer(4000, protocol: G, host: \"127.0.0.2\")", "TCPServer(4000, protocol: G)", false),
    ("UDPReceiver(4000) -> Discard()", "UDPReceiver(4000) -> Discard()", true),
    ("UDPReceiver(4000) -> Discard()", "TCPServer(4000, protocol: G)", false),
    ("UnixSocketServer(\"s\", protocol: G)", "UnixSocketServer(\"./s\", protocol: G)", true),
  ])
  func `two that listen at one place are refused`(_ one: String, _ two: String, _ isRefused: Bool) {
    #expect(check(Self.graph + one + "\n" + two + "\n") == (isRefused ? ["6 K0415"] : []))
  }

  @Test(arguments: [
    ("Filter(above: 3)", "Zip().left as z", "z.right", true), ("Batch(3)", "Zip().left as z", "z.right", true),
    ("Batch(3) -> Unbatch()", "Merge(inTurn).in[0] as z", "z.in[1]", true),
    ("PassThrough()", "Zip().left as z", "z.right", false), ("Take(3)", "Zip().left as z", "z.right", false),
    ("Filter(above: 3)", "Merge().in[0] as z", "z.in[1]", false),
  ])
  func `ways that meet again and differ in their numbers are warned of`(
    _ stage: String, _ meeting: String, _ other: String, _ isWarned: Bool
  ) {
    let isFilter = stage.hasPrefix("Filter")
    let more = isFilter ? "f.rejected -> Discard()\n" : ""
    let chain = "s = Ticks(1s)\ns -> \(stage)\(isFilter ? " as f" : "") -> \(meeting) -> Discard()\n"
    #expect(check(chain + "s -> \(other)\n" + more) == (isWarned ? ["2 K0416"] : []))
    #expect(check(chain + "s -[64, dropOldest]-> \(other)\n" + more) == [])
  }

  @Test func `ways that part behind what lets few pass are even`() {
    #expect(check("s = Sample(3)\nTicks(1s) -> s\ns -> Zip().left as z -> Discard()\ns -> z.right\n") == [])
  }

  @Test func `a repeat inside a repeat is warned of where a pattern is taken`() {
    let chain = "\"a\" -> Match(r\"(a+)+$\") as m -> Discard()\nm.rejected -> Discard()\n"
    #expect(check(chain) == ["1 K0910"])
    #expect(check("\"a\" -> Replace(r\"(\\w+\\s?)*x\", with: \"\") -> Discard()\n") == ["1 K0910"])
    #expect(check("\"a\" -> Prefix(\"(a+)+$\") -> Discard()\n") == [])
  }
}
