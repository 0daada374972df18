import KGraph

/// What `graph` draws in.
enum DrawingFormat: String, CaseIterable {
  case ascii, svg, html, dot, mermaid, fbp

  /// What names of files end with, without the dot.
  private var endings: [String] {
    switch self {
    case .ascii: ["txt"]
    case .svg: ["svg"]
    case .html: ["html", "htm"]
    case .dot: ["dot", "gv"]
    case .mermaid: ["mmd", "mermaid"]
    case .fbp: ["fbp"]
    }
  }

  /// Formats that Graphviz makes of what is written here, by its `-T`.
  private static let others = ["png", "jpg", "jpeg", "gif", "webp", "bmp", "pdf", "ps", "eps"]

  /// - Parameters:
  ///   - name: behind `--format`; nil where that is not given.
  ///   - output: behind `-o`; nil or `-` for standard output.
  ///   - graph: the file with the graph, for help; nil where it comes from elsewhere.
  /// - Throws: ``CommandError/usage(_:help:)`` for another format or ending.
  static func chosen(name: String?, output: String?, graph: String?) throws(CommandError) -> DrawingFormat {
    let ending = output.flatMap { $0 == "-" ? nil : Self.ending($0) }
    for word in [name, ending].compactMap({ $0?.lowercased() }) where others.contains(word) {
      throw .usage("`graph` does not draw \(word.uppercased())", help: [elsewhere(word, output, graph)])
    }
    if ending == "kgraph" { throw .usage("`-o \(output ?? "")` would write a drawing in the place of a graph") }
    if let name {
      if let format = DrawingFormat(rawValue: name) { return format }
      let all = allCases.map(\.rawValue)
      let near = Suggestions.closest(to: name, among: all)
      throw .usage(
        "`--format` cannot be `\(name)`",
        help: [near.isEmpty ? "it takes \(all.joined(separator: ", "))" : "did you mean `\(near[0])`?"])
    }
    guard let output, output != "-" else { return .ascii }
    if let format = allCases.first(where: { $0.endings.contains(ending?.lowercased() ?? "") }) { return format }
    let known = allCases.flatMap(\.endings).map { ".\($0)" }.joined(separator: ", ")
    throw .usage(
      "the name of `\(output)` does not say what format it is to have",
      help: ["names may end with \(known); or give `--format`"])
  }

  /// How to come by a picture that is not drawn here.
  private static func elsewhere(_ ending: String, _ output: String?, _ graph: String?) -> String {
    let target = output ?? "graph.\(ending)"
    let command = "kamaelia graph \(quoted(graph ?? "FILE")) --format dot | dot -T\(ending) -o \(quoted(target))"
    return "Graphviz makes it: `\(command)`; or draw SVG or HTML, which browsers show and print"
  }

  private static func ending(_ path: String) -> String? {
    let name = path.split(separator: "/").last ?? ""
    return name.lastIndex(of: ".").map { String(name[name.index(after: $0)...]) }
  }

  /// As a shell takes it for one word.
  private static func quoted(_ word: String) -> String {
    let isPlain = word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-+".contains($0)) }
    return isPlain ? word : "'\(word.replacing("'", with: "'\\''"))'"
  }
}
