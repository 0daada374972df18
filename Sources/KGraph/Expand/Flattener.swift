import Kamaelia

/// Puts all instances of all graphs side by side.
struct Flattener {
  private let expander: Expander
  private let surroundings: Surroundings
  private(set) var flat = Flat()
  private var outerBackplanes: [String: Int] = [:]

  /// What stands for an instance of a graph.
  private indirect enum Made {
    case instance(Int)
    case graph(inboxes: [String: Int], outboxes: [String: Int])
    case copies([Made], distribute: Shared?, collect: Shared?)
    case nothing
  }

  /// The box of copies that `distribute` or `collect` stands for, and its instance.
  private struct Shared {
    let box: String
    let instance: Int
  }

  /// A graph that is being made flat, and those around it.
  private final class Frame {
    let graph: Int
    let path: String
    let backplanes: [String: Int]
    let local: [LocalBackplane]
    let parent: Frame?

    init(_ graph: Int, _ path: String, _ backplanes: [String: Int], _ local: [LocalBackplane], _ parent: Frame?) {
      self.graph = graph
      self.path = path
      self.backplanes = backplanes
      self.local = local
      self.parent = parent
    }
  }

  /// - Parameter surroundings: what is around the graph, whose backplanes it may use.
  static func flatten(_ number: Int, _ expander: Expander, in surroundings: Surroundings = .init()) -> Flat {
    var flattener = Flattener(expander: expander, surroundings: surroundings)
    let made = flattener.add(number, path: "", parent: nil, depth: 0, restart: .never, owner: nil)
    if case .graph(let inboxes, let outboxes) = made {
      let graph = expander.expanded[number]
      flattener.flat.inboxes = graph.inboxes.compactMap { inboxes[$0.name] }
      flattener.flat.outboxes = graph.outboxes.compactMap { outboxes[$0.name] }
    }
    return flattener.flat
  }

  private init(expander: Expander, surroundings: Surroundings) {
    self.expander = expander
    self.surroundings = surroundings
  }

  /// - Parameter owner: the instance of the graph; nil for the whole.
  private mutating func add(
    _ number: Int, path: String, parent: Frame?, depth: Int, restart: RestartPolicy, owner: Place?
  ) -> Made {
    let graph = expander.expanded[number]
    let inboxes = junctions(graph.inboxes, .inbox, path, owner, graph.isIncomplete)
    let outboxes = junctions(graph.outboxes, .outbox, path, owner, graph.isIncomplete)
    var backplanes: [String: Int] = [:]
    for backplane in graph.backplanes {
      backplanes[backplane.name] = flat.backplanes.count
      flat.backplanes.append(
        FlatBackplane(
          path: Self.join(path, backplane.name), type: backplane.type, place: backplane.place, isOuter: false))
    }
    let frame = Frame(graph.graph, path, backplanes, graph.backplanes, parent)
    let used = usedBoxesOfCopies(in: graph)
    var made: [Made] = []
    made.reserveCapacity(graph.instances.count)
    for (index, instance) in graph.instances.enumerated() {
      made.append(
        add(instance, used[index] ?? [], path, frame, depth: depth, restart, isIncomplete: graph.isIncomplete))
    }
    for linkage in graph.linkages {
      let froms = ends(linkage.from, .outbox, made, inboxes, frame, linkage.fromPlace)
      let tos = ends(linkage.to, .inbox, made, outboxes, frame, linkage.toPlace)
      for from in froms {
        for to in tos {
          flat.linkages.append(
            FlatLinkage(
              from: from, to: to, options: linkage.options, place: linkage.place, fromPlace: linkage.fromPlace,
              toPlace: linkage.toPlace, depth: depth))
        }
      }
    }
    for literal in graph.literals {
      for to in ends(literal.to, .inbox, made, outboxes, frame, literal.toPlace) {
        flat.literals.append(
          FlatLiteral(value: literal.value, to: to, place: literal.place, toPlace: literal.toPlace))
      }
    }
    return .graph(inboxes: inboxes, outboxes: outboxes)
  }

  static func join(_ path: String, _ name: String) -> String { path.isEmpty ? name : "\(path)/\(name)" }

  private mutating func junctions(
    _ boxes: [ExportedBox], _ direction: BoxDeclaration.Direction, _ path: String, _ owner: Place?,
    _ isIncomplete: Bool
  ) -> [String: Int] {
    var numbers: [String: Int] = [:]
    for box in boxes {
      numbers[box.name] = flat.junctions.count
      flat.junctions.append(
        Junction(
          name: box.name, direction: direction, type: box.type, place: box.place, owner: path, ownerPlace: owner,
          isIncomplete: isIncomplete))
    }
    return numbers
  }

