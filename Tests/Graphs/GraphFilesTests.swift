import KGraph
import Kamaelia
import KamaeliaComponents
import Testing

/// The graphs of the repository, without running them.
@Suite struct GraphFilesTests {
  static let graphs: [String] =
    ["graphs", "graphs/library", "graphs/talk", "graphs/chat", "graphs/islands"].flatMap { folder in
      ((try? Place.files(in: folder, ".kgraph")) ?? []).map { "\(folder)/\($0)" }
    }

  @Test func `There are graphs to run and graphs to import`() {
    #expect(Self.graphs.count >= 15)
    #expect(Self.graphs.contains("graphs/quickstart.kgraph"))
  }

  @Test(arguments: graphs) func `A graph has nothing wrong with it`(path: String) throws {
    let source = Source(name: path, text: try Place.read(path))
    // Imports are read relative to the path, from the root.
    let checked = Checker(library: .standard, loader: try loader()).check(source)
    #expect(Report(checked.diagnostics, files: checked.sources).diagnostics.isEmpty)
  }

  private func loader() throws -> MemoryLoader {
    MemoryLoader(Dictionary(uniqueKeysWithValues: try Self.graphs.map { ($0, try Place.read($0)) }))
  }

  @Test(arguments: graphs) func `A graph is written in the one way`(path: String) throws {
    let text = try Place.read(path)
    #expect(Formatter.format(GraphFile.parse(Source(name: path, text: text))) == text)
  }

  @Test(arguments: graphs, [80, 120]) func `A graph can be drawn in the columns of a terminal`(
    path: String, width: Int
  ) throws {
    let source = Source(name: path, text: try Place.read(path))
    let checked = Checker(library: .standard, loader: try loader()).check(source, for: .use)
    let diagram = Diagram(try #require(checked.plan), library: .standard, showsTypes: false)
    let (text, obstacle) = diagram.drawing(width: width)
    #expect(obstacle == nil)
    #expect(text.split(separator: "\n").allSatisfy { DisplayWidth.of(String($0)) <= width }, "\(text)")
    #expect(text.count { $0 == "▶" || $0 == "▼" } > 0 || diagram.edges.isEmpty)
    for node in diagram.nodes where node.kind != .literal && node.title[0].count <= 12 {
      #expect(text.contains(node.title[0]), "\(node.title)")
    }
  }

  @Test(arguments: graphs) func `A graph says what it does, and how to run it where it can be run`(path: String) throws
  {
    let lines = try Place.read(path).split(separator: "\n").drop { $0.hasPrefix("#!") }
    let comment = lines.prefix { $0.hasPrefix("##") }
    #expect(comment.first?.hasPrefix("## ") == true)
    if path.hasPrefix("graphs/library/") || path == "graphs/islands/tunnel.kgraph" { return }
    #expect(comment.count >= 5)
    #expect(comment.contains { $0.contains("kamaelia run \(path)") })
    #expect(try Place.read(path).contains("\ntest \""))
  }
}
