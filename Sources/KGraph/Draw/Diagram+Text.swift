import Kamaelia

extension Diagram {
  /// The linkages in lines, as a graph file would write them; those of each graph that a component makes under its name.
  package func list() -> String {
    let names = shortNames
    return sections().enumerated().map { index, section in
      let title = section.groups.first { $0.kind == .made }?.title ?? section.title
      return (index == 0 ? "" : "\n# \(DisplayWidth.printable(title))\n") + section.list(names, onlyEdges: false)
    }.joined()
  }

  /// The linkage alone, as in the list.
  func line(of edge: Edge) -> String {
    Diagram(title: "", nodes: nodes, groups: groups, edges: [edge]).list(shortNames, onlyEdges: true)
  }

  /// - Parameter onlyEdges: whether nodes that nothing is linked to are left out.
  private func list(_ names: [String: String], onlyEdges: Bool) -> String {
    let linked = Set(edges.flatMap { [$0.from.node, $0.to.node] })
    var lines = edges.map { edge in
      let arrow = edge.label.isEmpty ? "->" : "-\(Self.bracketed(edge.label))->"
      return "\(Self.end(edge.from, names)) \(arrow) \(Self.end(edge.to, names))"
    }
    if !onlyEdges { lines += nodes.filter { !linked.contains($0.id) }.map { names[$0.id] ?? $0.id } }
    return lines.map { DisplayWidth.printable($0) + "\n" }.joined()
  }

  /// The text for Graphviz: `dot -Tsvg`.
  ///
  /// - Note: https://graphviz.org/doc/info/lang.html.
  package func dot() -> String {
    var lines = [
      "digraph \(Self.quoted(title)) {", "  rankdir=LR;",
      "  node [shape=box, style=rounded, fontname=\"monospace\", fontsize=11];",
      "  edge [fontname=\"monospace\", fontsize=9];",
    ]
    func add(_ parent: String?, _ indent: String) {
      for node in nodes where node.group == parent {
        let label = Self.quoted(node.title.joined(separator: "\n"))
        lines.append("\(indent)\(Self.quoted(node.id)) [label=\(label)\(node.kind.dot)];")
      }
      for group in groups where group.parent == parent {
        let style = group.kind == .made ? "\"rounded,dashed\"" : "rounded"
        lines.append("\(indent)subgraph \(Self.quoted("cluster_" + group.id)) {")
        lines.append("\(indent)  label=\(Self.quoted(group.title)); style=\(style);")
        add(group.id, indent + "  ")
        lines.append("\(indent)}")
      }
    }
    add(nil, "  ")
    for edge in edges {
      var attributes: [String] = []
      if !edge.label.isEmpty { attributes.append("label=\(Self.quoted(edge.label))") }
      if let box = edge.from.box { attributes.append("taillabel=\(Self.quoted(box))") }
      if let box = edge.to.box { attributes.append("headlabel=\(Self.quoted(box))") }
      if edge.style != .plain { attributes.append("style=\(edge.style == .control ? "dashed" : "dotted")") }
      let list = attributes.isEmpty ? "" : " [\(attributes.joined(separator: ", "))]"
      lines.append("  \(Self.quoted(edge.from.node)) -> \(Self.quoted(edge.to.node))\(list);")
    }
    return (lines + ["}"]).map { $0 + "\n" }.joined()
  }

  /// The text for Mermaid, which GitHub and others draw in Markdown.
  ///
  /// - Note: https://mermaid.js.org/syntax/flowchart.html. Nodes are numbered, since names could be words of the
  ///   language.
  package func mermaid() -> String {
    var lines = ["flowchart LR"]
    var numbers: [String: Int] = [:]
    for node in nodes { numbers[node.id] = numbers.count }
    let frames = Dictionary(uniqueKeysWithValues: groups.enumerated().map { ($1.id, $0) })
    func add(_ parent: String?, _ indent: String) {
      for node in nodes where node.group == parent {
        let (open, close) = node.kind.mermaid
        let label = node.title.map(Self.entities).joined(separator: "<br>")
        lines.append("\(indent)n\(numbers[node.id] ?? 0)\(open)\"\(label)\"\(close)")
      }
      for group in groups where group.parent == parent {
        lines.append("\(indent)subgraph g\(frames[group.id] ?? 0)[\"\(Self.entities(group.title))\"]")
        add(group.id, indent + "  ")
        lines.append("\(indent)end")
        if group.kind == .made {
          lines.append("\(indent)style g\(frames[group.id] ?? 0) stroke-dasharray: 5 4")
        }
      }
    }
    add(nil, "  ")
    for edge in edges {
      let boxes = edge.from.box == nil && edge.to.box == nil ? [] : ["\(edge.from.box ?? "_") → \(edge.to.box ?? "_")"]
      let words = (boxes + (edge.label.isEmpty ? [] : [edge.label])).map(Self.entities).joined(separator: "<br>")
      let arrow = (edge.style == .plain ? "-->" : "-.->") + (words.isEmpty ? "" : "|\"\(words)\"|")
      lines.append("  n\(numbers[edge.from.node] ?? 0) \(arrow) n\(numbers[edge.to.node] ?? 0)")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// What nodes are called where one line is all there is: the first line of the title, with the group before it and a
  /// number behind it where that is needed to tell them apart.
  private var shortNames: [String: String] {
    func longName(_ node: Node) -> String { (node.group.map { $0 + "/" } ?? "") + node.title[0] }
    let counts = Dictionary(nodes.map { ($0.title[0], 1) }, uniquingKeysWith: +)
    let longCounts = Dictionary(nodes.map { (longName($0), 1) }, uniquingKeysWith: +)
    var numbers: [String: Int] = [:]
    var names: [String: String] = [:]
    for node in nodes {
      let long = longName(node)
      if counts[node.title[0]] == 1 {
        names[node.id] = node.title[0]
      } else if longCounts[long] == 1 {
        names[node.id] = long
      } else {
        numbers[long, default: 0] += 1
        names[node.id] = "\(long)#\(numbers[long] ?? 0)"
      }
    }
    return names
  }

  private static func end(_ end: End, _ names: [String: String]) -> String {
    (names[end.node] ?? end.node) + (end.box.map { "." + $0 } ?? "")
  }

  private static func bracketed(_ label: String) -> String {
    label.hasPrefix("[") && label.hasSuffix("]") ? label : "[\(label)]"
  }

  private static func quoted(_ text: String) -> String {
    let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    return "\"\(escaped)\""
  }

  /// Everything but letters, digits and a few signs as Mermaid's entity codes, so that nothing reads as its language.
  private static func entities(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || " .,:()[]=_-→@$/".unicodeScalars.contains(scalar)
        ? String(Character(scalar)) : "#\(scalar.value);"
    }.joined()
  }
}

extension Diagram.Kind {
  fileprivate var dot: String {
    switch self {
    case .component: ""
    case .command: ", shape=cds"
    case .graph: ", peripheries=2"
    case .backplane: ", shape=cylinder"
    case .literal: ", shape=note, style=\"\""
    case .selfBox: ", shape=ellipse"
    }
  }

  fileprivate var mermaid: (String, String) {
    switch self {
    case .component: ("[", "]")
    case .command: ("[/", "/]")
    case .graph: ("[[", "]]")
    case .backplane: ("[(", ")]")
    case .literal: (">", "]")
    case .selfBox: ("([", "])")
    }
  }
}