  // MARK: Instances

  private mutating func add(
    _ instance: LocalInstance, _ used: Set<LocalEnd>, _ path: String, _ frame: Frame, depth: Int,
    _ restart: RestartPolicy, isIncomplete: Bool
  ) -> Made {
    let path = Self.join(path, instance.name)
    guard let replication = instance.replication else {
      return add(instance, path, frame, depth: depth, restart, variables: nil, isIncomplete)
    }
    // The copies are of one type.
    let variables = instance.kind.isGeneric ? nextVariables() : nil
    let copies = (0..<replication.count).map { number in
      add(instance, "\(path)[\(number)]", frame, depth: depth, restart, variables: variables, isIncomplete)
    }
    guard let inbox = instance.kind.defaultInbox, used.contains(.box(instance: 0, name: inbox.name, index: nil)) else {
      if replication.isOrdered || replication.key != nil, !instance.kind.isUnknown, !isIncomplete {
        expander.findings.report(.nothingToShare(replication.place, isOrdered: replication.isOrdered))
      }
      return .copies(copies, distribute: nil, collect: nil)
    }
    let distribute = share(copies, inbox, instance, replication, path)
    var collector: Shared?
    if replication.isOrdered {
      if case .graph = instance.kind.subject { expander.findings.report(.orderedGraph(replication.place)) }
      if let outbox = instance.kind.defaultOutbox, instance.kind.signature != nil, !outbox.isArray,
        used.contains(.exported(outbox.name))
      {
        collector = Shared(
          box: outbox.name, instance: collect(copies, outbox, instance, replication, path, from: distribute))
      }
    }
    return .copies(copies, distribute: Shared(box: inbox.name, instance: distribute), collect: collector)
  }

  /// One instance, or all of a graph's.
  private mutating func add(
    _ instance: LocalInstance, _ path: String, _ frame: Frame, depth: Int, _ restart: RestartPolicy,
    variables: Int?, _ isIncomplete: Bool
  ) -> Made {
    switch instance.kind.subject {
    case .unknown: return .nothing
    case .graph(let number):
      return add(
        number, path: path, parent: frame, depth: depth + 1, restart: instance.restart ?? restart,
        owner: instance.place)
    case .component:
      let number = flat.instances.count
      flat.instances.append(
        FlatInstance(
          path: path, kind: instance.kind, arguments: instance.arguments, place: instance.place,
          componentPlace: instance.componentPlace, restart: instance.restart ?? restart,
          variables: variables ?? (instance.kind.isGeneric ? nextVariables() : nil),
          isNamed: instance.givenName != nil, standsAlone: instance.standsAlone,
          isSpoiled: instance.isSpoiled || isIncomplete))
      for (name, value) in instance.arguments.sorted(by: { $0.key < $1.key }) {
        for argument in value.graphs {
          flat.templates.append(
            FlatTemplate(argument: argument, instance: number, parameter: name, surroundings: around(frame)))
        }
      }
      return .instance(number)
    }
  }

  private mutating func nextVariables() -> Int {
    flat.variables += 2
    return flat.variables - 2
  }

  /// The graphs around, and the graph of the frame, as what it contains sees them.
  private func around(_ frame: Frame) -> Surroundings {
    var graphs: [Surroundings.Graph] = []
    var current: Frame? = frame
    while let here = current {
      if !here.local.isEmpty {
        graphs.append(Surroundings.Graph(graph: here.graph, path: here.path, backplanes: here.local))
      }
      current = here.parent
    }
    return Surroundings(graphs: surroundings.graphs + graphs.reversed())
  }

  // MARK: Copies

  /// The boxes that linkages use of replicated instances: inboxes as ends of instance 0, outboxes as exported ones.
  private func usedBoxesOfCopies(in graph: Expanded) -> [Int: Set<LocalEnd>] {
    var used: [Int: Set<LocalEnd>] = [:]
    func note(_ end: LocalEnd, isInbox: Bool) {
      guard case .box(let number, let name, _) = end, graph.instances[number].replication != nil else { return }
      used[number, default: []].insert(isInbox ? .box(instance: 0, name: name, index: nil) : .exported(name))
    }
    for linkage in graph.linkages {
      note(linkage.from, isInbox: false)
      note(linkage.to, isInbox: true)
    }
    for literal in graph.literals { note(literal.to, isInbox: true) }
    return used
  }

