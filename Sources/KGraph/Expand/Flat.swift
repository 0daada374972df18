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
  /// How many variables its generic components have.
  var variables = 0
}

struct FlatInstance {
  enum Role {
    case component
    /// Shares messages out among copies.
    case distribute
    /// Puts what copies send back in order.
    case collect
  }

  let path: String
  let kind: Kind
  var arguments: [String: Evaluated]
  let place: Place
  let componentPlace: Place
  let restart: RestartPolicy
  var role = Role.component
  /// The first of its variables, `T`; `U` follows.
  var variables: Int?
  /// Of `distribute` and `collect`: the box whose messages they carry; its instance, or a junction.
  var share: FlatEnd?
  var replica: PlannedInstance.Replica?
  /// Whether the author named it and then may use the name.
  var isNamed = false
  /// The number of the graph that it is written in.
  var graph = 0
  var standsAlone = false
  var isSpoiled = false
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

struct FlatLinkage {
  let from: FlatEnd
  let to: FlatEnd
  let options: PartialOptions
  let place: Place
  let fromPlace: Place
  let toPlace: Place
  /// How many graphs are around the one it is written in.
  let depth: Int
  /// Whether `replicate` made it.
  var isInternal = false
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
