import Kamaelia

/// Puts all instances of all graphs side by side.
struct Flattener {
  let expander: Expander
  private let surroundings: Surroundings
  var flat = Flat()
  private var outerBackplanes: [String: Int] = [:]

  /// What stands for an instance of a graph.
  indirect enum Made {
    case instance(Int)
    case graph(inboxes: [String: Int], outboxes: [String: Int])
    case copies([Made], distribute: Shared?, collect: Shared?)
    case nothing
  }

  /// The box of copies that `distribute` or `collect` stands for, and its instance.
  struct Shared {
    let box: String
    let instance: Int
  }

  /// A graph that is being made flat, and those around it.
  final class Frame {
    let graph: Int
    let path: String
    let backplanes: [String: Int]
    let local: [LocalBackplane]
    let parent: Frame?
    /// How many graphs are around it.
    let depth: Int
    /// What happens to its instances when they fail, if they do not say so themselves.
    let restart: RestartPolicy
    let isIncomplete: Bool

    init(
      _ graph: Expanded, _ path: String, _ backplanes: [String: Int], parent: Frame?, restart: RestartPolicy
    ) {
      self.graph = graph.graph
      self.path = path
      self.backplanes = backplanes
      local = graph.backplanes
      self.parent = parent
      depth = parent.map { $0.depth + 1 } ?? 0
      self.restart = restart
      isIncomplete = graph.isIncomplete
    }
  }

  /// - Parameter surroundings: what is around the graph, whose backplanes it may use.
  static func flatten(_ number: Int, _ expander: Expander, in surroundings: Surroundings = .init()) -> Flat {
    var flattener = Flattener(expander: expander, surroundings: surroundings)
    let made = flattener.add(number, path: "", parent: nil, restart: .never, owner: nil)
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

  /// - Parameter owner: the place of the graph's instance; nil for the whole.
  private mutating func add(
    _ number: Int, path: String, parent: Frame?, restart: RestartPolicy, owner: Place?
  ) -> Made {
    let graph = expander.expanded[number]
    var backplanes: [String: Int] = [:]
    for backplane in graph.backplanes {
      backplanes[backplane.name] = flat.backplanes.count
      flat.backplanes.append(
        FlatBackplane(
          path: Self.join(path, backplane.name), type: backplane.type, place: backplane.place, isOuter: false))
    }
    let frame = Frame(graph, path, backplanes, parent: parent, restart: restart)
    let inboxes = junctions(graph.inboxes, .inbox, frame, owner)
    let outboxes = junctions(graph.outboxes, .outbox, frame, owner)
    let used = usedBoxesOfCopies(in: graph)
    var made: [Made] = []
    made.reserveCapacity(graph.instances.count)
    for (index, instance) in graph.instances.enumerated() {
      made.append(add(instance, used[index] ?? [], frame))
    }
    noteUnlinked(graph, frame)
    for linkage in graph.linkages {
      checkOrder(of: linkage, in: graph)
      let froms = ends(linkage.from, .outbox, made, inboxes, frame, linkage.fromPlace)
      let tos = ends(linkage.to, .inbox, made, outboxes, frame, linkage.toPlace)
      for from in froms {
        for to in tos {
          flat.linkages.append(
            FlatLinkage(
              from: from, to: to, options: linkage.options, place: linkage.place, fromPlace: linkage.fromPlace,
              toPlace: linkage.toPlace, depth: frame.depth))
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

  /// Notes the graphs inside that are named and never spoken of.
  private mutating func noteUnlinked(_ graph: Expanded, _ frame: Frame) {
    guard !graph.isIncomplete else { return }
    var touched = Array(repeating: false, count: graph.instances.count)
    func touch(_ end: LocalEnd) { if case .box(let number, _, _) = end { touched[number] = true } }
    for linkage in graph.linkages {
      touch(linkage.from)
      touch(linkage.to)
    }
    for literal in graph.literals { touch(literal.to) }
    for (number, instance) in graph.instances.enumerated() where !touched[number] {
      guard case .graph = instance.kind.subject, instance.givenName != nil, !instance.standsAlone, !instance.isSpoiled,
        instance.kind.hasBoxes
      else { continue }
      flat.unlinkedGraphs.append(UnlinkedGraph(path: Self.join(frame.path, instance.name), place: instance.place))
    }
  }

  static func join(_ path: String, _ name: String) -> String { path.isEmpty ? name : "\(path)/\(name)" }

  private mutating func junctions(
    _ boxes: [ExportedBox], _ direction: BoxDeclaration.Direction, _ frame: Frame, _ owner: Place?
  ) -> [String: Int] {
    var numbers: [String: Int] = [:]
    for box in boxes {
      numbers[box.name] = flat.junctions.count
      flat.junctions.append(
        Junction(
          name: box.name, direction: direction, type: box.type, place: box.place, owner: frame.path,
          ownerPlace: owner, isIncomplete: frame.isIncomplete,
          isOuterIncomplete: frame.parent?.isIncomplete ?? false))
    }
    return numbers
  }

  // MARK: Instances

  private mutating func add(_ instance: LocalInstance, _ used: Set<LocalEnd>, _ frame: Frame) -> Made {
    let path = Self.join(frame.path, instance.name)
    guard let replication = instance.replication else { return add(instance, path, frame, variables: nil) }
    flat.copies[path] = replication.count
    // The copies are of one type.
    let variables = instance.kind.isGeneric ? nextVariables() : nil
    let copies = (0..<replication.count).map { number in
      add(instance, "\(path)[\(number)]", frame, variables: variables)
    }
    return share(copies, used, instance, replication, path, frame)
  }

  /// One instance, or all of a graph's.
  private mutating func add(_ instance: LocalInstance, _ path: String, _ frame: Frame, variables: Int?) -> Made {
    let restart = instance.restart ?? frame.restart
    switch instance.kind.subject {
    case .unknown: return .nothing
    case .graph(let number):
      return add(number, path: path, parent: frame, restart: restart, owner: instance.place)
    case .component:
      let number = flat.instances.count
      flat.instances.append(
        FlatInstance(
          path: path, kind: instance.kind, arguments: instance.arguments, place: instance.place,
          componentPlace: instance.componentPlace, restart: restart,
          variables: variables ?? (instance.kind.isGeneric ? nextVariables() : nil),
          isNamed: instance.givenName != nil, graph: frame.graph, standsAlone: instance.standsAlone,
          isSpoiled: instance.isSpoiled || (frame.isIncomplete && instance.givenName != nil)))
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

  // MARK: Ends

  static func end(
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
