import KGraph
import Kamaelia
import KamaeliaIO

/// A component of a plan, with all that is known of it before one is made.
///
/// There may be a hundred thousand of them, so it is small: what is the same for all components of a type is in its shape.
struct ComponentRecipe: Sendable {
  /// Whether the component may make graphs while it runs.
  let takesGraphs: Bool
  private let shape: ComponentShape
  /// Nil where the component has no boxes in arrays.
  private let arrays: ArrayBoxes?
  /// By the numbers of the parameters.
  private let arguments: [(number: Int, value: Value)]

  /// Those that are declared, and those of arrays that the plan links.
  var inboxes: BoxNames { arrays?.inboxes ?? shape.inboxes }
  var outboxes: BoxNames { arrays?.outboxes ?? shape.outboxes }

  /// Which boxes of arrays a component has.
  private final class ArrayBoxes: Sendable {
    let inboxes: BoxNames
    let outboxes: BoxNames
    /// For each box behind the declared ones: which array of the component it is in, and where.
    private let inboxPlaces: [(array: Int, index: BoxIndex)]
    private let outboxPlaces: [(array: Int, index: BoxIndex)]

    /// - Parameter linked: the boxes that the plan links, in its order.
    init(_ shape: ComponentShape, _ linked: [BoxName]) {
      (inboxes, inboxPlaces) = Self.find(shape.names.inboxArrays, shape.inboxes, linked)
      (outboxes, outboxPlaces) = Self.find(shape.names.outboxArrays, shape.outboxes, linked)
    }

    private static func find(
      _ arrays: [String], _ declared: BoxNames, _ linked: [BoxName]
    ) -> (BoxNames, [(array: Int, index: BoxIndex)]) {
      var names = declared.all
      var places: [(array: Int, index: BoxIndex)] = []
      var seen: Set<BoxName> = []
      for (array, name) in arrays.enumerated() {
        for box in linked where box.name == name {
          guard let index = box.index, seen.insert(box).inserted else { continue }
          names.append(box)
          places.append((array, index))
        }
      }
      return (BoxNames(names), places)
    }

    func inboxes(of roll: MemberRoll) -> [any AnyInbox] { inboxPlaces.map { roll.inboxArrays[$0.array].box($0.index) } }
    func outboxes(of roll: MemberRoll) -> [any AnyOutbox] {
      outboxPlaces.map { roll.outboxArrays[$0.array].box($0.index) }
    }
  }

  /// - Parameter linked: the boxes that the plan links, in its order.
  init(_ planned: PlannedInstance, _ shape: ComponentShape, linked: [BoxName]) {
    self.shape = shape
    takesGraphs = planned.arguments.values.contains(where: \.holdsGraph)
    arguments = shape.names.parameters.enumerated().compactMap { number, name in
      planned.arguments[name].map { (number, $0) }
    }
    let hasArrays = !shape.names.inboxArrays.isEmpty || !shape.names.outboxArrays.isEmpty
    arrays = hasArrays ? ArrayBoxes(shape, linked) : nil
  }

  /// Makes the component, with its parameters set and its boxes on its own executor.
  ///
  /// - Throws: ``BuildError`` where an argument does not fit.
  func make(_ origin: Member.Origin, in network: Network) throws(BuildError) -> Member {
    let path = origin.plan.path
    let (component, roll) = shape.names.make()
    for (number, value) in arguments {
      do { try roll.set(number, to: value) } catch {
        throw .argument(instance: network.prefix + path, parameter: shape.names.parameters[number], error)
      }
    }
    let instance = Instance(prefix: network.prefix, path: path, network.surroundings)
    instance.graphs = network
    var (inboxes, outboxes) = (roll.inboxes, roll.outboxes)
    if let arrays {
      inboxes += arrays.inboxes(of: roll)
      outboxes += arrays.outboxes(of: roll)
    }
    instance.attach(inboxes, outboxes, names: self.outboxes.all)
    if outboxes.count > 1 { for box in outboxes { box.stopWithOthers() } }
    let member = Member(origin, component, instance, inboxes: inboxes, outboxes: outboxes)
    if shape.endsWithReaders { instance.keeper = member }
    return member
  }
}

extension Instance {
  convenience init(prefix: String = "", path: String, _ surroundings: Surroundings) {
    self.init(
      prefix: prefix, path: path, scheduler: surroundings.scheduler, timekeeper: surroundings.timekeeper,
      journal: surroundings.journal, outside: surroundings.outside, memory: surroundings.memory)
  }
}

extension Value {
  /// Whether a graph is in it, so that whoever has it may make instances while the network runs.
  var holdsGraph: Bool {
    switch self {
    case .graph: true
    case .list(let values): values.contains(where: \.holdsGraph)
    case .record(let fields): fields.contains(where: \.value.holdsGraph)
    default: false
    }
  }
}
