import Kamaelia

extension FBPGraph {
  /// The text of a graph of ours: comments and lines in their order, and a declaration to fill in for each component.
  ///
  /// - Parameter taken: the names of components that the declarations must not hide.
  /// - Returns: nil where two names become one, such as `Read` and `read`, with both in `clash`.
  package func graphText(besides taken: Set<String>, clash: inout (String, String)?) -> String? {
    guard let names = Renaming(self, taken, &clash) else { return nil }
    var lines: [String] = []
    var rest = items[...]
    while case .comment(let words, _)? = rest.first {
      lines.append(Self.comment(words))
      rest.removeFirst()
    }
    if !lines.isEmpty { lines.append("") }
    lines += components.map { node, component in
      "\(names.nodes[node] ?? node) = \(names.components[component] ?? component)()"
    }
    if !components.isEmpty { lines.append("") }
    for item in rest {
      switch item {
      case .blank: lines.append("")
      case .comment(let words, let isTrailing):
        if isTrailing, let last = lines.popLast() {
          lines.append("\(last) \(Self.comment(words))")
        } else {
          lines.append(Self.comment(words))
        }
      case .inport(let node, let port, let name):
        let box = FBPNames.ours.port(Port(name))
        lines += ["inbox \(box): Any", "self.\(box) -> \(names.nodes[node] ?? node).\(FBPNames.ours.port(port))"]
      case .outport(let node, let port, let name):
        let box = FBPNames.ours.port(Port(name))
        lines += ["outbox \(box): Any", "\(names.nodes[node] ?? node).\(FBPNames.ours.port(port)) -> self.\(box)"]
      case .chain(let steps): if steps.count > 1 { lines.append(chain(steps, names)) }
      }
    }
    lines += declarations(names)
    let text = lines.map { $0 + "\n" }.joined()
    return Formatter.format(GraphFile.parse(Source(name: "import", text: text))) ?? text
  }

  private func chain(_ steps: [Step], _ names: Renaming) -> String {
    steps.enumerated().map { number, step in
      switch step {
      case .packet(let text): return "\(Value.text(text))"
      case .node(let node, let into, let out):
        let (first, last) = (number == 0, number == steps.count - 1)
        let (inbox, outbox) = (FBPNames.ours.port(into ?? Port("IN")), FBPNames.ours.port(out ?? Port("OUT")))
        return (names.nodes[node] ?? node) + (first ? ".\(outbox)" : last ? ".\(inbox)" : ".(\(inbox), \(outbox))")
      }
    }.joined(separator: " -> ")
  }

  /// Our sign, and no more than one of them.
  private static func comment(_ words: String) -> String {
    let words = DisplayWidth.printable(words)
    return "#" + (words.hasPrefix("#") || words.hasPrefix("!") ? " " : "") + words
  }

  /// A graph for each component, with the boxes that the file links.
  private func declarations(_ names: Renaming) -> [String] {
    var inboxes: [String: [String]] = [:]
    var outboxes: [String: [String]] = [:]
    let kinds = Dictionary(components.map { ($0.node, $0.component) }) { first, _ in first }
    func note(_ node: String, _ port: Port, _ boxes: inout [String: [String]]) {
      let (kind, box) = (kinds[node] ?? "", FBPNames.ours.port(port))
      if boxes[kind]?.contains(box) != true { boxes[kind, default: []].append(box) }
    }
    for item in items {
      switch item {
      case .blank, .comment: break
      case .inport(let node, let port, _): note(node, port, &inboxes)
      case .outport(let node, let port, _): note(node, port, &outboxes)
      case .chain(let steps):
        for (number, step) in steps.enumerated() {
          guard case .node(let node, let into, let out) = step else { continue }
          if number > 0 { note(node, into ?? Port("IN"), &inboxes) }
          if number < steps.count - 1 { note(node, out ?? Port("OUT"), &outboxes) }
        }
      }
    }
    var seen: Set<String> = []
    return components.map(\.component).filter { seen.insert($0).inserted }.flatMap { kind -> [String] in
      let into = inboxes[kind] ?? []
      // A box may have one name on both sides there, and not here.
      let out = outboxes[kind] ?? []
      var body = into.map { "inbox \($0): Any" } + out.map { "outbox \($0): Any" }
      if !body.isEmpty { body.append("") }
      let goals =
        out.isEmpty
        ? "Discard()" : out.count == 1 ? "self.\(out[0])" : "[\(out.map { "self.\($0)" }.joined(separator: ", "))]"
      body += into.map { "self.\($0) -> \(goals)" }
      return ["", "## To be filled in: `\(kind)`.", "graph \(names.components[kind] ?? kind) {"] + body + ["}"]
    }
  }
}

/// The names of nodes and components as ours, each for one only.
private struct Renaming {
  var nodes: [String: String] = [:]
  var components: [String: String] = [:]

  init?(_ graph: FBPGraph, _ taken: Set<String>, _ clash: inout (String, String)?) {
    var used: [String: String] = [:]
    for (node, component) in graph.components {
      let name = FBPNames.ours.node(node)
      if let other = used.updateValue(node, forKey: name) {
        clash = (other, node)
        return nil
      }
      nodes[node] = name
      if components[component] == nil {
        let name = FBPNames.ours.component(component)
        components[component] = taken.contains(name) ? "NoFlo" + name : name
      }
    }
    let kinds = components.sorted { $0.key < $1.key }
    for (kind, other) in zip(kinds.sorted { $0.value < $1.value }, kinds.sorted { $0.value < $1.value }.dropFirst())
    where kind.value == other.value {
      clash = (kind.key, other.key)
      return nil
    }
  }
}
