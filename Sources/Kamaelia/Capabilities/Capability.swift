/// One thing of the machine that a component needs: a file, an address, a program.
///
/// Its description is how command lines write it: `read data/*`, `listen tcp 127.0.0.1:1500`, `exec ffmpeg`.
public enum Capability: Sendable, Hashable {
  /// How much of a place in the file system is meant.
  public enum Extent: Sendable, Hashable {
    /// The file; of a folder, the names in it.
    case itself
    /// What is in the folder, `*`.
    case entries
    /// The folder and all that is below it, `**`.
    case everything
  }

  public enum Transport: String, Sendable, Hashable, CaseIterable { case tcp, udp }

  case read(path: String, Extent)
  /// To make, change, rename and delete.
  case write(path: String, Extent)
  /// Nil stands for any port; the host `*` for any host.
  case listen(Transport, host: String, port: UInt16?)
  /// For UDP: to send to.
  case connect(Transport, host: String, port: UInt16?)
  /// A socket in the file system.
  case listenAt(path: String)
  case connectTo(path: String)
  /// A program by its name or its path; `*` is any.
  case exec(program: String)

  public static func read(_ path: Path, _ extent: Extent = .itself) -> Capability { .read(path: path.string, extent) }
  public static func write(_ path: Path, _ extent: Extent = .itself) -> Capability { .write(path: path.string, extent) }
  public static func connect(_ transport: Transport, to address: Address) -> Capability {
    .connect(transport, host: address.host, port: address.port)
  }

  /// All there is of its kind: for what is only known while the graph runs.
  package var widest: Capability {
    switch self {
    case .read: .read(path: "/", .everything)
    case .write: .write(path: "/", .everything)
    case .listen(let transport, _, _): .listen(transport, host: "*", port: nil)
    case .connect(let transport, _, _): .connect(transport, host: "*", port: nil)
    case .listenAt: .listenAt(path: "*")
    case .connectTo: .connectTo(path: "*")
    case .exec: .exec(program: "*")
    }
  }

  /// The widest of each kind.
  package static let all: [Capability] =
    [.read(path: "/", .everything), .write(path: "/", .everything)]
    + Transport.allCases.flatMap { [.listen($0, host: "*", port: nil), .connect($0, host: "*", port: nil)] }
    + [.listenAt(path: "*"), .connectTo(path: "*"), .exec(program: "*")]
}

extension Capability: CustomStringConvertible {
  public var description: String {
    switch self {
    case .read(let path, let extent): "read \(Self.place(path, extent))"
    case .write(let path, let extent): "write \(Self.place(path, extent))"
    case .listen(let transport, let host, let port): "listen \(transport.rawValue) \(Self.address(host, port))"
    case .connect(let transport, let host, let port): "connect \(transport.rawValue) \(Self.address(host, port))"
    case .listenAt(let path): "listen unix \(path)"
    case .connectTo(let path): "connect unix \(path)"
    case .exec(let program): "exec \(program)"
    }
  }

  private static func place(_ path: String, _ extent: Extent) -> String {
    let folder = path.hasSuffix("/") ? path : path + "/"
    return switch extent {
    case .itself: path
    case .entries: folder == "./" ? "*" : folder + "*"
    case .everything: folder == "./" ? "**" : folder + "**"
    }
  }

  private static func address(_ host: String, _ port: UInt16?) -> String {
    // What listens to or connects to this machine does so at both of its own addresses; one name is enough.
    let name = host.lowercased() == "localhost" ? "127.0.0.1" : host
    return (name.contains(":") ? "[\(name)]" : name) + ":" + (port.map(String.init) ?? "*")
  }
}
