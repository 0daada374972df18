import Kamaelia

/// Gathers what is drawn of a plan and of the graphs that its components make while they run.
struct PlanDrawing {
  /// How many graphs within graphs that components make are drawn, and how many such graphs in all.
  static let deepest = 4
  static let most = 40

  private let library: Library
  private let showsTypes: Bool
  private(set) var nodes: [Diagram.Node] = []
  private(set) var groups: [Diagram.Group] = []
  private(set) var edges: [Diagram.Edge] = []
  private var known: Set<String> = []
  private var groupNames: Set<String> = []
  /// How many graphs that components make are drawn up to now.
  private var made = 0

  init(_ library: Library, showsTypes: Bool) {
    self.library = library
    self.showsTypes = showsTypes
  }

  /// Where a plan is drawn.
  private struct Surroundings {
    /// What the names of its nodes and groups begin with.
    var prefix = ""
    /// The frame around it.
    var group: String?
    /// The nodes of the backplanes around it, by their paths.
    var backplanes: [String: String] = [:]
    /// The graphs that it is inside, from the outside in.
    var graphs: [Plan] = []
  }

  mutating func add(_ plan: Plan) { add(plan, Surroundings()) }

  private mutating func add(_ plan: Plan, _ around: Surroundings) {
    let folding = ReplicaFolding(plan)
    let prefix = around.prefix
    var inside = around
    inside.graphs.append(plan)
    addFrames(of: plan, folding, around)
    for backplane in plan.backplanes {
      inside.backplanes[folding.folded(backplane.path)] = "\(prefix)@\(folding.folded(backplane.path))"
    }
    for (index, instance) in plan.instances.enumerated() where folding.shows(index) {
      let path = folding.folded(instance.path)
      let title = Diagram.title(instance, path, folding)
      let frame = group(of: path, around)
      let parameters = library.signature(of: instance.component)?.parameters ?? []
      let graphs = instance.arguments.sorted { $0.key < $1.key }.flatMap { name, value in
        value.graphs.map { (reference: $0, making: parameters.first { $0.name == name }?.making) }
      }
      let host = graphs.isEmpty ? nil : addGroup(prefix + path, title[0], in: frame, .host)
      add(Diagram.Node("\(prefix)i\(index)", title, kind: Diagram.kind(instance), group: host ?? frame))
      guard let host else { continue }
      for graph in graphs { add(graph.reference, graph.making, host, inside) }
    }
    for backplane in plan.backplanes.filter(folding.shows) {
      let path = folding.folded(backplane.path)
      add(Diagram.Node("\(prefix)@\(path)", ["@\(path)"], kind: .backplane, group: around.group))
    }
    for box in plan.inboxes { add(ownBox("in", box.name, around)) }
    for box in plan.outboxes { add(ownBox("out", box.name, around)) }
    addEdges(of: plan, folding, inside)
  }

  private mutating func addEdges(of plan: Plan, _ folding: ReplicaFolding, _ inside: Surroundings) {
    for (index, literal) in plan.literals.enumerated() where !folding.drawnTargets(of: literal.to).isEmpty {
      let id = "\(inside.prefix)literal\(index)"
      add(Diagram.Node(id, [Diagram.shortened("\(literal.value)")], kind: .literal, group: inside.group))
    }
    for linkage in plan.linkages where !folding.isMade(linkage) {
      let targets = folding.drawnTargets(of: linkage.to).map { end($0, plan, folding, inside, isSource: false) }
      let sources = folding.drawnSources(of: linkage.from).map { end($0, plan, folding, inside, isSource: true) }
      for from in sources {
        for to in targets {
          let isControl = to.box == ImplicitBox.control.name || from.box == ImplicitBox.signal.name
          let isLossy = linkage.options.overflow != .block || linkage.options.timeToLive != nil
          let words = [showsTypes && !isControl ? "\(linkage.type)" : "", Diagram.label(linkage)]
          edges.append(
            Diagram.Edge(
              from, to, label: words.filter { !$0.isEmpty }.joined(separator: " "),
              style: isControl ? .control : isLossy ? .lossy : .plain))
        }
      }
    }
    for (index, literal) in plan.literals.enumerated() {
      for target in folding.drawnTargets(of: literal.to) {
        let from = Diagram.End("\(inside.prefix)literal\(index)")
        edges.append(Diagram.Edge(from, end(target, plan, folding, inside, isSource: false)))
      }
    }
  }

