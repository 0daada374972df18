import KGraph
import Kamaelia

/// What two plans have in common: what may go on as it is when the one takes the place of the other.
struct PlanComparison {
  /// What becomes of a linkage of the new plan.
  enum Fate {
    /// The old linkage with that number goes on.
    case kept(Int)
    /// It is made, and takes the place of the old one with that number where there is one between the same boxes.
    case made(replacing: Int?)
  }

  private let old: Plan
  private let new: Plan
  /// The old number of each new instance that goes on; nil for those that are made.
  private(set) var kept: [Int?]
  /// The paths of the backplanes that go on.
  let keptBackplanes: Set<String>

  init(_ old: Plan, _ new: Plan) {
    self.old = old
    self.new = new
    keptBackplanes = Set(
      new.backplanes.filter { backplane in
        old.backplanes.contains { $0.path == backplane.path && $0.type == backplane.type }
      }.map(\.path))
    let numbers = Dictionary(old.instances.enumerated().map { ($1.path, $0) }) { first, _ in first }
    let (oldShapes, newShapes) = (Shape.all(old), Shape.all(new))
    kept = new.instances.enumerated().map { index, instance in
      guard let number = numbers[instance.path], Self.areSame(old.instances[number], instance),
        newShapes[index].fits(oldShapes[number])
      else { return nil }
      return number
    }
    keepReplicasTogether()
  }

  // MARK: Instances

  /// The boxes that a component must have been made with.
  private struct Shape {
    var arrays: Set<String> = []
    var hasControl = false

    func fits(_ old: Shape) -> Bool { arrays == old.arrays && (old.hasControl || !hasControl) }

    static func all(_ plan: Plan) -> [Shape] {
      var shapes = [Shape](repeating: Shape(), count: plan.instances.count)
      for end in plan.linkages.flatMap({ [$0.from, $0.to] }) + plan.literals.map(\.to) {
        guard case .box(let instance, let name, let index) = end else { continue }
        if let index { shapes[instance].arrays.insert(name + index.description) }
        if name == ImplicitBox.control.name { shapes[instance].hasControl = true }
      }
      return shapes
    }
  }

  private static func areSame(_ a: PlannedInstance, _ b: PlannedInstance) -> Bool {
    a.path == b.path && a.component == b.component && a.types == b.types && a.restart == b.restart
      && (a.replica == nil) == (b.replica == nil) && a.arguments.count == b.arguments.count
      && a.arguments.allSatisfy { name, value in b.arguments[name].map { areSame(value, $0) } ?? false }
  }

