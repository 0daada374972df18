import Kamaelia

extension Diagram {
  /// A checked graph as it is drawn: an instance a node, a graph inside it a frame.
  ///
  /// - Parameters:
  ///   - library: says which boxes are the default ones, which are not named.
  ///   - showsTypes: whether linkages say what they carry.
  package init(_ plan: Plan, library: Library, showsTypes: Bool) {
    let folding = ReplicaFolding(plan)
    var nodes: [Node] = []
    for (index, instance) in plan.instances.enumerated() where folding.shows(index) {
      let path = folding.folded(instance.path)
      nodes.append(
        Node("i\(index)", Self.title(instance, path, folding), kind: Self.kind(instance), group: Self.group(path)))
    }
    nodes += plan.backplanes.filter(folding.shows).map { backplane in
      let path = folding.folded(backplane.path)
      return Node("@\(path)", ["@\(path)"], kind: .backplane)
    }
    nodes += plan.inboxes.map { Node("in \($0.name)", ["self.\($0.name)"], kind: .selfBox) }
    nodes += plan.outboxes.map { Node("out \($0.name)", ["self.\($0.name)"], kind: .selfBox) }
    var known = Set(nodes.map(\.id))
    var edges: [Edge] = []
    func end(_ planned: PlannedEnd, isSource: Bool) -> End {
      let end = Self.end(planned, plan, folding, library, isSource: isSource)
      if known.insert(end.node).inserted { nodes.append(Node(end.node, [end.node], kind: .backplane)) }
      return end
    }
    for (index, literal) in plan.literals.enumerated() {
      let targets = folding.drawnTargets(of: literal.to)
      if targets.isEmpty { continue }
      nodes.append(Node("literal\(index)", [Self.shortened("\(literal.value)")], kind: .literal))
    }
    for linkage in plan.linkages where !folding.isMade(linkage) {
      let targets = folding.drawnTargets(of: linkage.to).map { end($0, isSource: false) }
      for from in folding.drawnSources(of: linkage.from).map({ end($0, isSource: true) }) {
        for to in targets {
          let isControl = to.box == "control" || from.box == "signal"
          let isLossy = linkage.options.overflow != .block || linkage.options.timeToLive != nil
          let words = [showsTypes && !isControl ? "\(linkage.type)" : "", Self.label(linkage)].filter { !$0.isEmpty }
          edges.append(
            Edge(from, to, label: words.joined(separator: " "), style: isControl ? .control : isLossy ? .lossy : .plain)
          )
        }
      }
    }
    for (index, literal) in plan.literals.enumerated() {
      for target in folding.drawnTargets(of: literal.to) {
        edges.append(Edge(End("literal\(index)"), end(target, isSource: false)))
      }
    }
    self.init(title: plan.name, nodes: nodes, groups: Self.groups(plan, folding), edges: edges)
  }

  /// The name, and below it the component with what matters of its arguments: the graphs that it makes, or else two others.
  private static func title(_ instance: PlannedInstance, _ path: String, _ folding: ReplicaFolding) -> [String] {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let bare = name.split(separator: "#").first.map(String.init) ?? name
    if case .command(let words)? = instance.arguments["command"] {
      return [folding.title(path, shortened(words.joined(separator: " ")))]
    }
    let arguments = instance.arguments.sorted { $0.key < $1.key }
    let graphs = arguments.filter { $0.value.namesGraph }
    let shown = graphs + arguments.filter { !$0.value.namesGraph }.prefix(max(0, 2 - graphs.count))
    let title = folding.title(path, bare)
    return (bare == instance.component ? [title] : [title, instance.component])
      + shown.map { "\($0.key): " + shortened("\($0.value)", beside: $0.key) }
  }

  private static func kind(_ instance: PlannedInstance) -> Kind {
    if case .command? = instance.arguments["command"] { .command } else { .component }
  }

  /// - Parameter key: what stands before the text, with two characters between, in the same 28 columns; the text keeps 14.
  private static func shortened(_ text: String, beside key: String? = nil) -> String {
    NodeShape.cut(text, to: max(14, 28 - (key.map { DisplayWidth.of($0) + 2 } ?? 0)))
  }

  private static func group(_ path: String) -> String? {
    path.lastIndex(of: "/").map { String(path[..<$0]) }
  }

  private static func groups(_ plan: Plan, _ folding: ReplicaFolding) -> [Group] {
    var groups: [Group] = []
    var seen: Set<String> = []
    for (index, instance) in plan.instances.enumerated() where folding.shows(index) {
      var parts = folding.folded(instance.path).split(separator: "/").dropLast().map(String.init)
      var chain: [String] = []
      while !parts.isEmpty {
        chain.append(parts.joined(separator: "/"))
        parts.removeLast()
      }
      for path in chain.reversed() where seen.insert(path).inserted {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        groups.append(Group(path, folding.title(path, name), parent: group(path)))
      }
    }
    return groups
  }

  private static func end(
    _ end: PlannedEnd, _ plan: Plan, _ folding: ReplicaFolding, _ library: Library, isSource: Bool
  ) -> End {
    switch end {
    case .box(let index, let name, let boxIndex):
      let signature = library.signature(of: plan.instances[index].component)
      let usual = isSource ? signature?.defaultOutbox : signature?.defaultInbox
      let isUsual = usual?.name == name && boxIndex == nil
      return End("i\(index)", isUsual ? nil : name + (boxIndex?.description ?? ""))
    case .backplane(let path): return End("@\(folding.folded(path))")
    case .exported(let name): return End((isSource ? "in " : "out ") + name)
    }
  }

  /// The options that are not the usual ones.
  private static func label(_ linkage: PlannedLinkage) -> String {
    let usual = LinkageOptions.standard(for: linkage.type.unrefined)
    let options = linkage.options
    var words: [String] = []
    if options.overflow == .latest { return "[latest]" }
    if options.capacity != usual.capacity { words.append("\(options.capacity)") }
    if options.byteCapacity != usual.byteCapacity, options.byteCapacity != .max {
      words.append("\(Value.size(options.byteCapacity))")
    }
    if options.overflow != .block { words.append(options.overflow.rawValue) }
    if let time = options.timeToLive { words.append("ttl: \(Value.duration(time))") }
    return words.isEmpty ? "" : "[\(words.joined(separator: ", "))]"
  }
}

extension Value {
  /// Whether it is a graph to make instances of, or has one in it.
  fileprivate var namesGraph: Bool {
    switch self {
    case .graph: true
    case .list(let values): values.contains { $0.namesGraph }
    case .record(let fields): fields.contains { $0.value.namesGraph }
    default: false
    }
  }
}
