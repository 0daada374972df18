import Kamaelia

extension Diagram {
  /// A checked graph as it is drawn: an instance a node, a graph inside it a frame.
  ///
  /// - Parameters:
  ///   - library: says which boxes are the default ones, which are not named.
  ///   - showsTypes: whether linkages say what they carry.
  package init(_ plan: Plan, library: Library, showsTypes: Bool) {
    var nodes: [Node] = plan.instances.enumerated().map { index, instance in
      Node("i\(index)", Self.title(instance), kind: Self.kind(instance), group: Self.group(instance.path))
    }
    nodes += plan.backplanes.map { Node("@\($0.path)", ["@\($0.path)"], kind: .backplane) }
    nodes += plan.inboxes.map { Node("in \($0.name)", ["self.\($0.name)"], kind: .selfBox) }
    nodes += plan.outboxes.map { Node("out \($0.name)", ["self.\($0.name)"], kind: .selfBox) }
    nodes += plan.literals.enumerated().map { Node("literal\($0)", [Self.shortened("\($1.value)")], kind: .literal) }
    let known = Set(nodes.map(\.id))
    var outer: [Node] = []
    var edges: [Edge] = []
    func end(_ planned: PlannedEnd, isSource: Bool) -> End {
      let end = Self.end(planned, plan, library, isSource: isSource)
      if !known.contains(end.node), !outer.contains(where: { $0.id == end.node }) {
        outer.append(Node(end.node, [end.node], kind: .backplane))
      }
      return end
    }
    for linkage in plan.linkages {
      let (from, to) = (end(linkage.from, isSource: true), end(linkage.to, isSource: false))
      let isControl = to.box == "control" || from.box == "signal"
      let isLossy = linkage.options.overflow != .block || linkage.options.timeToLive != nil
      let words = [showsTypes && !isControl ? "\(linkage.type)" : "", Self.label(linkage)].filter { !$0.isEmpty }
      edges.append(
        Edge(from, to, label: words.joined(separator: " "), style: isControl ? .control : isLossy ? .lossy : .plain))
    }
    for (index, literal) in plan.literals.enumerated() {
      edges.append(Edge(End("literal\(index)"), end(literal.to, isSource: false)))
    }
    self.init(title: plan.name, nodes: nodes + outer, groups: Self.groups(plan), edges: edges)
  }

  /// The name, and below it the component with what matters of its arguments.
  private static func title(_ instance: PlannedInstance) -> [String] {
    let name = instance.path.split(separator: "/").last.map(String.init) ?? instance.path
    let bare = name.split(separator: "#").first.map(String.init) ?? name
    let arguments = instance.arguments.sorted { $0.key < $1.key }.map { shortened("\($0.key): \($0.value)") }
    if case .command(let words)? = instance.arguments["command"] { return [shortened(words.joined(separator: " "))] }
    return (bare == instance.component ? [bare] : [bare, instance.component]) + arguments.prefix(2)
  }

  private static func kind(_ instance: PlannedInstance) -> Kind {
    if case .command? = instance.arguments["command"] { .command } else { .component }
  }

  private static func shortened(_ text: String) -> String {
    text.count > 28 ? String(text.prefix(27)) + "…" : text
  }

  private static func group(_ path: String) -> String? {
    path.lastIndex(of: "/").map { String(path[..<$0]) }
  }

  private static func groups(_ plan: Plan) -> [Group] {
    var groups: [Group] = []
    var seen: Set<String> = []
    for instance in plan.instances {
      var parts = instance.path.split(separator: "/").dropLast().map(String.init)
      var chain: [String] = []
      while !parts.isEmpty {
        chain.append(parts.joined(separator: "/"))
        parts.removeLast()
      }
      for path in chain.reversed() where seen.insert(path).inserted {
        groups.append(Group(path, path.split(separator: "/").last.map(String.init) ?? path, parent: group(path)))
      }
    }
    return groups
  }

  private static func end(_ end: PlannedEnd, _ plan: Plan, _ library: Library, isSource: Bool) -> End {
    switch end {
    case .box(let index, let name, let boxIndex):
      let signature = library.signature(of: plan.instances[index].component)
      let usual = isSource ? signature?.defaultOutbox : signature?.defaultInbox
      let isUsual = usual?.name == name && boxIndex == nil
      return End("i\(index)", isUsual ? nil : name + (boxIndex?.description ?? ""))
    case .backplane(let path): return End("@\(path)")
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
