import Kamaelia
import KamaeliaIO

/// What a `--permit` or a `--deny` names: one kind of capability, and which of that kind.
struct Grant: Sendable, Hashable {
  enum Subject: Sendable, Hashable {
    case read(PathPattern)
    case write(PathPattern)
    /// A host and a port; nil for any port, `*` in the host for any part of it.
    case listen(Capability.Transport, host: String, port: UInt16?)
    case connect(Capability.Transport, host: String, port: UInt16?)
    case listenAt(PathPattern)
    case connectTo(PathPattern)
    /// A path, or `*` for any program.
    case exec(PathPattern)
    /// A variable of the environment that programs get, `*` in it for any part of its name.
    case environment(String)
  }

  /// As it was written.
  let words: String
  let subject: Subject

  /// The words that a grant begins with.
  static let kinds = ["read", "write", "listen", "connect", "exec", "env"]

  /// Whether a text is meant for a grant, and not for a code.
  static func isMeant(by text: String) -> Bool { kinds.contains { text == $0 || text.hasPrefix($0 + " ") } }

  /// - Parameter option: the one that it is the value of, for messages.
  init(_ text: String, option: String) throws(CommandError) {
    words = text
    let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
    guard let kind = parts.first, let rest = parts.dropFirst().first?.trimmed, !rest.isEmpty else {
      throw Self.unclear(text, option)
    }
    switch kind {
    case "read": subject = .read(PathPattern(rest))
    case "write": subject = .write(PathPattern(rest))
    case "exec": subject = .exec(Self.program(rest))
    case "env": subject = .environment(rest)
    case "listen", "connect":
      let words = rest.split(separator: " ", maxSplits: 1).map(String.init)
      guard words.count == 2 else { throw Self.unclear(text, option) }
      let place = words[1].trimmed
      if words[0] == "unix" {
        let pattern = PathPattern(place == "*" ? "/**" : place)
        subject = kind == "listen" ? .listenAt(pattern) : .connectTo(pattern)
        return
      }
      guard let transport = Capability.Transport(rawValue: words[0]), let (host, port) = Self.address(place) else {
        throw Self.unclear(text, option)
      }
      subject =
        kind == "listen" ? .listen(transport, host: host, port: port) : .connect(transport, host: host, port: port)
    default: throw Self.unclear(text, option)
    }
  }

  private static func unclear(_ text: String, _ option: String) -> CommandError {
    .usage(
      "`\(option)` cannot be `\(text)`",
      help: [
        "it takes `read PATH`, `write PATH`, `listen tcp HOST:PORT`, `connect tcp HOST:PORT`, the same with `udp`, "
          + "`listen unix PATH`, `connect unix PATH`, `exec PROGRAM`, or `env NAME`; `*` and `**` stand for any part"
      ])
  }

  private static func address(_ text: String) -> (host: String, port: UInt16?)? {
    guard let colon = text.lastIndex(of: ":") else { return nil }
    let port = text[text.index(after: colon)...]
    guard port == "*" || UInt16(port) != nil else { return nil }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    return host.isEmpty ? nil : (Self.host(String(host)), UInt16(port))
  }

  /// One name for this machine's own address, in whatever way it is written.
  static func host(_ name: String) -> String {
    let name = name.lowercased()
    return name == "localhost" || name == "::1" ? "127.0.0.1" : name
  }

  /// The place of a program; links at its end are not followed, since they give one program several names.
  static func program(_ name: String) -> PathPattern {
    if name == "*" { return PathPattern("/**") }
    let path = name.contains("/") ? name : Program.find(name) ?? "/\(name)"
    guard let slash = path.lastIndex(of: "/") else { return PathPattern(path) }
    let folder = RealPath.of(String(path[...slash]))
    return PathPattern(folder: folder, name: String(path[path.index(after: slash)...]))
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