  /// Graphs are the same when they are made of the same, since each reading of a file makes templates of its own.
  private static func areSame(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.graph(let a), .graph(let b)):
      if a == b { return true }
      guard let one = (a.template as? PlanTemplate)?.plan([:]).0, let other = (b.template as? PlanTemplate)?.plan([:]).0
      else { return false }
      return areSame(one, other)
    case (.list(let a), .list(let b)): return a.count == b.count && zip(a, b).allSatisfy { areSame($0, $1) }
    case (.record(let a), .record(let b)):
      return a.count == b.count && zip(a, b).allSatisfy { $0.name == $1.name && areSame($0.value, $1.value) }
    default: return a == b
    }
  }

  private static func areSame(_ a: Plan, _ b: Plan) -> Bool {
    a.name == b.name && a.inboxes == b.inboxes && a.outboxes == b.outboxes
      && a.instances.count == b.instances.count
      && zip(a.instances, b.instances).allSatisfy { areSame($0, $1) && $0.replica == $1.replica }
      && a.linkages.count == b.linkages.count
      && zip(a.linkages, b.linkages).allSatisfy { $0.from == $1.from && $0.to == $1.to && $0.hasSameOptions(as: $1) }
      && a.literals.count == b.literals.count
      && zip(a.literals, b.literals).allSatisfy { $0.to == $1.to && areSame($0.value, $1.value) }
      && a.backplanes.count == b.backplanes.count
      && zip(a.backplanes, b.backplanes).allSatisfy { $0.path == $1.path && $0.type == $1.type }
  }

  /// Replicas, what shares out among them and what puts their messages back in order count messages together: one of them
  /// that is made anew would put the others out of step.
  private mutating func keepReplicasTogether() {
    let (before, now) = (Self.groups(old), Self.groups(new))
    for (collector, group) in now where before[collector] != group {
      for number in group.numbers { kept[number] = nil }
    }
    for group in now.values where group.numbers.contains(where: { kept[$0] == nil }) {
      for number in group.numbers { kept[number] = nil }
    }
  }

  private struct Group: Equatable {
    var numbers: [Int] = []
    /// What must be the same: who is in it, and what links them.
    var description: Set<String> = []

    mutating func add(_ number: Int, _ text: String) {
      if !numbers.contains(number) { numbers.append(number) }
      description.insert(text)
    }

    static func == (a: Group, b: Group) -> Bool { a.description == b.description }
  }

  /// The replicas with what belongs to them, by the path of their collector.
  private static func groups(_ plan: Plan) -> [String: Group] {
    var collectors: Set<Int> = []
    var groups: [String: Group] = [:]
    for (number, instance) in plan.instances.enumerated() {
      guard let replica = instance.replica else { continue }
      collectors.insert(replica.collector)
      groups[plan.instances[replica.collector].path, default: Group()].add(number, "\(replica.number) \(instance.path)")
    }
    for collector in collectors { groups[plan.instances[collector].path]?.add(collector, "") }
    for linkage in plan.linkages {
      guard case .box(let to, let name, let index) = linkage.to, collectors.contains(to),
        case .box(let from, _, _) = linkage.from
      else { continue }
      let path = plan.instances[to].path
      let text = "\(plan.instances[from].path) \(name)\(index?.description ?? "") \(linkage.options)"
      if name == BuiltInComponent.order {
        groups[path]?.add(from, text)
      } else {
        groups[path]?.description.insert(text)
      }
    }
    return groups
  }

  // MARK: Linkages

  /// Both ends of a linkage, by the paths of their instances.
  private struct Route: Hashable {
    let from: String
    let to: String
  }

  private static func route(_ linkage: PlannedLinkage, _ plan: Plan) -> Route {
    Route(from: describe(linkage.from, plan), to: describe(linkage.to, plan))
  }

  private static func describe(_ end: PlannedEnd, _ plan: Plan) -> String {
    switch end {
    case .box(let instance, let name, let index):
      "\(plan.instances[instance].path).\(name)\(index?.description ?? "")"
    case .backplane(let path): "@\(path)"
    case .exported(let name): "self.\(name)"
    }
  }

  /// What becomes of the new plan's linkages, and the numbers of the old ones that nothing takes the place of.
  ///
  /// - Parameters:
  ///   - oldLinkages: those of the old plan that exist.
  ///   - newLinkages: those of the new plan that are to exist.
  func linkages(_ oldLinkages: [PlannedLinkage], _ newLinkages: [PlannedLinkage]) -> (fates: [Fate], removed: [Int]) {
    var open = Dictionary(grouping: oldLinkages.indices) { Self.route(oldLinkages[$0], old) }
    var fates: [Fate] = []
    for linkage in newLinkages {
      let route = Self.route(linkage, new)
      guard var candidates = open[route], !candidates.isEmpty else {
        fates.append(.made(replacing: nil))
        continue
      }
      let goesOn = isKept(linkage.from) && isKept(linkage.to)
      let same = goesOn ? candidates.firstIndex { oldLinkages[$0].hasSameOptions(as: linkage) } : nil
      let number = candidates.remove(at: same ?? 0)
      open[route] = candidates
      fates.append(same == nil ? .made(replacing: number) : .kept(number))
    }
    return (fates, open.values.flatMap(\.self).sorted())
  }

  /// Whether what is at that end of a new linkage goes on.
  func isKept(_ end: PlannedEnd) -> Bool {
    switch end {
    case .box(let instance, _, _): kept[instance] != nil
    case .backplane(let path): keptBackplanes.contains(path)
    case .exported: true
    }
  }

  /// The numbers of the literals that are sent: those to instances that are made, and those that were not there before.
  var literals: [Int] {
    var before = old.literals.map { (Self.describe($0.to, old), $0.value) }
    return new.literals.indices.filter { number in
      let literal = new.literals[number]
      guard isKept(literal.to) else { return true }
      let box = Self.describe(literal.to, new)
      guard let index = before.firstIndex(where: { $0.0 == box && $0.1 == literal.value }) else { return true }
      before.remove(at: index)
      return false
    }
  }
}

extension PlannedLinkage {
  fileprivate func hasSameOptions(as other: PlannedLinkage) -> Bool { options == other.options && type == other.type }
}
