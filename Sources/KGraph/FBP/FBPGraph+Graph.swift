import Kamaelia

extension FBPGraph {
  /// The text of a graph of ours: comments and lines in their order, and a declaration to fill in for each component. Names that
  /// have to be others here are kept in comments (``FBPMarks``).
  ///
  /// - Parameter taken: the names of components that the declarations must not hide.
  package func graphText(besides taken: Set<String>) -> String {
    let names = Renaming(self, taken)
    var lines: [String] = []
    var rest = items[...]
    while case .comment(let words, _)? = rest.first {
      lines.append(Self.comment(words))
      rest.removeFirst()
    }
    if !lines.isEmpty { lines.append("") }
    lines += components.map { node, component in
      let name = names.nodes[node] ?? node
      return "\(name) = \(names.components[component] ?? component)()" + FBPMarks.comment(node, as: name)
    }
    if !components.isEmpty { lines.append("") }
    // One port may stand for those of several nodes.
    var declared: Set<String> = []
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
        let box = names.own.name(of: Port(written: name), .inbox)
        if declared.insert("inbox \(box)").inserted { lines.append(Self.declaration(.inbox, box, Port(written: name))) }
        lines.append("self.\(box) -> \(names.end(node, port, .inbox))")
      case .outport(let node, let port, let name):
        let box = names.own.name(of: Port(written: name), .outbox)
        if declared.insert("outbox \(box)").inserted {
          lines.append(Self.declaration(.outbox, box, Port(written: name)))
        }
        lines.append("\(names.end(node, port, .outbox)) -> self.\(box)")
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
        let (into, out) = (into ?? Port("IN"), out ?? Port("OUT"))
        if number == 0 { return names.end(node, out, .outbox) }
        if number == steps.count - 1 { return names.end(node, into, .inbox) }
        let boxes = names.boxes(of: node)
        return "\(names.nodes[node] ?? node).(\(boxes.name(of: into, .inbox)), \(boxes.name(of: out, .outbox)))"
      }
    }.joined(separator: " -> ")
  }

  /// Our sign, and no more than one of them.
  private static func comment(_ words: String) -> String {
    let words = DisplayWidth.printable(words)
    return "#" + (words.hasPrefix("#") || words.hasPrefix("!") ? " " : "") + words
  }

  private static func declaration(_ direction: BoxDeclaration.Direction, _ name: String, _ port: Port) -> String {
    "\(direction.rawValue) \(name): Any" + FBPMarks.comment(port.text, as: FBPNames.shouted(name))
  }

  /// A graph for each component, with the boxes that the file links.
  private func declarations(_ names: Renaming) -> [String] {
    var seen: Set<String> = []
    return components.map(\.component).filter { seen.insert($0).inserted }.flatMap { kind -> [String] in
      let boxes = names.boxes[kind] ?? PortNames()
      let (into, out) = (boxes.inboxes, boxes.outboxes)
      let lines =
        into.map { Self.declaration(.inbox, $0.name, $0.port) }
        + out.map { Self.declaration(.outbox, $0.name, $0.port) }
      let links = Self.links(into.map(\.name), out.map(\.name), isUnfed: names.unfed.contains(kind))
      let name = names.components[kind] ?? kind
      let mark = FBPMarks.comment(DisplayWidth.printable(kind), as: name)
      let head = ["", "## To be filled in: `\(DisplayWidth.printable(kind))`."]
      if lines.isEmpty { return head + ["graph \(name) {}\(mark)"] }
      return head + ["graph \(name) {\(mark)"] + lines + [""] + links + ["}"]
    }
  }

  /// The work of a component that is to be filled in: all that comes goes everywhere.
  ///
  /// One component does it for all inboxes, as no node has to link each of them; and it is one, as circles need a component.
  ///
  /// - Parameter isUnfed: whether nothing at all comes to some node.
  private static func links(_ into: [String], _ out: [String], isUnfed: Bool) -> [String] {
    if into.isEmpty { return [] }
    let kind = out.isEmpty ? "Discard()" : "PassThrough()"
    let goals = out.count == 1 ? "self.\(out[0])" : "[\(out.map { "self.\($0)" }.joined(separator: ", "))]"
    let end = out.isEmpty ? "" : " -> \(goals)"
    if into.count == 1, !isUnfed { return ["self.\(into[0]) -> \(kind)\(end)"] }
    let name = Renaming.free("work") { (into + out).contains($0) }
    // Nothing, for the nodes that nothing comes to.
    let nothing = isUnfed ? ["Ticks(count: 0) -> \(name)"] : []
    return ["\(name) = \(kind)"] + into.map { "self.\($0) -> \(name)" } + nothing
      + (out.isEmpty ? [] : ["\(name)\(end)"])
  }
}

