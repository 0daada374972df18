import KGraph
import Kamaelia
import KamaeliaIO

/// What a run may do: what is granted and not denied.
struct Permissions: Sendable {
  let grants: [Grant]
  let denials: [Grant]

  /// - Parameters:
  ///   - permits: the values of `--permit`; `none` alone for no grant.
  ///   - denials: those values of `--deny` that are no codes.
  /// - Returns: nil where everything is permitted, since nothing is said.
  init?(permits: [String], denials: [String]) throws(CommandError) {
    guard !permits.isEmpty else {
      if let denial = denials.first {
        throw .usage("`--deny '\(denial)'` takes from what `--permit` grants, and there is no `--permit`")
      }
      return nil
    }
    guard permits == ["none"] || !permits.contains("none") else {
      throw .usage("`--permit none` stands alone, and something else is permitted as well")
    }
    self.grants =
      permits == ["none"] ? [] : try permits.map { text throws(CommandError) in try Grant(text, option: "--permit") }
    self.denials = try denials.map { text throws(CommandError) in try Grant(text, option: "--deny") }
  }

  /// What speaks against a graph, for its author.
  func objections(to needs: [GraphNeed]) -> [Diagnostic] {
    needs.compactMap { need in
      if let denial = denials.first(where: { $0.overlaps(need.capability) }) {
        return .denied(need, by: "--deny '\(denial.words)'")
      }
      return grants.contains { $0.covers(need.capability) }
        ? nil : .notPermitted(need, option: Self.option(for: need.capability))
    }
  }

  /// The words on a command line that permit something, as a shell reads them.
  static func option(for capability: Capability) -> String {
    "--permit \(CompletionScript.quoted(capability.description))"
  }
}

extension Grant {
  /// Whether all of a capability is granted.
  func covers(_ capability: Capability) -> Bool {
    switch (subject, capability) {
    case (.read(let pattern), .read(let path, let extent)), (.write(let pattern), .write(let path, let extent)):
      return pattern.covers(PathPattern(path, extent))
    case (.listenAt(let pattern), .listenAt(let path)), (.connectTo(let pattern), .connectTo(let path)):
      return pattern.covers(Self.socket(path))
    case (.exec(let pattern), .exec(let name)): return pattern.covers(Self.program(name))
    case (.listen(let transport, let host, let port), .listen(let other, let otherHost, let otherPort)),
      (.connect(let transport, let host, let port), .connect(let other, let otherHost, let otherPort)):
      guard transport == other, port == nil || port == otherPort else { return false }
      return PathPattern.isMatch(host, Self.host(otherHost))
    default: return false
    }
  }

  /// Whether some of a capability is meant; a folder that is denied is denied with all that is in it.
  func overlaps(_ capability: Capability) -> Bool {
    switch (subject, capability) {
    case (.read(let pattern), .read(let path, let extent)), (.write(let pattern), .write(let path, let extent)):
      return pattern.withEverythingBelow.overlaps(PathPattern(path, extent))
    case (.listenAt(let pattern), .listenAt(let path)), (.connectTo(let pattern), .connectTo(let path)):
      return pattern.withEverythingBelow.overlaps(Self.socket(path))
    case (.exec(let pattern), .exec(let name)): return pattern.overlaps(Self.program(name))
    case (.listen(let transport, let host, let port), .listen(let other, let otherHost, let otherPort)),
      (.connect(let transport, let host, let port), .connect(let other, let otherHost, let otherPort)):
      guard transport == other, port == nil || otherPort == nil || port == otherPort else { return false }
      return otherHost == "*" || PathPattern.isMatch(host, Self.host(otherHost))
    default: return false
    }
  }

  /// `*` is any socket.
  private static func socket(_ path: String) -> PathPattern {
    path == "*" ? PathPattern("/", .everything) : PathPattern(path, .itself)
  }
}
