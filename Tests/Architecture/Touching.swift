/// The components among some sources that touch files, sockets or programs, by themselves or through other types of theirs.
struct Touching {
  struct Component {
    let name: String
    let path: String
    /// What it touches them with: `File.open`, or the name of a type.
    let means: String
    let declaresNeeds: Bool
  }

  private(set) var components: [Component] = []

  /// - Parameter sources: paths and texts without comments.
  init(_ sources: [(path: String, code: String)]) {
    let declarations = sources.map { Self.declarations(in: $0.code) }
    // Who touches, and with what; grows until no further type uses one that does.
    var touching: [String: String] = [:]
    var hasGrown = true
    while hasGrown {
      hasGrown = false
      for (source, declared) in zip(sources, declarations) {
        guard let means = Self.means(in: source.code, touching, except: Set(declared.map(\.name))) else { continue }
        for type in declared where touching[type.name] == nil {
          touching[type.name] = means
          hasGrown = true
        }
      }
    }
    let protocols = declarations.joined().filter { $0.kind == "protocol" }
    let withNeeds = Set(
      zip(sources, declarations).filter { $0.0.code.contains(Self.needs) }.flatMap { $0.1.map(\.name) })
    for (source, declared) in zip(sources, declarations) {
      for type in declared where type.kind == "struct" {
        let own = protocols.filter { type.parents.contains($0.name) }
        guard
          type.parents.contains(where: Self.isComponent)
            || own.contains(where: { $0.parents.contains(where: Self.isComponent) })
        else { continue }
        guard let means = touching[type.name] ?? own.compactMap({ touching[$0.name] }).first else { continue }
        components.append(
          Component(
            name: type.name, path: source.path, means: means,
            declaresNeeds: source.code.contains(Self.needs) || own.contains { withNeeds.contains($0.name) }))
      }
    }
  }

  private static var needs: Regex<Substring> { /\bstatic (?:let|var) needs\b/ }

  /// What of `KamaeliaIO` opens files and sockets, looks at folders and starts programs.
  private static var opening: Regex<Substring> {
    /\b(?:File\.(?:open|facts|rename|delete|deleteFolder|makeFolder)|Folder\.list|Replacement\.begin|Root\(|Watch\(\)|Child\.start|Listener(?:\.open)?\(|Connection\.open|DatagramSocket\(|HostLookup\.|WebFetch\()/
  }

  private static func isComponent(_ name: String) -> Bool {
    name.contains(/^\w*Component2?$/) || name == "Transform"
  }

  private struct Declaration {
    let kind: String
    let name: String
    let parents: [String]
  }

  private static func declarations(in code: String) -> [Declaration] {
    code.matches(
      of:
        /(?m)^(?:package |public |private |fileprivate |final )*(struct|class|enum|protocol) (\w+)(?:<[^>]*>)?(?:: ([^{]*))?/
    ).map { match in
      let parents = (match.output.3 ?? "").split { !$0.isLetter && !$0.isNumber }.map(String.init)
      return Declaration(kind: String(match.output.1), name: String(match.output.2), parents: parents)
    }
  }

  private static func means(in code: String, _ touching: [String: String], except own: Set<String>) -> String? {
    if let call = code.firstMatch(of: opening) { return String(call.output) }
    let words = Set(code.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init))
    return words.subtracting(own).filter { touching[$0] != nil }.min()
  }
}
