/// A graph as NoFlo's `.fbp` files write it, line by line, with its comments.
///
/// - Note: https://github.com/flowbased/fbp, `grammar/fbp.peg`. Ports without a name are `IN` and `OUT`.
package struct FBPGraph: Sendable, Equatable {
  /// `OUT`, `IN[1]`
  package struct Port: Sendable, Hashable {
    package var name: String
    package var index: Int?

    package init(_ name: String, _ index: Int? = nil) {
      self.name = name
      self.index = index
    }
  }

  /// One part of a chain.
  package enum Step: Sendable, Hashable {
    /// `'text'`, at the beginning of a chain only.
    case packet(String)
    /// `IN Node OUT`
    case node(String, into: Port?, out: Port?)
  }

  /// What stands on a line, or between two commas.
  package enum Item: Sendable, Hashable {
    case blank
    /// The words behind `#`, and whether something stands before it on its line.
    case comment(String, isTrailing: Bool)
    case chain([Step])
    /// `INPORT=Node.PORT:NAME`
    case inport(node: String, port: Port, name: String)
    case outport(node: String, port: Port, name: String)
  }

  package var items: [Item] = []
  /// What each node is one of, such as `core/Split`, in the order in which nodes are first named; empty where the file never
  /// says it.
  package var components: [(node: String, component: String)] = []

  /// What was left out on the way here, one sentence each; no part of what makes two graphs equal.
  package var notes: [String] = []

  package init() {}

  package static func == (a: FBPGraph, b: FBPGraph) -> Bool {
    a.items == b.items && a.components.elementsEqual(b.components, by: ==)
  }
}

/// What an `.fbp` file says, whatever the order of its lines.
package struct FBPFacts: Sendable, Equatable {
  package var nodes: [String: String] = [:]
  /// As `A.OUT -> B.IN`, sorted.
  package var links: [String] = []
  package var packets: [String] = []
  package var inports: [String] = []
  package var outports: [String] = []

  /// - Parameter name: how names are written: nodes, components and ports.
  package init(_ graph: FBPGraph, names: FBPNames = .unchanged) {
    for (node, component) in graph.components { nodes[names.node(node)] = names.component(component) }
    func end(_ node: String, _ port: FBPGraph.Port) -> String { "\(names.node(node)).\(names.port(port))" }
    for item in graph.items {
      switch item {
      case .blank, .comment: break
      case .inport(let node, let port, let name): inports.append("\(end(node, port)):\(names.port(.init(name)))")
      case .outport(let node, let port, let name): outports.append("\(end(node, port)):\(names.port(.init(name)))")
      case .chain(let steps):
        for (first, second) in zip(steps, steps.dropFirst()) {
          guard case .node(let to, let into, _) = second else { continue }
          let goal = end(to, into ?? .init("IN"))
          switch first {
          case .packet(let text): packets.append("'\(text)' -> \(goal)")
          case .node(let from, _, let out): links.append("\(end(from, out ?? .init("OUT"))) -> \(goal)")
          }
        }
      }
    }
    links.sort()
    packets.sort()
    inports.sort()
    outports.sort()
  }
}

/// How the names of an `.fbp` file are written in a graph of ours.
package enum FBPNames: Sendable {
  case unchanged, ours

  package func node(_ raw: String) -> String {
    if self == .unchanged { return raw }
    let name = Self.camel(raw)
    // The one word that is no name.
    return name == "self" ? "selfNode" : name
  }

  /// `core/Split` is `CoreSplit`.
  package func component(_ raw: String) -> String {
    if self == .unchanged { return raw }
    let name = Self.parts(raw).map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    return name.first?.isLetter == true ? name : "C" + name
  }

  package func port(_ port: FBPGraph.Port) -> String {
    if self == .unchanged { return port.name + (port.index.map { "[\($0)]" } ?? "") }
    return Self.camel(port.name) + (port.index.map(String.init) ?? "")
  }

  /// How a port of ours is written there: ports are shouted by custom, and one with capital letters of its own stays as it is.
  static func shouted(_ name: String) -> String {
    let name = String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    return name.contains(where: \.isUppercase) ? name : name.uppercased()
  }

  private static func parts(_ raw: String) -> [Substring] { raw.split { !$0.isASCII || !($0.isLetter || $0.isNumber) } }

  private static func camel(_ raw: String) -> String {
    let isShouted = !raw.contains(where: \.isLowercase)
    var result = ""
    for part in parts(isShouted ? raw.lowercased() : raw) {
      result +=
        result.isEmpty ? part.prefix(1).lowercased() + part.dropFirst() : part.prefix(1).uppercased() + part.dropFirst()
    }
    return result.first?.isLetter == true ? result : "n" + result
  }
}
