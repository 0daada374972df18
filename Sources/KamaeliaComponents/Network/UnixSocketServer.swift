import Kamaelia
import KamaeliaIO

/// Takes connections from programs of this machine.
struct UnixSocketServer: StreamServer {
  static let summary = "Makes a graph for each connection to a socket in the file system."
  static var details: String {
    """
    Programs on this machine that may write to the file can connect; only the user who runs the graph may, unless `mode` says \
    otherwise. A socket that is left over from a program that has ended is replaced; one that a program still listens to, \
    and a file of another kind, are errors at the start. The file is removed at the end, unless another program has taken the \
    path meanwhile. A peer's name is that of its \
    process, `process 812`.

    \(protocolDetails)

        server = UnixSocketServer("/run/user/1000/echo", protocol: Echo)
        server.log -> ConsoleWriter()
    """
  }

  static let needs = [Need("listen unix PATH") { (it: Self) in .listenAt(path: it.path.string) }]

  @Parameter("The file to listen at.", main: true) var path: Path
  @Parameter("The graph for each connection.", makes: "one for each connection") var `protocol`:
    PartialGraph<Bytes, Bytes>
  @Parameter("Who may connect.") var mode = Access.user
  @Parameter("How many connections there are at most; others wait.", in: 1...1_000_000) var maxConnections = 10_000
  @Parameter(
    "How long nothing may come or go before a connection is closed, a quarter of that later at most; no limit if left out.",
    in: .milliseconds(1)...)
  var idle: Duration? = nil

  let bound = Outbox<Path>("The file, as soon as it is listened to.", isReport: true)
  let log = Outbox<String>("What has become of a connection, such as `process 812 connected`.", isReport: true)

  /// Who may connect to the socket.
  enum Access: String, ChoiceParameter {
    case user, group, everyone

    var bits: UInt32 {
      switch self {
      case .user: 0o600
      case .group: 0o660
      case .everyone: 0o666
      }
    }
  }

  func check() throws(ParameterError) { try SocketPath.check(path) }

  func main() async throws {
    let listener = try await outside { try await Listener.open(path: path.string, mode: mode.bits) }
    try await bound.send(path)
    try await serve([listener])
  }
}

/// What can be said of a socket's path without looking at the file system.
enum SocketPath {
  /// - Throws: what is wrong with the path, for the author of a graph.
  static func check(_ path: Path) throws(ParameterError) {
    guard path.string.utf8.count <= SocketAddress.longestPath else {
      throw ParameterError(
        "parameter `path` takes \(SocketAddress.longestPath) bytes at most, which is the system's limit")
    }
  }
}
