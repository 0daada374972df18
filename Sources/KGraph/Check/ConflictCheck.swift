import Kamaelia

/// Finds instances that want the same file or port for themselves.
struct ConflictCheck {
  private let flat: Flat
  private let findings: Findings

  init(_ flat: Flat, _ findings: Findings) {
    self.flat = flat
    self.findings = findings
  }

  /// One use of a file or port.
  private struct Use {
    let instance: Int
    let capability: Capability
    let isExclusive: Bool
  }

  /// - Parameter claims: what instances say of themselves, by their numbers.
  func run(_ claims: [Int: ComponentChecks.Claims]) {
    var uses: [Place: [Use]] = [:]
    for number in claims.keys.sorted() {
      guard let claim = claims[number] else { continue }
      for capability in Set(claim.used + claim.exclusive) {
        guard let place = Place(capability) else { continue }
        let isExclusive = capability.isOwned || claim.exclusive.contains(capability)
        uses[place, default: []].append(Use(instance: number, capability: capability, isExclusive: isExclusive))
      }
    }
    for all in uses.values where all.count > 1 {
      for (number, use) in all.enumerated() {
        let other = all[..<number].first {
          ($0.isExclusive || use.isExclusive) && $0.instance != use.instance && use.capability.meets($0.capability)
        }
        guard let other else { continue }
        findings.report(
          .usedTwice(use.capability, by: flat.instances[use.instance], first: flat.instances[other.instance]))
      }
    }
  }

  /// What uses have in common that may meet.
  private enum Place: Hashable {
    case file(String)
    case port(Capability.Transport, UInt16)
    case socket(String)

    init?(_ capability: Capability) {
      switch capability {
      case .write(let path, .itself): self = .file(Self.tidied(path))
      case .listen(let transport, _, let port?) where port != 0: self = .port(transport, port)
      case .listenAt(let path): self = .socket(Self.tidied(path))
      default: return nil
      }
    }

    /// The path without `.` and empty parts; `..` may lead over a link, and stays.
    private static func tidied(_ path: String) -> String {
      (path.hasPrefix("/") ? "/" : "") + path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    }
  }
}

extension Capability {
  /// Whether nobody else can have it as well.
  fileprivate var isOwned: Bool {
    switch self {
    // Any number may listen to a group (RFC 5771: 224.0.0.0/4; RFC 4291: ff00::/8).
    case .listen(.udp, let host, _): !Self.isGroup(host)
    case .listen, .listenAt: true
    default: false
    }
  }

  private static func isGroup(_ host: String) -> Bool {
    host.lowercased().hasPrefix("ff") && host.contains(":")
      || host.split(separator: ".").first.flatMap { Int($0) }.map { (224...239).contains($0) } ?? false
  }

  /// Whether two uses of one port meet at an address.
  fileprivate func meets(_ other: Capability) -> Bool {
    guard case .listen(_, let one, _) = self, case .listen(_, let two, _) = other else { return true }
    func hosts(_ host: String) -> Set<String> {
      host.lowercased() == "localhost" ? ["127.0.0.1", "::1"] : [host.lowercased()]
    }
    func holds(_ all: String, _ host: String) -> Bool {
      switch all {
      case "0.0.0.0": !host.contains(":") || host == "0.0.0.0"
      case "::": host.contains(":")
      default: all == host
      }
    }
    return hosts(one).contains { a in hosts(two).contains { b in holds(a, b) || holds(b, a) } }
  }
}

extension Diagnostic {
  /// Says: two components use … for themselves.
  fileprivate static func usedTwice(_ capability: Capability, by instance: FlatInstance, first: FlatInstance)
    -> Diagnostic
  {
    let message =
      switch capability {
      case .write(let path, _): "two components write `\(path)`, and what one of them writes is lost"
      case .listenAt(let path): "two components listen at `\(path)`"
      case .listen(let transport, _, let port):
        "two components listen to \(transport == .tcp ? "TCP" : "UDP") port \(port.map(String.init) ?? "?")"
      default: "two components use the same"
      }
    let help =
      switch capability {
      case .write: "link both to one FileWriter, or let both have `mode: append`"
      default: "give each its own"
      }
    return Diagnostic(
      .usedTwice, message, at: instance.componentPlace,
      caption: first.componentPlace == instance.componentPlace ? "each copy does" : "this one",
      labels: first.componentPlace == instance.componentPlace ? [] : [Label(first.componentPlace, "and this one")],
      helps: [help])
  }
}
