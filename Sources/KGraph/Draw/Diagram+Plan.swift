import Kamaelia

extension Diagram {
  /// A checked graph as it is drawn: an instance a node, a graph inside it a frame, and so a graph that a component makes
  /// while it runs, in a frame with that component.
  ///
  /// - Parameters:
  ///   - library: says which boxes are the default ones, which are not named.
  ///   - showsTypes: whether linkages say what they carry.
  package init(_ plan: Plan, library: Library, showsTypes: Bool) {
    var drawing = PlanDrawing(library, showsTypes: showsTypes)
    drawing.add(plan)
    self.init(title: plan.name, nodes: drawing.nodes, groups: drawing.groups, edges: drawing.edges)
  }

  /// The name, and below it the component with what matters of its arguments: the graphs that it makes, or else two others.
  static func title(_ instance: PlannedInstance, _ path: String, _ folding: ReplicaFolding) -> [String] {
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

  static func kind(_ instance: PlannedInstance) -> Kind {
    if case .command? = instance.arguments["command"] { .command } else { .component }
  }

  /// - Parameter key: what stands before the text, with two characters between, in the same 28 columns; the text keeps 14.
  static func shortened(_ text: String, beside key: String? = nil) -> String {
    NodeShape.cut(text, to: max(14, 28 - (key.map { DisplayWidth.of($0) + 2 } ?? 0)))
  }

  /// The options that are not the usual ones.
  static func label(_ linkage: PlannedLinkage) -> String {
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
  fileprivate var namesGraph: Bool { !graphs.isEmpty }

  /// The graphs to make instances of that it is or has in it, in order.
  var graphs: [GraphReference] {
    switch self {
    case .graph(let reference): [reference]
    case .list(let values): values.flatMap(\.graphs)
    case .record(let fields): fields.flatMap(\.value.graphs)
    default: []
    }
  }
}
