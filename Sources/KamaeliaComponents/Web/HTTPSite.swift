import Kamaelia
import KamaeliaFormats
import KamaeliaIO

/// What a server serves, and by which rules.
struct HTTPSite: Sendable {
  /// What is found at a path.
  enum Route: Sendable {
    case content(PartialGraph<Bytes, Bytes>)
    case socket(any SocketRoute)
    case events(Graph<NoMessage, String>)
  }

  /// The folder, if one is served.
  let files: HTTPFolder?
  private let routes: [String: Route]
  private let everywhere: Route?
  let limits: HTTPLimits
  let type: String
  /// What each answer has besides its own fields.
  let fields: ExtraFields
  let origins: [String]
  /// The server's own names, in small letters.
  let names: Set<String>
  let idle: Duration
  /// How long a head may take, and how long a content and an answer may be behind ``slowest``.
  let patience: Duration
  /// How often the other end of a WebSocket is asked whether it is there.
  let pulse: Duration
  let deadlines = Deadlines()
  let pulses = Pulses()

  /// The least pace of a content or an answer, in bytes a second.
  static let slowest = 1024

  init(_ server: HTTPServer, fields: ExtraFields, root: Root?) {
    self.fields = fields
    var routes: [String: Route] = [:]
    for graph in server.routes { routes[Self.path(of: graph.graph.name)] = .content(graph) }
    for graph in server.sockets { routes[Self.path(of: graph.graph.name)] = .socket(WebSocketConversation(graph)) }
    for graph in server.streams { routes[Self.path(of: graph.graph.name)] = .socket(WebSocketConversation(graph)) }
    for graph in server.events { routes[Self.path(of: graph.name)] = .events(graph) }
    self.routes = routes
    everywhere = nil
    files = root.map(HTTPFolder.init)
    limits = Self.limits(server.maxContent)
    type = server.type
    origins = server.origins
    names = Self.names(server.host)
    idle = server.idle
    patience = server.patience
    pulse = server.ping
  }

  /// A site with the same at every path.
  init(everywhere: Route, maxContent: Size, host: String, origins: [String], pulse: Duration) {
    routes = [:]
    self.everywhere = everywhere
    files = nil
    limits = Self.limits(maxContent)
    type = ""
    fields = ExtraFields()
    self.origins = origins
    names = Self.names(host)
    idle = .seconds(60)
    patience = .seconds(10)
    self.pulse = pulse
  }

  /// What the server listens to, and what the machine is called, here and by its neighbours.
  private static func names(_ host: String) -> Set<String> {
    let machine = Host.name.lowercased()
    return [host.lowercased(), machine, "\(machine).local"]
  }

  private static func limits(_ content: Size) -> HTTPLimits {
    var limits = HTTPLimits()
    limits.body = content.bytes
    return limits
  }

  /// The path of a graph: `ChatRoom` is at `/chat-room`.
  static func path(of name: String) -> String {
    var path = "/"
    var wasSmall = false
    for character in name {
      if character.isUppercase, wasSmall { path += "-" }
      path += character.lowercased()
      wasSmall = !character.isUppercase
    }
    return path
  }

  /// What is at a path, and what of the path is behind it: only what answers with content is found below its own path.
  ///
  /// - Parameter path: in its usual form; nil for what is none.
  func route(at path: String?) -> (route: Route, rest: String)? {
    if let everywhere { return (everywhere, "") }
    guard let path else { return nil }
    if let route = routes[path] { return (route, "") }
    guard !routes.isEmpty, let slash = path.dropFirst().firstIndex(of: "/"),
      let route = routes[String(path[..<slash])], case .content = route
    else { return nil }
    return (route, String(path[slash...]))
  }

  /// Listens, and serves connections until the component is to stop.
  func serve(
    host: String, port: Port, bound: Outbox<Port>, log: Outbox<String>, most: Int, mostPerAddress: Int?
  ) async throws {
    let listeners = try await Listening.open(host: host, port: port.number, options: StreamOptions())
    if let first = listeners.first {
      if port.number == 0, !bound.isLinked { Notice.note("listens to \(first.address)") }
      try await bound.send(Port(first.address.port))
    }
    let isLogged = log.isLinked
    try await withThrowingTaskGroup { group in
      group.addTask {
        try await Reception(listeners: listeners, most: most, mostPerAddress: mostPerAddress).run {
          connection, strands in
          let deadline = deadlines.add { late in
            // The answer to a request that is late has two seconds to get through.
            if late < .seconds(2) { connection.stopReading() } else { connection.close() }
          }
          let report: (String) -> Void = { line in strands.tell { log.sendAtOnce(line) } }
          let conversation = HTTPConversation(
            connection: connection, site: self, deadline: deadline, log: isLogged ? report : nil)
          guard let successor = await conversation.run() else {
            deadlines.remove(deadline)
            return nil
          }
          return {
            await successor()
            deadlines.remove(deadline)
          }
        }
      }
      group.addTask { try await deadlines.watch() }
      group.addTask { try await pulses.run(every: pulse) }
      defer { group.cancelAll() }
      try await group.next()
    }
  }
}
