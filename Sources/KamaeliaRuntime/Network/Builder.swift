import KGraph
import Kamaelia

/// Makes the components and linkages of a plan.
struct Builder {
  let surroundings: Surroundings
  let plan: Plan
  /// What comes before the paths of instances: `server/Client#3/`.
  let prefix: String
  let graphs: any GraphMaker

  /// The component of one instance, with its parameters set and its boxes on its own executor.
  func member(_ planned: PlannedInstance, arrays: [Member.BoxName]) throws -> Member {
    var types: [String: any Message.Type] = [:]
    for (variable, type) in planned.types {
      guard let swiftType = surroundings.library.swiftType(for: type) else {
        throw BuildError(description: "no component of the library carries messages of type \(type)")
      }
      types[variable] = swiftType
    }
    guard let type = surroundings.library.component(planned.component, types: types) else {
      throw BuildError(description: "the library has no component `\(planned.component)`")
    }
    let component = type.init()
    let members = Members(of: component)
    do { try members.set(planned.arguments) } catch {
      throw BuildError(description: "`\(prefix)\(planned.path)`: \(error.description)")
    }
    let instance = Instance(
      name: prefix + planned.path, scheduler: surroundings.scheduler, timekeeper: surroundings.timekeeper,
      journal: surroundings.journal, outside: surroundings.outside, memory: surroundings.memory)
    instance.graphs = graphs
    let inboxes =
      members.inboxes.map { (Member.BoxName(name: $0), $1) }
      + members.inboxArrays.flatMap { name, array in indices(arrays, name).map { ($0, array.box($1)) } }
    let outboxes =
      members.outboxes.map { (Member.BoxName(name: $0), $1) }
      + members.outboxArrays.flatMap { name, array in indices(arrays, name).map { ($0, array.box($1)) } }
    for (_, box) in inboxes { instance.attach(box) }
    if outboxes.count > 1 { for (_, box) in outboxes { box.stopWithOthers() } }
    for (key, box) in outboxes { instance.attach(box, name: key.name + (key.index?.description ?? "")) }
    let member = Member(
      plan: planned, component: component, instance: instance,
      inboxes: Dictionary(inboxes) { first, _ in first }, outboxes: Dictionary(outboxes) { first, _ in first })
    if Swift.type(of: component).endsWithReaders {
      instance.whenReaderLeaves = { [weak member] in
        // The member is what others may hold weakly: an object that is counts its references slowly.
        guard let member else { return }
        member.instance.post { member.cancelIfUnheard() }
      }
    }
    return member
  }

  func backplane(_ planned: PlannedBackplane) throws -> Backplane {
    guard let type = surroundings.library.swiftType(for: planned.type) else {
      throw BuildError(description: "no component of the library carries messages of type \(planned.type)")
    }
    func make<T: Message>(_ type: T.Type) -> Backplane {
      Backplane(planned, of: type, name: "\(prefix)@\(planned.path)", surroundings, graphs)
    }
    return make(type)
  }

  private func indices(_ arrays: [Member.BoxName], _ name: String) -> [(Member.BoxName, BoxIndex)] {
    var seen: Set<BoxIndex> = []
    return arrays.compactMap { key in
      guard key.name == name, let index = key.index, seen.insert(index).inserted else { return nil }
      return (key, index)
    }
  }

  /// The indices of array boxes that linkages and literals mention, by instance, in the order of the plan.
  var arrays: [Int: [Member.BoxName]] {
    var result: [Int: [Member.BoxName]] = [:]
    func note(_ end: PlannedEnd) {
      guard case .box(let instance, let name, let index?) = end else { return }
      result[instance, default: []].append(Member.BoxName(name: name, index: index))
    }
    for linkage in plan.linkages {
      note(linkage.from)
      note(linkage.to)
    }
    for literal in plan.literals { note(literal.to) }
    return result
  }
}
