import Foundation
import FoundationXML
import Testing

@testable import KGraph

struct SVGTests {
  /// Counts what an SVG is made of, if it is well-formed.
  private final class Counter: NSObject, XMLParserDelegate {
    var elements: [String: Int] = [:]
    var words = ""

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      let kind = attributes["class"]?.split(separator: " ").first.map(String.init)
      elements[kind.map { "\(name).\($0)" } ?? name, default: 0] += 1
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { words += string }
  }

  private static func parsed(_ svg: String) throws -> Counter {
    let counter = Counter()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = counter
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    return counter
  }

  @Test(arguments: 0..<12)
  func `every node, edge, frame and label is in the picture`(_ seed: Int) throws {
    let diagram = Diagrams.random(UInt64(seed), nodes: 5 + seed * 3, edges: 4 + seed * 4, groups: seed % 4)
    let counter = try Self.parsed(diagram.svg())
    #expect(counter.elements["path.edge"] == diagram.edges.count)
    #expect((counter.elements["path.head"] ?? 0) + (counter.elements["path.back-head"] ?? 0) == diagram.edges.count)
    #expect(counter.elements["text.name"] == diagram.nodes.count)
    #expect(counter.elements["rect.frame"] ?? 0 == diagram.groups.count)
    #expect(counter.elements["text.label"] ?? 0 == diagram.edges.count { !$0.label.isEmpty })
  }

  @Test func `text cannot break out of the picture`() throws {
    let evil = "</text><script>alert(\"1\")</script>&\u{1B}\u{0}\u{202E}]]>"
    let diagram = Diagram(
      title: evil, nodes: [.init(evil, [evil, evil], outboxes: [evil], group: evil)], groups: [.init(evil, evil)],
      edges: [.init(.init(evil, evil), .init(evil, evil), label: evil)])
    let counter = try Self.parsed(diagram.svg())
    #expect(counter.elements["script"] == nil)
    #expect(counter.words.contains("</text><script>alert(\"1\")</script>&␛␀\u{FFFD}]]>"))
  }

  @Test func `an empty diagram is an empty picture`() throws {
    let counter = try Self.parsed(Diagram(title: "empty", nodes: [], edges: []).svg())
    #expect(counter.elements["rect.page"] == 1)
  }

  @Test func `a picture that would be a ribbon is drawn downwards`() {
    let nodes = (0..<20).map { Diagram.Node("n\($0)", ["Component\($0)"]) }
    let edges = (1..<20).map { Diagram.Edge(.init("n\($0 - 1)"), .init("n\($0)")) }
    let diagram = Diagram(title: "long", nodes: nodes, edges: edges)
    #expect(diagram.svg() == SVGDrawing(diagram, .down).render())
    #expect(Diagrams.chain.svg() == SVGDrawing(Diagrams.chain, .right).render())
  }

  @Test func `a small picture is drawn like this`() {
    let svg = Diagrams.chain.svg()
    let drawing = svg.replacing(SVGStyle.sheet, with: "…\n")
    #expect(drawing == Self.chain)
    #expect(SVGStyle.sheet.contains("@media (prefers-color-scheme:dark){"))
  }

  private static let chain = #"""
    <svg xmlns="http://www.w3.org/2000/svg" width="504.2" height="99" viewBox="-24 -24 504.2 99" role="img">
    <title>Log</title>
    <style>
    …
    </style>
    <rect class="page" x="-24" y="-24" width="504.2" height="99" rx="10"/>
    <g><title>tail -&gt; lines</title><path class="edge" d="M167.2,25.5L213.2,25.5"/><path class="head" d="M213.2,25.5l-8,-4 1.5,4 -1.5,4z"/></g>
    <g><title>lines -&gt; out</title><path class="edge" d="M280.4,25.5L326.4,25.5"/><path class="head" d="M326.4,25.5l-8,-4 1.5,4 -1.5,4z"/></g>
    <g class="component"><title>tail
    FileTail(path: $path)</title><rect class="shape" x="0" y="0" width="167.2" height="51" rx="7"/><text class="name" x="83.6" y="22.5" text-anchor="middle">tail</text><text class="detail" x="83.6" y="38.5" text-anchor="middle">FileTail(path: $path)</text></g>
    <g class="component"><title>Lines</title><rect class="shape" x="213.2" y="7.5" width="67.2" height="36" rx="7"/><text class="name" x="246.8" y="30" text-anchor="middle">Lines</text></g>
    <g class="component"><title>ConsoleWriter</title><rect class="shape" x="326.4" y="7.5" width="129.8" height="36" rx="7"/><text class="name" x="391.3" y="30" text-anchor="middle">ConsoleWriter</text></g>
    </svg>

    """#
}
