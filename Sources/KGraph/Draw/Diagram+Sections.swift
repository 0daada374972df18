import Kamaelia

extension Diagram {
  /// The diagram without the graphs that components make, and then each of these by itself in a frame that says whose it is.
  ///
  /// What a graph is linked to outside of its frame, such as a backplane, is in its section as well.
  ///
  /// - Parameter columns: for the title of a frame; where there are fewer, it does not say whose the graph is.
  func sections(columns: Int = .max) -> [Diagram] {
    let made = groups.filter { $0.kind == .made }
    return made.isEmpty ? [self] : ([nil] + made.map(\.id)).map { section($0, columns) }
  }

  private func section(_ id: String?, _ columns: Int) -> Diagram {
    let groupsByName = Dictionary(uniqueKeysWithValues: groups.map { ($0.id, $0) })
    /// The innermost group that is or is around a group, for which that holds.
    func first(_ start: String?, _ holds: (Group) -> Bool) -> String? {
      var next = start
      while let id = next, let group = groupsByName[id] {
        if holds(group) { return id }
        next = group.parent
      }
      return nil
    }
    func home(_ node: Node) -> String? { first(node.group) { $0.kind == .made } }
    /// Frames around a host say nothing where its graphs are elsewhere.
    func shown(_ group: String?) -> String? { first(group) { $0.kind != .host } }

    let own = nodes.filter { home($0) == id }
    let ids = Set(own.map(\.id))
    // A linkage between two graphs is in the inner one's section.
    func isDeeper(_ other: Node) -> Bool {
      guard let theirs = home(other) else { return false }
      return id == nil || first(groupsByName[theirs]?.parent) { $0.id == id } != nil
    }
    let byName = Dictionary(uniqueKeysWithValues: nodes.map { ($0.id, $0) })
    let edges = edges.filter { edge in
      let ends = [edge.from.node, edge.to.node]
      return ends.contains { ids.contains($0) }
        && !ends.compactMap { byName[$0] }.contains { !ids.contains($0.id) && isDeeper($0) }
    }
    let linked = Set(edges.flatMap { [$0.from.node, $0.to.node] })
    // Backplanes that only graphs use stand in those.
    let used = Set(self.edges.flatMap { [$0.from.node, $0.to.node] })
    let nodes = nodes.filter { node in
      if linked.contains(node.id) { return true }
      return ids.contains(node.id) && !(node.kind == .backplane && used.contains(node.id))
    }
    var frames = groups.filter { group in
      group.kind == .plain && first(group.id) { $0.kind == .made } == id
    }.map { Group($0.id, $0.title, parent: shown($0.parent)) }
    if let id, let group = groupsByName[id] {
      let host = group.parent.flatMap { groupsByName[$0] }.map { $0.title + ": " } ?? ""
      let title = host + group.title
      frames.insert(Group(id, DisplayWidth.of(title) <= columns ? title : group.title, kind: .made), at: 0)
    }
    return Diagram(
      title: id.flatMap { groupsByName[$0]?.title } ?? title,
      nodes: nodes.map { node in
        let group = ids.contains(node.id) ? shown(node.group) : id
        return Node(node.id, node.title, kind: node.kind, inboxes: node.inboxes, outboxes: node.outboxes, group: group)
      }, groups: frames, edges: edges)
  }
}
