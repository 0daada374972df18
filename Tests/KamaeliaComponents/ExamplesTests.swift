import KGraph
import Kamaelia
import KamaeliaComponents
import Testing

@Suite struct ExamplesTests {
  static let fields = (Library.flow + Library.timing + Library.numbers).map { $0.name }

  /// The indented lines of a manual page.
  private static func example(_ details: String) -> String {
    let lines = details.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.filter { $0.hasPrefix("    ") }.map { $0.dropFirst(4) + "\n" }.joined()
  }

  @Test(arguments: fields)
  func `a component's page shows it in a graph that can be read`(_ name: String) throws {
    let example = Self.example(try #require(Library.standard.signature(of: name)).details)
    #expect(example.contains("\(name)("))
    let file = GraphFile.parse(Source(name: "example.kgraph", text: example))
    #expect(file.diagnostics.map(\.message) == [])
  }

  @Test(arguments: Library.standard.names)
  func `what a page shows can be read`(_ name: String) throws {
    let example = Self.example(try #require(Library.standard.signature(of: name)).details)
    let file = GraphFile.parse(Source(name: "example.kgraph", text: example))
    #expect(file.diagnostics.map(\.message) == [])
  }
}
