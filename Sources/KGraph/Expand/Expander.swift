import Kamaelia

/// Expands graphs for their arguments: unrolls loops, decides conditions, resolves every name.
///
/// A graph that is used many times with the same arguments is expanded once, and its extent is known before anything
/// is made flat, so that a graph of graphs of graphs is refused and not built.
final class Expander {
  let program: Program
  let library: Library
  let limits: Limits
  let findings: Findings

  /// What was expanded, by number.
  private(set) var expanded: [Expanded] = []
  private(set) var numbers: [Key: Int] = [:]
  /// The graphs that are being expanded, each with the place that asks for it.
  private var open: [(graph: Int, place: Place)] = []
  private var kinds: [String: Kind] = [:]
  /// Whether a limit was passed; what comes after would only repeat it.
  private(set) var isTooLarge = false
  /// The graphs that have been expanded at all.
  private(set) var seen: Set<Int> = []
  /// Words that no message shows, for candidates of suggestions.
  lazy var componentNames = library.names.filter { $0.first?.isLowercase == false }

  lazy var typeNames = Set(library.typeNames)
  /// How many names may still be compared with ones that do not exist. A file with thousands of mistakes gets its
  /// suggestions for the first hundreds.
  private var comparisons = 1_000_000
  lazy var converters = Converters(library)

  /// The graphs that were given as parameters of graphs so far: looked at when all is expanded, since some are not yet.
  var handedOn: [HandedOn] = []

  /// A graph as the value of a graph's parameter.
  struct HandedOn {
    let graph: GraphArgument
    /// What the parameter is declared as.
    let type: MessageType
    /// The name of the graph whose parameter it is.
    let host: String
    let parameter: String
  }

  struct Key: Hashable {
    let graph: Int
    let arguments: [String: Evaluated]
  }

  init(_ program: Program, _ library: Library, _ limits: Limits, _ findings: Findings) {
    self.program = program
    self.library = library
    self.limits = limits
    self.findings = findings
  }

  /// Names to suggest, as long as it does not take too long to find the nearest.
  func candidates(_ names: @autoclosure () -> [String]) -> [String] {
    guard comparisons > 0 else { return [] }
    let names = names()
    comparisons -= names.count
    return names
  }

  /// The component of that name; nil if the library has none.
  func component(_ name: String) -> Kind? {
    if let kind = kinds[name] { return kind }
    guard let signature = library.signature(of: name) else { return nil }
    let kind = Kind(signature, library.component(name))
    kinds[name] = kind
    return kind
  }

  /// Expands a graph.
  ///
  /// - Parameters:
  ///   - arguments: a value for each parameter, checked.
  ///   - place: what asks for it, for messages.
  ///   - replacements: what is made instead of its instances of these names.
  /// - Returns: its number; nil where an error has been reported.
  func expand(
    _ graph: Int, _ arguments: [String: Evaluated], at place: Place,
    replacing replacements: Replacements = Replacements()
  ) -> Int? {
    let key = Key(graph: graph, arguments: arguments)
    if replacements.components.isEmpty, let number = numbers[key] { return number }
    if isTooLarge { return nil }
    if let start = open.firstIndex(where: { $0.graph == graph }) {
      let circle =
        open[start...].map { (program.graphs[$0.graph].name, $0.place) } + [(program.graphs[graph].name, place)]
      // Where a brace is missing, a graph seems to hold what stands behind it, itself perhaps.
      let isWhole = program.files[program.graphs[graph].file].tree.diagnostics.isEmpty
      if isWhole { findings.report(.graphCircle(circle)) }
      return nil
    }
    guard open.count < limits.depth else {
      findings.report(.graphsTooDeep(place, limit: limits.depth))
      return nil
    }
    open.append((graph, place))
    defer { open.removeLast() }
    seen.insert(graph)
    var body = BodyExpansion(self, program.graphs[graph], arguments)
    body.replacements = replacements
    let result = body.run()
    let number = expanded.count
    expanded.append(result.numbered(number))
    if replacements.components.isEmpty { numbers[key] = number }
    return number
  }

  /// Whether a graph is being expanded right now, so that it contains the place that asks.
  func isOpen(_ graph: Int) -> Bool { open.contains { $0.graph == graph } }

  /// Looks at the extent of what is being expanded, and says so if it is too much.
  func check(_ extent: Extent, at place: Place) {
    guard !isTooLarge else { return }
    if let excess = limits.exceeded(by: extent) {
      isTooLarge = true
      findings.report(.tooLarge(place, excess.what, count: excess.count, limit: excess.limit))
    }
  }
}

extension Limits {
  /// The first limit that is passed.
  func exceeded(by extent: Extent) -> (what: String, count: Int, limit: Int)? {
    if extent.instances > instances { return ("instances", extent.instances, instances) }
    if extent.linkages > linkages { return ("linkages", extent.linkages, linkages) }
    if extent.turns > turns { return ("turns of `for`", extent.turns, turns) }
    return nil
  }
}

extension Expanded {
  /// The same with the number that instances know it by.
  fileprivate func numbered(_ number: Int) -> Expanded {
    var result = Expanded(
      graph: graph,
      kind: Kind(graph: number, name: kind.name, inboxes: kind.inboxes, outboxes: kind.outboxes),
      inboxes: inboxes, outboxes: outboxes)
    result.instances = instances
    result.linkages = linkages
    result.literals = literals
    result.backplanes = backplanes
    result.size = size
    result.isIncomplete = isIncomplete
    return result
  }
}

/// What is made instead of instances of a graph that is tested.
struct Replacements {
  /// By the names of the instances.
  var components: [String: ComponentExpression] = [:]
  /// What their arguments may speak of besides what the graph's own may.
  var values: [String: Evaluated] = [:]
}

/// Names that hold in a stretch of a graph: the whole, or one turn of a loop.
final class Scope {
  let parent: Scope?
  /// Parameters and variables of loops.
  var values: [String: Evaluated]
  /// Instances by name: their number, and where they are declared.
  var instances: [String: (number: Int, place: Place)] = [:]
  /// What is added to the names of instances: `[front]`.
  let suffix: String

  init(parent: Scope?, values: [String: Evaluated] = [:], suffix: String = "") {
    self.parent = parent
    self.values = values
    self.suffix = suffix
  }

  func value(_ name: String) -> Evaluated? {
    var scope: Scope? = self
    while let here = scope {
      if let value = here.values[name] { return value }
      scope = here.parent
    }
    return nil
  }

  func instance(_ name: String) -> (number: Int, place: Place)? {
    var scope: Scope? = self
    while let here = scope {
      if let found = here.instances[name] { return found }
      scope = here.parent
    }
    return nil
  }

  /// All names of values, or of instances.
  var valueNames: [String] { Array(values.keys) + (parent?.valueNames ?? []) }
  var instanceNames: [String] { Array(instances.keys) + (parent?.instanceNames ?? []) }
}
