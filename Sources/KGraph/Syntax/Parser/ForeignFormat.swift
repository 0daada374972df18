/// A format that is no graph, though its files are taken for graphs now and then.
enum ForeignFormat {
  case fbp, json, yaml, toml, markdown, markup, mermaid, dot

  /// The format of a text that could not be read as a graph; nil where it is probably meant for one.
  init?(_ source: Source) {
    let lines = Lines(source)
    guard let first = lines.first else { return nil }
    if lines.hasFence {
      self = .markdown
    } else if first.hasPrefix("<") {
      self = .markup
    } else if Self.opensJSON(source.bytes) {
      self = .json
    } else if first.isHeadOfMermaid {
      self = .mermaid
    } else if first.isHeadOfDOT {
      self = .dot
    } else if first == "---" || ((first.isKeyOfYAML || first.isEntryOfYAML) && lines.haveEntries) {
      self = .yaml
    } else if first.isTableOfTOML, lines.haveAssignments {
      self = .toml
    } else if FBPGraph.isRead(source) {
      self = .fbp
    } else {
      return nil
    }
  }

  /// Whether a line by itself is one of an `.fbp` file.
  static func isFBP(_ line: String) -> Bool {
    FBPGraph.isRead(Source(name: "", text: line))
  }

  /// `{"…` or `[{"…` at the beginning, and what closes it at the end.
  private static func opensJSON(_ bytes: [UInt8]) -> Bool {
    let signs = bytes.lazy.filter { $0 > 0x20 }
    let last = bytes.last { $0 > 0x20 }
    let opening = Array(signs.prefix(3))
    return (opening.starts(with: "{\"".utf8) && last == UInt8(ascii: "}"))
      || (opening.starts(with: "[{\"".utf8) && last == UInt8(ascii: "]"))
  }

  /// The lines of a text, without blanks at either end; those of comments are left out.
  private struct Lines {
    private(set) var first: String?
    private(set) var hasFence = false
    private(set) var haveEntries = false
    private(set) var haveAssignments = false

    init(_ source: Source) {
      for number in source.lineStarts.indices.prefix(10_000) {
        let line = source.lineText(number)
        let words = line.drop { $0 == " " || $0 == "\t" }
        if words.hasPrefix("```") { hasFence = true }
        if words.isEmpty || words.hasPrefix("#") { continue }
        if first == nil {
          first = String(line)
        } else if words.hasPrefix("- ") || (words.startIndex > line.startIndex && String(words).isKeyOfYAML) {
          haveEntries = true
        } else if words.prefix(while: { $0 != "=" }).dropLast().allSatisfy({ $0.isLetter || $0 == "_" }),
          words.contains("=")
        {
          haveAssignments = true
        }
      }
    }
  }
}

extension FBPGraph {
  /// Whether a text can be read, and looks like one of these files rather than a graph with a mistake.
  fileprivate static func isRead(_ source: Source) -> Bool {
    do { return try FBPGraph(source).isShouted } catch { return false }
  }

  /// Whether most linkages have a port, written in capitals as they are there.
  private var isShouted: Bool {
    let lines = items.compactMap { item -> Bool? in
      switch item {
      case .chain(let steps): steps.count > 1 ? steps.contains(where: \.isShouted) : nil
      case .inport, .outport: true
      case .blank, .comment: nil
      }
    }
    return lines.filter { $0 }.count * 2 > lines.count
  }
}

extension FBPGraph.Step {
  /// Whether a port in capitals stands beside the node.
  fileprivate var isShouted: Bool {
    guard case .node(_, let into, let out) = self else { return false }
    return [into, out].contains { port in
      port.map { $0.name.contains(where: \.isUppercase) && !$0.name.contains(where: \.isLowercase) } ?? false
    }
  }
}

extension String {
  /// `nodes:`, or `nodes: 1` further inside.
  fileprivate var isKeyOfYAML: Bool {
    let name = prefix { $0.isLetter || $0.isNumber || "_-".contains($0) }
    let rest = dropFirst(name.count)
    return !name.isEmpty && rest.hasPrefix(":")
      && rest.dropFirst().drop { $0 == " " }.first.map { $0 == "#" || first?.isWhitespace == true } ?? true
  }

