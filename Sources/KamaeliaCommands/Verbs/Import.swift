import KGraph
import Kamaelia

extension Verb {
  /// `import FILE` with the components of a library.
  static func importing(_ library: Library) -> Verb {
    Verb(
      "import", "make a graph of one of NoFlo's `.fbp` files",
      discussion: """
        The graph goes to standard output, comments and all. What a component does cannot be known from the file: each \
        becomes a graph that is to be filled in. Exported ports become inboxes and outboxes, initial packets texts. Names \
        are written as they are here, `core/Split` as `CoreSplit`, `OUT[1]` as `out1`; what they were is in a comment, \
        `# fbp OUT[1]`, by which `graph --format fbp` writes them as they were.
        """,
      positionals: [Positional("FILE", .file([".fbp"]), 1...1, "the file; `-` is standard input")],
      examples: [
        Example("kamaelia import chat.fbp > chat.kgraph", "Makes a graph to go on with."),
        Example("kamaelia graph chat.kgraph --format fbp", "The other way round."),
      ]
    ) { invocation throws(CommandError) in
      let source = try GraphFiles.read(invocation.arguments.positionals[0])
      let graph: FBPGraph
      do throws(FBPFailure) {
        graph = try FBPGraph(source)
      } catch {
        throw .failure("\(error.place): \(error.message)")
      }
      if let nameless = graph.components.first(where: { $0.component.isEmpty }) {
        let place = Self.place(of: nameless.node, in: source)
        throw .failure("\(place): the file does not say what component `\(nameless.node)` is one of")
      }
      for note in graph.notes { invocation.terminal.say("note: \(note)\n") }
      let text = graph.graphText(besides: Set(library.names))
      try invocation.terminal.write(text)
      return .fine
    }
  }

  /// Where a node is named first.
  private static func place(of node: String, in source: Source) -> Place {
    let name = Array(node.utf8)
    func isPart(_ index: Int) -> Bool {
      guard source.bytes.indices.contains(index) else { return false }
      let byte = source.bytes[index]
      return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
    }
    let start =
      source.bytes.indices.first { index in
        source.bytes[index...].starts(with: name) && !isPart(index - 1) && !isPart(index + name.count)
      } ?? 0
    return Place(source, start..<start + name.count)
  }
}
