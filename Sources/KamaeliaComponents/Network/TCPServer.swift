import Kamaelia
import KamaeliaIO

/// Takes connections over TCP.
struct TCPServer: StreamServer {
  static let summary = "Makes a graph for each connection over TCP."
  static var details: String {
    """
    Listens to this machine only, unless `host` says otherwise: `"0.0.0.0"` stands for all its addresses of IPv4, `"::"` for \
    all it has. Port 0 lets the system choose; `bound` says what it chose. A port that is taken is an error at the start.

    \(protocolDetails)

    A peer that has vanished is noticed after 30 s, which `unanswered` changes: it is asked whether it is there where nothing \
    was sent. A peer that is there and reads nothing for that long counts as gone too, and so does one that has ended its side, if \
    the graph's outbox does not depend on what came and says nothing for that long: such a peer has most often closed altogether. \
    If the program runs out of descriptors, it takes no connections for 100 ms at a time, and says so. One address of another \
    machine may have a tenth of `maxConnections`, and 256 at least, unless `maxPerAddress` says otherwise, which is for this \
    machine as well; a network of 64 bits of IPv6 counts as one address.

        server = TCPServer(port: 1500, protocol: Echo)
        server.log -> ConsoleWriter()

        graph Echo(peer: Text) {
            inbox  heard: Bytes
            outbox said: Bytes

            self.heard -> Lines() -> Prefix("${peer}: ") -> Encode(lineEnding: lf) -> self.said
        }
    """
  }

  static let needs = [Need("listen tcp HOST:PORT") { (it: Self) in .listen(.tcp, host: it.host, port: it.port.number) }]

  @Parameter("The port to listen to; 0 for any that is free.", main: true) var port: Port
  @Parameter("The graph for each connection.", makes: "one for each connection") var `protocol`:
    PartialGraph<Bytes, Bytes>
  @Parameter("The name or the address of this machine to listen to.") var host = "localhost"
  @Parameter("How many connections there are at most; others wait.", in: 1...1_000_000) var maxConnections = 10_000
  @Parameter(
    "How many connections there are at most from one address; more are turned away.",
    in: 1...1_000_000)
  var maxPerAddress: Int? = nil
  @Parameter(
    "How long nothing may come or go before a connection is closed, a quarter of that later at most; no limit if left out.",
    in: .milliseconds(1)...)
  var idle: Duration? = nil
  @Parameter(
    "How long a peer may take nothing of what was sent before it counts as gone; `none` for any time.",
    in: .milliseconds(1)...)
  var unanswered: Duration? = .seconds(30)

  let bound = Outbox<Port>("The port, as soon as it is listened to.", isReport: true)
  let log = Outbox<String>("What has become of a connection, such as `127.0.0.1:50123 connected`.", isReport: true)

  func check() throws(ParameterError) { try HostName.check(host, "host") }

  func main() async throws {
    let listeners = try await Listening.open(
      host: host, port: port.number, options: StreamOptions(unanswered: unanswered))
    if let first = listeners.first {
      if port.number == 0, !bound.isLinked { Notice.note("listens to \(first.address)") }
      try await bound.send(Port(first.address.port))
    }
    try await serve(listeners, mostPerAddress: maxPerAddress, silence: unanswered)
  }
}