/// The names of ports as boxes of ours, each for one port only.
private struct PortNames {
  private(set) var inboxes: [(port: FBPGraph.Port, name: String)] = []
  private(set) var outboxes: [(port: FBPGraph.Port, name: String)] = []

  mutating func add(_ port: FBPGraph.Port, _ direction: BoxDeclaration.Direction) {
    switch direction {
    case .inbox: Self.add(port, to: &inboxes)
    case .outbox: Self.add(port, to: &outboxes)
    }
  }

  private static func add(_ port: FBPGraph.Port, to ports: inout [(port: FBPGraph.Port, name: String)]) {
    guard !ports.contains(where: { $0.port == port }) else { return }
    // `OUT1` and `OUT[1]` may be two.
    let name = FBPNames.ours.port(port)
    ports.append((port, Renaming.free(name) { name in ports.contains { $0.name == name } }))
  }

  func name(of port: FBPGraph.Port, _ direction: BoxDeclaration.Direction) -> String {
    (direction == .inbox ? inboxes : outboxes).first { $0.port == port }?.name ?? FBPNames.ours.port(port)
  }
}

/// The names of nodes, components and ports as ours, each for one only.
private struct Renaming {
  var nodes: [String: String] = [:]
  var components: [String: String] = [:]
  /// By component.
  var boxes: [String: PortNames] = [:]
  /// Of the graph itself.
  var own = PortNames()
  /// The components of which a node has no inbox that is linked, though others have.
  private(set) var unfed: Set<String> = []
  private var fed: Set<String> = []
  private var kinds: [String: String] = [:]

  init(_ graph: FBPGraph, _ taken: Set<String>) {
    var used: Set<String> = []
    // What the declarations are made of must not be hidden by one of them.
    let taken = taken.union(["PassThrough", "Discard", "Ticks"])
    var usedByComponents = taken
    for (node, component) in graph.components {
      let name = Self.free(FBPNames.ours.node(node)) { used.contains($0) }
      used.insert(name)
      nodes[node] = name
      kinds[node] = component
      if components[component] == nil {
        let plain = FBPNames.ours.component(component)
        let name = Self.free(taken.contains(plain) ? "NoFlo" + plain : plain) { usedByComponents.contains($0) }
        usedByComponents.insert(name)
        components[component] = name
      }
    }
    for item in graph.items {
      switch item {
      case .blank, .comment: break
      case .inport(let node, let port, let name):
        add(node, port, .inbox)
        own.add(FBPGraph.Port(written: name), .inbox)
      case .outport(let node, let port, let name):
        add(node, port, .outbox)
        own.add(FBPGraph.Port(written: name), .outbox)
      case .chain(let steps):
        for (number, step) in steps.enumerated() {
          guard case .node(let node, let into, let out) = step else { continue }
          if number > 0 { add(node, into ?? .init("IN"), .inbox) }
          if number < steps.count - 1 { add(node, out ?? .init("OUT"), .outbox) }
        }
      }
    }
    unfed = Set(graph.components.filter { !fed.contains($0.node) }.map(\.component))
  }

  private mutating func add(_ node: String, _ port: FBPGraph.Port, _ direction: BoxDeclaration.Direction) {
    if direction == .inbox { fed.insert(node) }
    boxes[kinds[node] ?? "", default: PortNames()].add(port, direction)
  }

  /// The name, with a number behind it where it is taken.
  static func free(_ name: String, _ isTaken: (String) -> Bool) -> String {
    var result = name
    var number = 2
    while isTaken(result) {
      // A number that follows another one would read as part of it.
      result = (name.last?.isNumber == true ? name + "n" : name) + "\(number)"
      number += 1
    }
    return result
  }

  func boxes(of node: String) -> PortNames { boxes[kinds[node] ?? ""] ?? PortNames() }

  func end(_ node: String, _ port: FBPGraph.Port, _ direction: BoxDeclaration.Direction) -> String {
    "\(nodes[node] ?? node).\(boxes(of: node).name(of: port, direction))"
  }
}
