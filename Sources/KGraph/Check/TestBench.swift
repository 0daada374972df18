import Kamaelia

/// What a test works on: a flat graph to which the boxes that its steps speak of are added as exported ones.
struct TestBench {
  var flat: Flat
  /// The name of the graph or component.
  let title: String
  /// For a component: its kind, the instance being the first.
  let component: Kind?
  /// Closed inboxes, and where.
  var closed: [String: Place] = [:]

  init(_ flat: Flat, title: String) {
    self.flat = flat
    self.title = title
    component = nil
  }

  /// A bench for one component; all its outboxes and required inboxes are exported.
  ///
  /// - Parameter surroundings: what graphs see that it is given as parameters.
  init(
    _ kind: Kind, _ arguments: [String: Evaluated], at place: Place, _ surroundings: Surroundings
  ) {
    var flat = Flat()
    flat.instances = [
      FlatInstance(
        path: kind.name, kind: kind, arguments: arguments, place: place, componentPlace: place, restart: .never,
        variables: kind.isGeneric ? 0 : nil, standsAlone: true)
    ]
    flat.variables = kind.isGeneric ? 2 : 0
    for (name, value) in arguments.sorted(by: { $0.key < $1.key }) {
      for argument in value.graphs {
        flat.templates.append(
          FlatTemplate(argument: argument, instance: 0, parameter: name, surroundings: surroundings))
      }
    }
    // Graphs that the component is given may use the backplanes of the file.
    for graph in surroundings.graphs where !flat.templates.isEmpty {
      for backplane in graph.backplanes {
        flat.backplanes.append(
          FlatBackplane(path: backplane.name, type: backplane.type, place: backplane.place, isOuter: false))
      }
    }
    self.flat = flat
    title = kind.name
    component = kind
    for face in kind.inboxes where face.isRequired && !face.isArray { export(face, 0, nil, .inbox, as: face.name) }
    for face in kind.outboxes where !face.isArray { export(face, 0, nil, .outbox, as: face.name) }
  }

  /// The number of the junction under which a box is exported; it becomes one if it is not yet.
  @discardableResult
  mutating func export(
    _ face: Kind.Face, _ instance: Int, _ index: BoxIndex?, _ direction: BoxDeclaration.Direction, as name: String
  ) -> Int {
    if let known = junction(name, direction) { return known }
    let inside = flat.instances[instance]
    let junction = Junction(
      name: name, direction: direction, type: inside.refinedType(of: face), place: inside.place, owner: "",
      ownerPlace: nil,
      variables: inside.variables)
    return add(junction, .box(instance: instance, name: face.name, index: index))
  }

  /// The same for a box of a graph inside.
  mutating func export(_ inner: Int, as name: String) -> Int {
    let direction = flat.junctions[inner].direction
    if let known = junction(name, direction) { return known }
    let junction = Junction(
      name: name, direction: direction, type: flat.junctions[inner].type, place: flat.junctions[inner].place, owner: "",
      ownerPlace: nil)
    return add(junction, .junction(inner))
  }

  func junction(_ name: String, _ direction: BoxDeclaration.Direction) -> Int? {
    (direction == .inbox ? flat.inboxes : flat.outboxes).first { flat.junctions[$0].name == name }
  }

  private mutating func add(_ junction: Junction, _ end: FlatEnd) -> Int {
    let number = flat.junctions.count
    flat.junctions.append(junction)
    let isInbox = junction.direction == .inbox
    if isInbox { flat.inboxes.append(number) } else { flat.outboxes.append(number) }
    flat.linkages.append(
      FlatLinkage(
        from: isInbox ? .junction(number) : end, to: isInbox ? end : .junction(number), options: PartialOptions(),
        place: junction.place, fromPlace: junction.place, toPlace: junction.place, depth: 0))
    return number
  }

  /// A value that drives the types of generic components, and is checked against them.
  mutating func expect(_ value: Evaluated, at box: Int, _ place: Place) {
    flat.literals.append(
      FlatLiteral(value: value, to: .junction(box), place: place, toPlace: place, isProbe: true))
  }
}
