import Kamaelia
import KamaeliaFormats
import KamaeliaIO

/// Answers requests over HTTP.
struct HTTPServer: Component {
  static let summary = "Serves a folder, and graphs as routes, over HTTP."
  static var waitsOnlyForGraph: Bool { true }
  static let details = """
    Listens to this machine only, unless `host` says otherwise: `"0.0.0.0"` stands for all its addresses of IPv4, `"::"` for \
    all it has. Port 0 lets the system choose; `bound` says what it chose. HTTP/1.1 with all that goes with it: several \
    requests on a connection, ranges, conditional requests, HEAD. There is no TLS.

    Files of `folder` are found by their path, `index.html` where that ends with `/`. Nothing outside of the folder is \
    served, whatever `..` or links say, and no name that begins with a dot other than `.well-known`. A change to a file is \
    seen within a second. Where there is no `favicon.ico`, which browsers ask for by themselves, the answer is an empty one.

    A graph is found by its name in small letters: `News` is `/news`, `ChatRoom` is `/chat-room`. Each request makes an \
    instance of its own. One that fails is reported, and troubles no other: where nothing of its answer is sent yet, that is status 500, \
    and else its connection is closed before the end of the answer, a WebSocket by code 1011.
    - `sockets` are WebSockets that carry text: each message comes to the graph's default inbox, and what its default \
    outbox sends is a message to the page.
    - `streams` are the same with bytes.
    - `events` send what their default outbox sends to a page's `EventSource`.
    - `routes` answer any other request, at their path and below: the request's content comes to the default inbox, and what \
    the default outbox sends is the answer, of the media type `type`.

    If a graph has a parameter `peer`, it gets the other end's address, and so `path` (of a route, what comes behind its \
    own), `query` and `method` of the request.

    `fields` go with every answer; a policy for what pages may load and who may show them, for example:

        HTTPServer(port: 8080, folder: "site", fields: ["Content-Security-Policy: default-src 'self'"])

    A page of another site may not open a WebSocket here, unless `origins` lists it, or has `"*"`. A page counts as the server's own \
    where it was loaded from an address, from `localhost`, or by the name of this machine or of `host`; any other name, such as \
    that of a proxy, is to be listed as well, since whoever owns it could lead it here. A request that is malformed \
    is answered with what is wrong, and its connection closed; so is one whose head takes longer than \
    `patience`, or whose content is that far behind 1 kB/s. A connection without requests is closed after `idle`. One \
    address of another machine may have a tenth of `maxConnections`, and 256 at least, unless `maxPerAddress` says otherwise, which is \
    for this machine as well; a network of 64 bits of IPv6 counts as one address. \
    If the program runs short of descriptors, it takes no connections for 100 ms at a time, and says so; a request whose answer \
    finds none gets status 503.

    When the server is told to stop, it takes no more connections and reads no more requests; what is being answered is \
    answered, events and WebSockets included, for up to five seconds. `log` holds up nobody: a line for which its reader has no room \
    is left out.

        server = HTTPServer(port: 8080, folder: "site", sockets: [Chat], events: [News])
        server.log -> ConsoleWriter()
    """

  static let needs = [
    Need("listen tcp HOST:PORT") { (it: Self) in .listen(.tcp, host: it.host, port: it.port.number) },
    Need("read FOLDER/**, if `folder` is given") { (it: Self) in it.folder.map { .read($0, .everything) } },
  ]

  @Parameter("The port to listen to; 0 for any that is free.", main: true) var port: Port
  @Parameter("The folder to serve; none if left out.") var folder: Path? = nil
  @Parameter("The graphs that answer requests.", makes: "one for each request")
  var routes: [PartialGraph<Bytes, Bytes>] = []
  @Parameter("The graphs that are WebSockets of text.", makes: "one for each WebSocket")
  var sockets: [PartialGraph<String, String>] = []
  @Parameter("The graphs that are WebSockets of bytes.", makes: "one for each WebSocket")
  var streams: [PartialGraph<Bytes, Bytes>] = []
  @Parameter("The graphs that send events.", makes: "one for each page that listens")
  var events: [Graph<NoMessage, String>] = []
  @Parameter("The name or the address of this machine to listen to.") var host = "localhost"
  @Parameter("The media type of what routes answer.") var type = "text/plain; charset=utf-8"
  @Parameter("Fields that each answer has besides its own, such as `Cache-Control: no-cache`.")
  var fields: [String] = []
  @Parameter("The other sites whose pages may open WebSockets, such as `https://example.org`.")
  var origins: [String] = []
  @Parameter(
    "The most bytes that a request's content or a message may have.", in: Size(bytes: 0)...Size.mebibytes(1024))
  var maxContent = Size.mebibytes(1)
  @Parameter("How many connections there are at most; others wait.", in: 1...1_000_000) var maxConnections = 10_000
  @Parameter(
    "How many connections there are at most from one address; more are turned away.",
    in: 1...1_000_000)
  var maxPerAddress: Int? = nil
  @Parameter("How long a connection may be without a request.", in: .milliseconds(1)...)
  var idle = Duration.seconds(60)

  @Parameter(
    "How long a request's head may take, and how far its content or the answer may be behind 1 kB/s.",
    in: .milliseconds(1)...)
  var patience = Duration.seconds(10)
  @Parameter("How often the peer of a WebSocket is asked whether it is there.", in: .milliseconds(1)...)
  var ping = Duration.seconds(20)

  let bound = Outbox<Port>("The port, as soon as it is listened to.", isReport: true)
  let log = Outbox<String>("A line for each request, such as `127.0.0.1:50123 GET /news 200`.", isReport: true)

  func check() throws(ParameterError) {
    try HostName.check(host, "host")
    if type.utf8.contains(where: { $0 < 32 || $0 == 127 }) {
      throw ParameterError("parameter `type` takes a media type, and this one has a control character in it")
    }
    _ = try ExtraFields(fields)
    var seen: Set<String> = []
    for name in routes.map(\.graph.name) + sockets.map(\.graph.name) + streams.map(\.graph.name) + events.map(\.name) {
      let path = HTTPSite.path(of: name)
      guard seen.insert(path).inserted else { throw ParameterError("two graphs have the path `\(path)`") }
    }
    guard folder != nil || !seen.isEmpty else {
      throw ParameterError("serves a `folder`, or graphs as `routes`, `sockets`, `streams` or `events`, and has none")
    }
  }

  func argumentsGiven(toGraphsOf parameter: String) -> [GivenArgument]? { HTTPConversation.given }

  func main() async throws {
    var root: Root?
    if let folder { root = try await offload { try Root(folder.string) } }
    try await HTTPSite(self, fields: ExtraFields(fields), root: root).serve(
      host: host, port: port, bound: bound, log: log, most: maxConnections, mostPerAddress: maxPerAddress)
  }
}