  /// Draws a graph that a component makes, or a box in its place where that would not come to an end.
  private mutating func add(
    _ reference: GraphReference, _ making: String?, _ host: String, _ inside: Surroundings
  ) {
    guard let plan = (reference.template as? PlanTemplate)?.outline() else { return }
    let title = "\(reference.name), \(making ?? "made while the graph runs")"
    let reason: String? =
      if inside.graphs.contains(where: { $0.isOfOneGraph(with: plan) }) {
        "drawn around this"
      } else if inside.graphs.count
        > Self.deepest
      {
        "not drawn: \(Self.deepest) graphs around it are"
      } else if made >= Self.most {
        "not drawn: \(Self.most) such graphs are"
      } else {
        nil
      }
    if let reason {
      add(Diagram.Node(unused("\(host)/\(reference.name)"), [title, reason], kind: .graph, group: host))
      return
    }
    made += 1
    let frame = addGroup("\(host)/\(reference.name)", title, in: host, .made)
    var around = inside
    around.prefix = frame + "/"
    around.group = frame
    add(plan, around)
  }

  private mutating func add(_ node: Diagram.Node) {
    if known.insert(node.id).inserted { nodes.append(node) }
  }

  /// - Returns: the group's name, `id` or one like it that is not yet taken.
  private mutating func addGroup(
    _ id: String, _ title: String, in parent: String?, _ kind: Diagram.Group.Kind
  ) -> String {
    let id = unused(id)
    groups.append(Diagram.Group(id, title, parent: parent, kind: kind))
    return id
  }

  private mutating func unused(_ id: String) -> String {
    var name = id
    var number = 1
    while !groupNames.insert(name).inserted {
      number += 1
      name = "\(id)#\(number)"
    }
    return name
  }

  /// The frames of the graphs inside a plan.
  private mutating func addFrames(of plan: Plan, _ folding: ReplicaFolding, _ around: Surroundings) {
    for (index, instance) in plan.instances.enumerated() where folding.shows(index) {
      var parts = folding.folded(instance.path).split(separator: "/").dropLast().map(String.init)
      var chain: [String] = []
      while !parts.isEmpty {
        chain.append(parts.joined(separator: "/"))
        parts.removeLast()
      }
      for path in chain.reversed() where groupNames.insert(around.prefix + path).inserted {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        groups.append(
          Diagram.Group(around.prefix + path, folding.title(path, name), parent: group(of: path, around)))
      }
    }
  }

  private func group(of path: String, _ around: Surroundings) -> String? {
    path.lastIndex(of: "/").map { around.prefix + path[..<$0] } ?? around.group
  }

  private func ownBox(_ side: String, _ name: String, _ around: Surroundings) -> Diagram.Node {
    Diagram.Node("\(around.prefix)\(side) \(name)", ["self.\(name)"], kind: .selfBox, group: around.group)
  }

  private mutating func end(
    _ end: PlannedEnd, _ plan: Plan, _ folding: ReplicaFolding, _ inside: Surroundings, isSource: Bool
  ) -> Diagram.End {
    switch end {
    case .box(let index, let name, let boxIndex):
      let signature = library.signature(of: plan.instances[index].component)
      let usual = isSource ? signature?.defaultOutbox : signature?.defaultInbox
      let isUsual = usual?.name == name && boxIndex == nil
      return Diagram.End("\(inside.prefix)i\(index)", isUsual ? nil : name + (boxIndex?.description ?? ""))
    case .backplane(let path):
      let path = folding.folded(path)
      let id = inside.backplanes[path] ?? "@\(path)"
      add(Diagram.Node(id, ["@\(path)"], kind: .backplane))
      return Diagram.End(id)
    case .exported(let name):
      let node = ownBox(isSource ? "in" : "out", name, inside)
      add(node)
      return Diagram.End(node.id)
    }
  }
}

extension Plan {
  /// Whether two plans are of one graph, whatever their arguments.
  fileprivate func isOfOneGraph(with other: Plan) -> Bool {
    name == other.name && instances.first?.place == other.instances.first?.place
      && instances.first?.path == other.instances.first?.path
  }
}
