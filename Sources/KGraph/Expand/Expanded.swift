import Kamaelia

/// A graph for certain arguments: its loops unrolled and its conditions decided, the graphs inside it still whole.
struct Expanded {
  /// Its number in the program.
  let graph: Int
  let kind: Kind
  var instances: [LocalInstance] = []
  var linkages: [LocalLinkage] = []
  var literals: [LocalLiteral] = []
  var backplanes: [LocalBackplane] = []
  let inboxes: [ExportedBox]
  let outboxes: [ExportedBox]
  var size = Extent()
  /// Whether some linkage could not be understood, so that it is not known what is left unlinked.
  var isIncomplete = false
}

/// How much a graph comes to when it is flat. Sums and products stop at the largest number.
struct Extent {
  var instances = 0
  var linkages = 0
  var turns = 0

  mutating func add(_ other: Extent, times count: Int = 1) {
    instances = Self.sum(instances, Self.product(other.instances, count))
    linkages = Self.sum(linkages, Self.product(other.linkages, count))
    turns = Self.sum(turns, Self.product(other.turns, count))
  }

  static func sum(_ a: Int, _ b: Int) -> Int {
    let (value, overflow) = a.addingReportingOverflow(b)
    return overflow ? .max : value
  }

  static func product(_ a: Int, _ b: Int) -> Int {
    let (value, overflow) = a.multipliedReportingOverflow(by: b)
    return overflow ? .max : value
  }
}

/// An instance in a graph.
struct LocalInstance {
  /// The last part of its path: `tail`, `camera[front]`, `Lines#3`.
  let name: String
  let kind: Kind
  let arguments: [String: Evaluated]
  /// What to point at: its name, or the component where it has none.
  let place: Place
  /// Where the component is named, with its arguments.
  let componentPlace: Place
  let restart: RestartPolicy?
  let replication: LocalReplication?
  /// The name that the author gave.
  let givenName: Name?
  /// Whether it is a statement of its own, so that nothing is meant to be linked to it.
  var standsAlone = false
  /// Whether something about its boxes was wrong and has been reported.
  var isSpoiled = false
}

struct LocalReplication {
  let count: Int
  /// The path of the field that decides; nil for turns.
  let key: String?
  let isOrdered: Bool
  let place: Place
}

/// An end of a linkage, seen from inside the graph.
enum LocalEnd: Hashable {
  case box(instance: Int, name: String, index: BoxIndex?)
  case exported(String)
  /// A backplane of the graph `owner`, which is this one or one around it.
  case backplane(owner: Int, name: String)
  /// An error has been reported.
  case unknown

  /// An instance has few boxes, so that their names would cost more than they tell apart.
  func hash(into hasher: inout Hasher) {
    switch self {
    case .box(let instance, _, let index):
      hasher.combine(instance)
      if let index { hasher.combine(index) }
    case .exported(let name), .backplane(_, let name): hasher.combine(name)
    case .unknown: hasher.combine(-1)
    }
  }
}

/// From where to where a linkage leads.
struct LocalEnds: Hashable {
  let from: LocalEnd
  let to: LocalEnd
}

struct LocalLinkage {
  let from: LocalEnd
  let to: LocalEnd
  let options: PartialOptions
  /// The arrow.
  let place: Place
  let fromPlace: Place
  let toPlace: Place
}

struct LocalLiteral {
  let value: Evaluated
  let to: LocalEnd
  let place: Place
  let toPlace: Place
}

struct LocalBackplane: Sendable {
  let name: String
  let type: MessageType?
  let place: Place
}

/// A box of the graph itself.
struct ExportedBox {
  let name: String
  let type: MessageType?
  let place: Place
  let typePlace: Place
}

/// What an arrow or `defaults` say of a linkage. A class, since most arrows of a graph say the same: nothing.
final class PartialOptions: Sendable {
  let capacity: Int?
  let byteCapacity: Int?
  let overflow: LinkageOptions.Overflow?
  let timeToLive: Duration?
  /// What the graph's `defaults` say where the arrow says nothing; weaker than any arrow.
  let defaults: Defaults?

  init(
    capacity: Int? = nil, byteCapacity: Int? = nil, overflow: LinkageOptions.Overflow? = nil,
    timeToLive: Duration? = nil, defaults: Defaults? = nil
  ) {
    self.capacity = capacity
    self.byteCapacity = byteCapacity
    self.overflow = overflow
    self.timeToLive = timeToLive
    self.defaults = defaults
  }

  /// The same, without defaults of its own.
  struct Defaults: Hashable {
    var capacity: Int?
    var byteCapacity: Int?
    var overflow: LinkageOptions.Overflow?
    var timeToLive: Duration?
  }

  /// The options of a linkage that carries `type`.
  func options(for type: MessageType) -> LinkageOptions {
    var result = LinkageOptions.standard(for: type.unrefined)
    result.capacity = capacity ?? defaults?.capacity ?? result.capacity
    result.byteCapacity = byteCapacity ?? defaults?.byteCapacity ?? result.byteCapacity
    result.overflow = overflow ?? defaults?.overflow ?? result.overflow
    result.timeToLive = timeToLive ?? defaults?.timeToLive
    if result.overflow == .latest { result.capacity = 1 }
    return result
  }
}
