import KGraph
import KamaeliaComponents
import Testing

/// Graphs as NoFlo writes them.
@Suite struct FlowTests {
  private func flow(_ name: String, _ text: String) throws -> String {
    let checker = Checker(library: .standard, loader: FileLoader(root: "\(Place.root)/graphs"))
    return try #require(checker.flowGraph(Source(name: name, text: text), settings: [:]).graph).text
  }

  @Test(arguments: try Place.files(in: "graphs", ".kgraph"))
  func `Our graphs are written for NoFlo, and come back from there as they went`(_ name: String) throws {
    let text = try flow("\(Place.root)/graphs/\(name)", Place.read("graphs/\(name)"))
    let imported = try FBPGraph(Source(name: "a.fbp", text: text)).graphText(besides: [])
    #expect(try flow("a.kgraph", imported) == text, "\(imported)")
  }
}
