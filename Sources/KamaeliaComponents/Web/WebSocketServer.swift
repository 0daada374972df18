import Kamaelia
import KamaeliaFormats
import KamaeliaIO

/// Takes WebSockets.
struct WebSocketServer<A: Message, B: Message>: GenericComponent2 {
  static var summary: String { "Makes a graph for each WebSocket." }
  static var waitsOnlyForGraph: Bool { true }
  static var details: String {
    """
    Each message that comes goes to the default inbox of the connection's graph, and each message that its default outbox \
    sends goes back: bytes as a binary message, anything else as its text. An inbox for `Text` or `JSON` takes text, one for \
    `Bytes` or `Any` both kinds (`Any` gets text as `Text`); a message of a kind that it does not take closes the WebSocket by code \
    1003. A graph without an inbox only speaks, one without an outbox only listens. If the graph has \
    parameters `peer`, `path` and `query`, it gets the other end's address and what was asked for.

    Listens to this machine only, unless `host` says otherwise. Port 0 lets the system choose; `bound` says what it chose. \
    Any path is taken; to serve the page at the same port, see `sockets` of HTTPServer, which has the same limits. Pages of other sites may not \
    connect, unless `origins` lists them, or has `"*"`. A page counts as the server's own where it was loaded from an address, from \
    `localhost`, or by the name of this machine or of `host`; any other name, such as that of a proxy, is to be listed as well.

    A WebSocket that breaks the protocol, sends a text that is none, or a message of more than `maxMessage` is closed with \
    the code that says so. A peer is asked whether it is there once in `ping`, and is gone if it says nothing for half as \
    long again. A graph that fails is reported, and ends its own WebSocket, by code 1011, and nothing else.

    When the server is told to stop, it reads no more; what graphs still say within five seconds is sent, and each WebSocket is \
    closed by code 1001.

        WebSocketServer(port: 8081, protocol: Chat)
    """
  }

  static var needs: [Need] {
    [Need("listen tcp HOST:PORT") { (it: Self) in .listen(.tcp, host: it.host, port: it.port.number) }]
  }

  @Parameter("The port to listen to; 0 for any that is free.", main: true) var port: Port
  @Parameter("The graph for each WebSocket.", makes: "one for each WebSocket") var `protocol`: PartialGraph<A, B>
  @Parameter("The name or the address of this machine to listen to.") var host = "localhost"
  @Parameter("The other sites whose pages may connect, such as `https://example.org`.") var origins: [String] = []
  @Parameter("The most bytes that a message may have.", in: Size(bytes: 1)...Size.mebibytes(1024))
  var maxMessage = Size.mebibytes(1)
  @Parameter("How many connections there are at most; others wait.", in: 1...1_000_000) var maxConnections = 10_000
  @Parameter(
    "How many connections there are at most from one address; more are turned away.",
    in: 1...1_000_000)
  var maxPerAddress: Int? = nil
  @Parameter("How often a peer is asked whether it is there.", in: .milliseconds(1)...) var ping = Duration.seconds(20)

  let bound = Outbox<Port>("The port, as soon as it is listened to.", isReport: true)
  let log = Outbox<String>("A line for each request, such as `127.0.0.1:50123 GET / 101`.", isReport: true)

  static func specialised<C: Message, D: Message>(for a: C.Type, _ b: D.Type) -> any Component.Type {
    WebSocketServer<C, D>.self
  }

  func check() throws(ParameterError) {
    try HostName.check(host, "host")
    if A.self != Placeholder.self, !WebSocketMessage.mayCome(A.self) {
      throw ParameterError(
        "gives `\(`protocol`.graph.name)` messages of type Text, JSON or Bytes, and its inbox takes \(A.messageType)")
    }
  }

  func argumentsGiven(toGraphsOf parameter: String) -> [GivenArgument]? { HTTPConversation.given }

  func main() async throws {
    let site = HTTPSite(
      everywhere: .socket(WebSocketConversation(`protocol`)), maxContent: maxMessage, host: host, origins: origins,
      pulse: ping)
    try await site.serve(
      host: host, port: port, bound: bound, log: log, most: maxConnections,
      mostPerAddress: maxPerAddress)
  }
}
