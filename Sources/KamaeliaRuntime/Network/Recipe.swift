import KGraph
import Kamaelia

/// A plan with all that can be known before a network is made of it: which Swift type each component has, which boxes it has,
/// and between which of them each linkage leads. Worked out once for all networks of the plan.
package final class Recipe: Sendable {
  let plan: Plan
  /// In the order of the plan, as linkages and literals are.
  let components: [ComponentRecipe]
  let linkages: [LinkageRecipe]
  let literals: [(planned: PlannedLiteral, to: End)]
  let backplanes: [BackplaneRecipe]
  /// Whether one of the components may make graphs while it runs.
  let takesGraphs: Bool

  /// One end of a linkage: a box by the numbers of its component and of the box among the component's.
  enum End: Sendable {
    case box(component: Int, box: Int)
    case implicit(component: Int, ImplicitBox)
    case backplane(String)
    case exported(String)
  }

  /// A linkage of a plan, with its ends found.
  struct LinkageRecipe: Sendable {
    /// In the plan.
    let number: Int
    let from: End
    let to: End
  }

  /// - Throws: ``BuildError`` where the library lacks something; a checked plan gives none.
  init(_ plan: Plan, _ library: Library, _ shapes: ComponentShapes) throws(BuildError) {
    self.plan = plan
    let linked = plan.linkedBoxes
    var components: [ComponentRecipe] = []
    components.reserveCapacity(plan.instances.count)
    for (number, planned) in plan.instances.enumerated() {
      let shape = shapes.shape(of: try library.type(of: planned))
      components.append(ComponentRecipe(planned, shape, linked: linked[number] ?? []))
    }
    self.components = components
    takesGraphs = components.contains(where: \.takesGraphs)
    var linkages: [LinkageRecipe] = []
    linkages.reserveCapacity(plan.linkages.count)
    for (number, planned) in plan.linkages.enumerated() {
      guard let from = Self.find(planned.from, components, ImplicitBox.outboxes, \.outboxes),
        let to = Self.find(planned.to, components, ImplicitBox.inboxes, \.inboxes)
      else { throw .noBox(planned.place) }
      linkages.append(LinkageRecipe(number: number, from: from, to: to))
    }
    self.linkages = linkages
    var literals: [(planned: PlannedLiteral, to: End)] = []
    for planned in plan.literals {
      guard let to = Self.find(planned.to, components, ImplicitBox.inboxes, \.inboxes) else {
        throw .noBox(planned.place)
      }
      literals.append((planned, to))
    }
    self.literals = literals
    var backplanes: [BackplaneRecipe] = []
    for planned in plan.backplanes {
      backplanes.append(BackplaneRecipe(planned, try library.carrier(of: planned.type), shapes))
    }
    self.backplanes = backplanes
  }

  private static func find(
    _ end: PlannedEnd, _ components: [ComponentRecipe], _ implicit: [ImplicitBox],
    _ boxes: (ComponentRecipe) -> BoxNames
  ) -> End? {
    switch end {
    case .backplane(let path): return .backplane(path)
    case .exported(let name): return .exported(name)
    case .box(let component, let name, let index):
      if index == nil, let box = implicit.first(where: { $0.name == name }) {
        return .implicit(component: component, box)
      }
      return boxes(components[component]).position(of: BoxName(name, index)).map {
        .box(component: component, box: $0)
      }
    }
  }
}

extension Plan {
  /// The boxes of arrays that linkages and literals name, by instance, in the order of the plan.
  fileprivate var linkedBoxes: [Int: [BoxName]] {
    var result: [Int: [BoxName]] = [:]
    for end in linkages.flatMap({ [$0.from, $0.to] }) + literals.map(\.to) {
      guard case .box(let instance, let name, let index?) = end else { continue }
      result[instance, default: []].append(BoxName(name, index))
    }
    return result
  }
}

extension Library {
  /// The Swift type that carries messages of `type`.
  func carrier(of type: MessageType) throws(BuildError) -> any Message.Type {
    guard let carrier = swiftType(for: type) else { throw .noCarrier(type) }
    return carrier
  }

  /// The Swift type of a component, made for its types where it is generic.
  fileprivate func type(of planned: PlannedInstance) throws(BuildError) -> any Component.Type {
    var types: [String: any Message.Type] = [:]
    for (variable, type) in planned.types { types[variable] = try carrier(of: type) }
    guard let type = component(planned.component, types: types) else { throw .noComponent(planned.component) }
    return type
  }
}
