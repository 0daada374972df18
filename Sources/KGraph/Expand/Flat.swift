import Kamaelia

/// A graph without graphs inside: instances, and linkages as they are written. The boxes that graphs export are still
/// there as junctions, so that each linkage is checked where its author wrote it.
struct Flat {
  var instances: [FlatInstance] = []
  var junctions: [Junction] = []
  var backplanes: [FlatBackplane] = []
  var linkages: [FlatLinkage] = []
  var literals: [FlatLiteral] = []
  /// The instances of graphs that have a name and that no linkage speaks of.
  var unlinkedGraphs: [UnlinkedGraph] = []
  /// The graphs that instances make while they run.
  var templates: [FlatTemplate] = []
  /// The boxes of the whole: junctions that nothing inside stands behind.
  var inboxes: [Int] = []
  var outboxes: [Int] = []
  /// How many copies there are of what is replicated, by the path that the copies' numbers are put behind.
  var copies: [String: Int] = [:]
  /// How many variables its generic components have.
  var variables = 0
}

/// A class, as linkages are, since one pass after the other goes through all of them: so each counts one reference and not ten.
/// Nothing is changed once the graph is flat.
final class FlatInstance {
  enum Role {
    case component
    /// Shares messages out among copies.
    case distribute
    /// Puts what copies send back in order.
    case collect
  }

  let path: String
  let kind: Kind
  let arguments: [String: Evaluated]
  let place: Place
  let componentPlace: Place
  let restart: RestartPolicy
  let role: Role
  /// The first of its variables, `T`; `U` follows.
  let variables: Int?
  /// Of `distribute` and `collect`: the box whose messages they carry; its instance, or a junction.
  let share: FlatEnd?
  /// Comes with what collects from it.
  var replica: PlannedInstance.Replica?
  /// Whether the author named it and then may use the name.
  let isNamed: Bool
  /// The number of the graph that it is written in.
  let graph: Int
  let standsAlone: Bool
  let isSpoiled: Bool

  init(
    path: String, kind: Kind, arguments: [String: Evaluated], place: Place, componentPlace: Place,
    restart: RestartPolicy, role: Role = .component, variables: Int? = nil, share: FlatEnd? = nil,
    isNamed: Bool = false, graph: Int = 0, standsAlone: Bool = false, isSpoiled: Bool = false
  ) {
    self.path = path
    self.kind = kind
    self.arguments = arguments
    self.place = place
    self.componentPlace = componentPlace
    self.restart = restart
    self.role = role
    self.variables = variables
    self.share = share
    self.isNamed = isNamed
    self.graph = graph
    self.standsAlone = standsAlone
    self.isSpoiled = isSpoiled
  }
}

extension FlatInstance {
  /// Its path as messages say it: without the numbers of instances that have no names.
  var shownPath: String { path.withoutNumbers }
}

extension String {
  /// A path without `#3`.
  var withoutNumbers: String {
    guard contains("#") else { return self }
    var result = ""
    var isNumber = false
    for character in self {
      isNumber = character == "#" || (isNumber && character.isNumber)
      if !isNumber { result.append(character) }
    }
    return result
  }
}

/// An instance of a graph, which is nothing of its own any more.
struct UnlinkedGraph {
  let path: String
  let place: Place
}

enum FlatEnd: Hashable {
  case box(instance: Int, name: String, index: BoxIndex?)
  case junction(Int)
  case backplane(Int)
  case unknown

  /// An instance has few boxes, so that their names would cost more than they tell apart.
  func hash(into hasher: inout Hasher) {
    switch self {
    case .box(let instance, _, let index):
      hasher.combine(instance)
      if let index { hasher.combine(index) }
    case .junction(let number): hasher.combine(-1 - number)
    case .backplane(let number): hasher.combine(Int.min + number)
    case .unknown: hasher.combine(Int.max)
    }
  }

  var junction: Int? {
    if case .junction(let number) = self { number } else { nil }
  }
}

/// A box that a graph exports.
struct Junction {
  let name: String
  let direction: BoxDeclaration.Direction
  let type: MessageType?
  /// Where it is declared.
  let place: Place
  /// The path of the graph's instance; empty for the whole.
  let owner: String
  /// Where that instance is declared.
  let ownerPlace: Place?
  /// Whether it is not known what is linked to it inside its graph, because of an error.
  var isIncomplete = false
  /// The same outside.
  var isOuterIncomplete = false
  /// The first of the variables that its type speaks of, where a test exports a box of a generic component.
  var variables: Int?
}

struct FlatBackplane {
  let path: String
  let type: MessageType?
  let place: Place
  /// Whether the graph around has it, and this one only uses it.
  let isOuter: Bool
}

final class FlatLinkage {
  let from: FlatEnd
  let to: FlatEnd
  let options: PartialOptions
  let place: Place
  let fromPlace: Place
  let toPlace: Place
  /// How many graphs are around the one it is written in.
  let depth: Int
  /// Whether `replicate` made it.
  let isInternal: Bool

  init(
    from: FlatEnd, to: FlatEnd, options: PartialOptions, place: Place, fromPlace: Place, toPlace: Place, depth: Int,
    isInternal: Bool = false
  ) {
    self.from = from
    self.to = to
    self.options = options
    self.place = place
    self.fromPlace = fromPlace
    self.toPlace = toPlace
    self.depth = depth
    self.isInternal = isInternal
  }
}

struct FlatLiteral {
  let value: Evaluated
  let to: FlatEnd
  let place: Place
  let toPlace: Place
  /// Whether it only says what type a test expects, and is not sent.
  var isProbe = false
}

struct FlatTemplate {
  let argument: GraphArgument
  let instance: Int
  let parameter: String
  let surroundings: Surroundings
}

/// The graphs around a graph, as far as their backplanes go.
struct Surroundings: Sendable {
  struct Graph: Sendable {
    let graph: Int
    /// The path of its instance; empty for the whole.
    let path: String
    let backplanes: [LocalBackplane]
  }

  /// From the outside in.
  var graphs: [Graph] = []
  /// Whether the plan lists their backplanes, since nothing else does.
  var areListed = false
}