  /// `name: something`, which is no component.
  fileprivate var isEntryOfYAML: Bool {
    let name = prefix { $0.isLetter || $0.isNumber || "_-".contains($0) }
    return !name.isEmpty && dropFirst(name.count).hasPrefix(": ") && !contains("(") && !contains("->")
  }

  /// `graph TD`, `flowchart LR`
  fileprivate var isHeadOfMermaid: Bool {
    let words = split { $0 == " " || $0 == ";" }
    guard words.count == 2, ["graph", "flowchart"].contains(words[0]) else { return false }
    return ["TD", "TB", "BT", "LR", "RL"].contains(words[1])
  }

  /// `digraph G {`
  fileprivate var isHeadOfDOT: Bool {
    hasPrefix("digraph ") || hasPrefix("digraph{") || hasPrefix("strict digraph") || hasPrefix("strict graph")
  }

  /// `[sources.in]`
  fileprivate var isTableOfTOML: Bool {
    hasPrefix("[") && hasSuffix("]")
      && dropFirst().dropLast().allSatisfy { $0.isLetter || $0.isNumber || "_.-[]".contains($0) }
  }
}

extension Diagnostic {
  /// Says: this is no graph but ….
  static func foreignFormat(_ format: ForeignFormat, _ source: Source) -> Diagnostic {
    let line = source.lineStarts.indices.first { !source.lineText($0).allSatisfy(\.isWhitespace) } ?? 0
    let place = Place(source, source.lineStarts[line]..<source.lineStarts[line] + source.lineText(line).utf8.count)
    let form =
      "a graph is written as in `FileReader(\"a.txt\").lines -> ConsoleWriter()`; `kamaelia new FILE` makes one"
    let (message, helps): (String, [String]) =
      switch format {
      case .fbp: ("this is an .fbp file", ["`kamaelia import FILE` makes a graph of it"])
      case .json: ("this is JSON, and no graph", [form])
      case .yaml: ("this looks like YAML, and is no graph", [form])
      case .toml: ("this looks like TOML, and is no graph", [form])
      case .mermaid:
        (
          "this is a drawing for Mermaid, and no graph",
          [form, "`kamaelia graph FILE --format mermaid` writes such a drawing"]
        )
      case .dot:
        (
          "this is a drawing for Graphviz, and no graph",
          [form, "`kamaelia graph FILE --format dot` writes such a drawing"]
        )
      case .markup: ("this is HTML or XML, and no graph", [form])
      case .markdown:
        ("this is Markdown, and no graph", ["`kamaelia ci FILE.md` checks the blocks of `kgraph` in a Markdown file"])
      }
    return Diagnostic(.foreignFormat, message, at: place, helps: helps, fixes: fixes(for: format, source))
  }

  /// A graph that was copied with the fence around it loses the fence.
  private static func fixes(for format: ForeignFormat, _ source: Source) -> [Fix] {
    guard case .markdown = format else { return [] }
    let fences = source.lineStarts.indices.filter { line in
      source.lineText(line).drop { $0 == " " || $0 == "\t" }.hasPrefix("```")
    }
    let full = source.lineStarts.indices.filter { !source.lineText($0).allSatisfy(\.isWhitespace) }
    guard fences.count <= 2, let first = fences.first, first == full.first,
      fences.count == 1 || fences.last == full.last
    else { return [] }
    let edits = fences.map { line -> Fix.Edit in
      let start = source.lineStarts[line]
      let end = line + 1 < source.lineStarts.count ? source.lineStarts[line + 1] : source.bytes.count
      return .init(Place(source, start..<end), "")
    }
    return [Fix("take the fence away", edits)]
  }

  /// Says: this is a line of an .fbp file.
  static func lineOfFBP(_ place: Place) -> Diagnostic {
    Diagnostic(
      .foreignFormat, "this is a line of an .fbp file", at: place, caption: "ports stand beside the boxes there",
      helps: [
        "here it would be `a.out -> b.in`, with `a = Component()` before; `kamaelia import FILE` makes a graph of a whole file"
      ])
  }
}
