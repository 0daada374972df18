import Kamaelia

/// Finds circles of linkages that all make their sender wait.
struct StallCheck {
  private let flat: Flat
  private let joined: [Collapse.Joined]
  private let nodes: GraphNodes
  /// The waiting linkages that leave each node.
  private var leaving: [[Int]]

  init(_ flat: Flat, _ joined: [Collapse.Joined]) {
    self.flat = flat
    self.joined = joined
    nodes = GraphNodes(flat)
    leaving = Array(repeating: [], count: nodes.count)
    for (number, linkage) in joined.enumerated() where linkage.waits {
      // What an instance says of its end and of its failures comes once, and fills nothing.
      if case .box(_, ImplicitBox.control.name, _) = linkage.to { continue }
      if case .box(let instance, let name, _) = linkage.from,
        flat.instances[instance].kind.outbox(name)?.isImplicit == true
      {
        continue
      }
      if let from = nodes.node(linkage.from), nodes.node(linkage.to) != nil { leaving[from].append(number) }
    }
  }

  func run(_ findings: Findings) {
    for group in groups() {
      guard let circle = circle(in: group) else { continue }
      findings.report(.canStall(drawn: draw(circle), arrows(of: circle)))
    }
  }

  private func target(_ linkage: Int) -> Int { nodes.node(joined[linkage].to) ?? 0 }

  /// Groups of nodes that all lead to each other.
  private func groups() -> [Set<Int>] {
    strongComponents(nodes.count) { leaving[$0].map(target) }
      .filter { $0.count > 1 || leaving[$0[0]].map(target).contains($0[0]) }
      .sorted { $0[0] < $1[0] }.map { Set($0) }
  }

  /// The shortest circle through the first node of a group, as linkages.
  private func circle(in group: Set<Int>) -> [Int]? {
    guard let start = group.min() else { return nil }
    var cameBy: [Int: Int] = [:]
    var waiting = [start]
    var position = 0
    while position < waiting.count {
      let node = waiting[position]
      position += 1
      for linkage in leaving[node] where group.contains(target(linkage)) {
        let other = target(linkage)
        if other == start {
          var circle = [linkage]
          var here = node
          while here != start, let before = cameBy[here] {
            circle.append(before)
            here = nodes.node(joined[before].from) ?? start
          }
          return circle.reversed()
        }
        if cameBy[other] == nil {
          cameBy[other] = linkage
          waiting.append(other)
        }
      }
    }
    return nil
  }

  /// `loop -[256]-> again -[256]-> loop`, the middle left out of a long one.
  private func draw(_ circle: [Int]) -> String {
    var parts: [String] = []
    for (position, linkage) in circle.enumerated() {
      if circle.count > 8, position == 4 { parts.append("… \(circle.count - 6) more …") }
      if circle.count > 8, (4..<circle.count - 2).contains(position) { continue }
      parts.append("\(name(joined[linkage].from)) -[\(joined[linkage].options.shownCapacity)]->")
    }
    return parts.joined(separator: " ") + " " + name(joined[circle[0]].from)
  }

  private func name(_ end: FlatEnd) -> String {
    switch end {
    case .box(let instance, _, _): flat.instances[instance].shownPath
    case .backplane(let number): "@\(flat.backplanes[number].path)"
    case .junction, .unknown: "?"
    }
  }

  /// The arrows of a circle, the last one in the text first: it closes the circle.
  private func arrows(of circle: [Int]) -> [Place] {
    let places = circle.map { flat.linkages[joined[$0].outermost].place }
    guard let last = places.indices.max(by: { places[$0].range.lowerBound < places[$1].range.lowerBound })
    else { return places }
    return Array(places[last...] + places[..<last])
  }
}

extension Collapse.Joined {
  /// Whether its sender waits when it is full.
  var waits: Bool { (options.overflow ?? options.defaults?.overflow ?? .block) == .block }
}

extension PartialOptions {
  /// How much it holds, as an arrow says it.
  var shownCapacity: String {
    let messages = capacity ?? defaults?.capacity ?? 256
    let bytes = byteCapacity ?? defaults?.byteCapacity
    return bytes.map { "\(messages), \(Value.size($0))" } ?? "\(messages)"
  }
}