  /// Puts a `distribute` before the copies.
  private mutating func share(
    _ copies: [Made], _ inbox: Kind.Face, _ instance: LocalInstance, _ replication: LocalReplication, _ path: String
  ) -> Int {
    var arguments: [String: Evaluated] = [:]
    if let key = replication.key {
      arguments["by"] = .value(.name("key"))
      arguments["field"] = .value(.text(key))
    }
    let number = flat.instances.count
    var distribute = FlatInstance(
      path: "\(path)/distribute", kind: Self.builtIn("distribute"), arguments: arguments, place: instance.place,
      componentPlace: instance.componentPlace, restart: .never, role: .distribute)
    let ends = copies.flatMap { Self.end(of: $0, inbox.name, nil, .inbox) }
    distribute.share = ends.first
    flat.instances.append(distribute)
    for (index, end) in ends.enumerated() {
      link(.box(instance: number, name: "out", index: .number(index)), end, replication.place)
    }
    return number
  }

  /// Puts a `collect` behind them.
  private mutating func collect(
    _ copies: [Made], _ outbox: Kind.Face, _ instance: LocalInstance, _ replication: LocalReplication,
    _ path: String, from distribute: Int
  ) -> Int {
    let number = flat.instances.count
    var collect = FlatInstance(
      path: "\(path)/collect", kind: Self.builtIn("collect"), arguments: [:], place: instance.place,
      componentPlace: instance.componentPlace, restart: .never, role: .collect)
    let ends = copies.flatMap { Self.end(of: $0, outbox.name, nil, .outbox) }
    collect.share = ends.first
    flat.instances.append(collect)
    for (index, end) in ends.enumerated() {
      link(end, .box(instance: number, name: "inputs", index: .number(index)), replication.place)
      if case .box(let copy, _, _) = end {
        flat.instances[copy].replica = PlannedInstance.Replica(collector: number, number: index)
      }
    }
    link(
      .box(instance: distribute, name: "order", index: nil), .box(instance: number, name: "order", index: nil),
      replication.place)
    return number
  }

  private mutating func link(_ from: FlatEnd, _ to: FlatEnd, _ place: Place) {
    flat.linkages.append(
      FlatLinkage(
        from: from, to: to, options: PartialOptions(), place: place, fromPlace: place, toPlace: place, depth: .max,
        isInternal: true))
  }

  private static let builtIns = Library(Library.builtIn)

  private static func builtIn(_ name: String) -> Kind {
    guard let signature = builtIns.signature(of: name) else { preconditionFailure("\(name) is built in") }
    return Kind(signature, builtIns.component(name))
  }

  // MARK: Ends

  private static func end(
    of made: Made, _ name: String, _ index: BoxIndex?, _ direction: BoxDeclaration.Direction
  ) -> [FlatEnd] {
    switch made {
    case .nothing: return [.unknown]
    case .instance(let number): return [.box(instance: number, name: name, index: index)]
    case .graph(let inboxes, let outboxes):
      return (direction == .inbox ? inboxes : outboxes)[name].map { [.junction($0)] } ?? [.unknown]
    case .copies(let copies, let distribute, let collect):
      if direction == .inbox, index == nil, let distribute, distribute.box == name {
        return [.box(instance: distribute.instance, name: "inbox", index: nil)]
      }
      if direction == .outbox, let collect, collect.box == name {
        return [.box(instance: collect.instance, name: "outbox", index: nil)]
      }
      return copies.flatMap { end(of: $0, name, index, direction) }
    }
  }

  private mutating func ends(
    _ end: LocalEnd, _ direction: BoxDeclaration.Direction, _ made: [Made], _ own: [String: Int], _ frame: Frame,
    _ place: Place
  ) -> [FlatEnd] {
    switch end {
    case .unknown: return [.unknown]
    case .exported(let name): return own[name].map { [.junction($0)] } ?? [.unknown]
    case .box(let number, let name, let index): return Self.end(of: made[number], name, index, direction)
    case .backplane(let owner, let name): return [backplane(owner, name, frame, place)]
    }
  }

  private mutating func backplane(_ owner: Int, _ name: String, _ frame: Frame, _ place: Place) -> FlatEnd {
    var current: Frame? = frame
    while let here = current {
      if here.graph == owner { return here.backplanes[name].map { .backplane($0) } ?? .unknown }
      current = here.parent
    }
    for outer in surroundings.graphs.reversed() where outer.graph == owner {
      guard let backplane = outer.backplanes.first(where: { $0.name == name }) else { continue }
      let path = Self.join(outer.path, name)
      if let number = outerBackplanes[path] { return .backplane(number) }
      outerBackplanes[path] = flat.backplanes.count
      flat.backplanes.append(
        FlatBackplane(path: path, type: backplane.type, place: backplane.place, isOuter: !surroundings.areListed))
      return .backplane(flat.backplanes.count - 1)
    }
    let definition = expander.program.graphs[frame.graph]
    expander.findings.report(.backplaneElsewhere(place, name, graph: definition.name))
    return .unknown
  }
}
