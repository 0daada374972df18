import Kamaelia
import KamaeliaIO

/// Connects to a server over TCP, with a graph for the conversation.
struct TCPCaller: Component {
  static let summary = "Connects to a server over TCP, and makes a graph for each connection."
  static var waitsOnlyForGraph: Bool { true }
  static let details = """
    As TCPServer does on the other end: what comes goes to the graph's default inbox, and what its default outbox sends goes to \
    the server. A graph that must begin anew with each connection belongs here, such as one with Deframe in it, and one \
    graph can speak for both ends. If the graph has a parameter `peer`, it gets the server's address as a text.

    With `reconnect: true`, a new connection with a new graph follows whenever one has ended, broken off or not come about, \
    after a pause that begins with the first of `backoff` and doubles up to the second, and begins anew once a server has sent \
    something. Otherwise the component ends with its \
    only connection, and a connection that breaks or does not come about is an error. So is a graph that fails, in any case.

    A server that has vanished is noticed after `unanswered`, and so is one that has closed its side while the graph has nothing \
    to say that is an answer to what came.

        TCPCaller("hub.example.org:1700", protocol: Tunnel, reconnect: true)

        graph Tunnel(peer: Text) {
            inbox  arriving: Bytes
            outbox leaving: Bytes

            self.arriving -> Deframe() -> MulticastSender("239.1.2.3:1600", voice: "${peer}")
            MulticastReceiver("239.1.2.3:1600", deafTo: "${peer}") -> Frame() -> self.leaving
        }
    """

  static let needs = [Need("connect tcp ADDRESS") { (it: Self) in .connect(.tcp, to: it.address) }]

  @Parameter("The server, such as `localhost:1500` or `[::1]:1500`.", main: true) var address: Address
  @Parameter("The graph for each connection.", makes: "one for each connection") var `protocol`:
    PartialGraph<Bytes, Bytes>
  @Parameter("Whether to connect again when the connection has ended or does not come about.") var reconnect = false
  @Parameter("The first and the longest pause before it connects again.", in: .milliseconds(1)...)
  var backoff = Duration.milliseconds(500)...Duration.seconds(30)
  @Parameter("How long the server may take to answer.", in: .milliseconds(1)...) var timeout = Duration.seconds(10)
  @Parameter(
    "How long nothing may come or go before a connection is closed, a quarter of that later at most; no limit if left out.",
    in: .milliseconds(1)...)
  var idle: Duration? = nil
  @Parameter(
    "How long the server may take nothing of what was sent before it counts as gone; `none` for any time.",
    in: .milliseconds(1)...)
  var unanswered: Duration? = .seconds(30)

  let log = Outbox<String>("What has become of the connection, such as `connected to localhost:1500`.", isReport: true)

  func check() throws(ParameterError) {
    try Destination.check(address, "address", example: Address(host: address.host, port: 1500).text)
  }

  func main() async throws {
    var pause = backoff.lowerBound
    while true {
      var reason = "lost \(address.text)"
      do {
        let connection = try await connect()
        try await note("connected to \(address.text)")
        defer { if connection.hasReceived { pause = backoff.lowerBound } }
        let end = try await converse(over: connection)
        switch end {
        case .over, .idle: if !reconnect { return }
        case .broken(let error), .failed(let error): throw error
        }
      } catch let error where reconnect && error.isOfTheNetwork {
        reason = "\(error)"
      }
      try await note("\(reason); connects again in \(pause.text)")
      try await Time.sleep(for: pause)
      pause = min(pause * 2, backoff.upperBound)
    }
  }

  /// Lets a graph speak on a strand, so that it can come to its end when the component is told to stop.
  private func converse(over connection: Connection) async throws -> Conversation.End {
    let conversation = Conversation(connection: connection, graph: `protocol`, idle: idle, silence: unanswered)
    let (ends, end) = AsyncStream<Conversation.End>.makeStream()
    try await withStrands(grace: .seconds(5)) { strands in
      strands.start(named: connection.name, whenStopped: { connection.stopReading() }) {
        end.yield(await conversation.run())
        connection.close()
        return nil
      }
      try await outside { try await strands.untilFewer(than: 1) }
    }
    for await end in ends { return end }
    throw CancellationError()
  }

  private func note(_ text: String) async throws {
    guard log.isLinked else {
      if reconnect { Notice.note(text) }
      return
    }
    try await log.send(text)
  }

  private func connect() async throws -> Connection {
    try await Connecting.within(timeout, to: address.text) {
      try await Connection.open(to: address, unanswered: unanswered)
    }
  }
}
