import Kamaelia
import KamaeliaFormats
import KamaeliaIO

extension HTTPConversation {
  /// Answers a request by a graph.
  ///
  /// - Parameter rest: what of the path is behind the graph's own.
  /// - Returns: whether the connection goes on.
  mutating func answer(_ head: HTTPRequestHead, _ route: HTTPSite.Route, _ rest: String) async throws -> Bool {
    switch route {
    case .content(let graph): return try await answer(head, by: graph, rest)
    case .events(let graph): return try await answer(head, byEventsOf: graph)
    case .socket(let graph): return try await become(graph, head)
    }
  }

  /// What graphs are told, as the checker knows it.
  static let given = ["peer", "path", "query", "method"].map { GivenArgument.offered($0, .text) }

  /// What a graph is told of a request, as far as it has parameters for that.
  private func arguments(of head: HTTPRequestHead, _ rest: String) -> [String: Value] {
    [
      "peer": .text(connection.name), "path": .text(rest), "query": .text(head.target.query ?? ""),
      "method": .text(head.method),
    ]
  }

  // MARK: Content

  private mutating func answer(
    _ head: HTTPRequestHead, by route: PartialGraph<Bytes, Bytes>, _ rest: String
  ) async throws -> Bool {
    let content = try await content(of: head)
    let running: RunningGraph<Bytes, Bytes>
    do {
      running = try route.graph.make(arguments(of: head, rest).filter { route.graph.takes($0.key) })
    } catch {
      return try await fail(error, head)
    }
    defer {
      running.output.close()
      running.stop()
    }
    running.start()
    // Side by side, since a graph may answer before it has read all.
    async let isFed: Void = Self.feed(content, to: running)
    guard let first = await running.output.next() else {
      await isFed
      do { try await running.finished() } catch { return try await fail(error, head) }
      var fields = HTTPFields()
      try fields.add("Content-Type", site.type)
      return try await send(200, fields, [], to: head)
    }
    var fields = HTTPFields()
    try fields.add("Content-Type", site.type)
    try fields.add("X-Content-Type-Options", "nosniff")
    let writer = begin(200, fields, .open, to: head)
    try await write(writer.head[...])
    if !writer.isWithoutContent {
      try await write(writer.content(first.storage))
      while let next = await running.output.next() {
        var batch = Array(next.storage)
        while batch.count < Self.batch, let more = running.output.nextIfReady() { batch += more.storage }
        try await write(writer.content(batch[...]))
      }
    } else {
      running.output.close()
    }
    await isFed
    do {
      try await running.finished()
    } catch {
      // What was said already cannot be taken back; without its end, the client knows that this is not all.
      Notice.warning("\(error)")
      return false
    }
    try await write(writer.end()[...])
    return writer.isPersistent
  }

  private static func feed(_ content: [UInt8], to running: RunningGraph<Bytes, Bytes>) async {
    defer { running.input.close() }
    guard !content.isEmpty, running.input.isLinked else { return }
    do { try await running.input.send(Bytes(content)) } catch {
      // It answers without having read what came.
    }
  }

  /// Answers a request that something on this side stands against: for a while, where there is no room.
  mutating func fail(_ error: any Error, _ head: HTTPRequestHead) async throws -> Bool {
    // Who listens says already that there are no descriptors.
    if let error = error as? SystemError, error.isOutOfDescriptors {
      return try await send(503, "", [("Retry-After", "1")], to: head)
    }
    Notice.warning("\(error)")
    return try await send(500, "", to: head)
  }

  // MARK: Events

  private mutating func answer(_ head: HTTPRequestHead, byEventsOf graph: Graph<NoMessage, String>) async throws -> Bool
  {
    _ = try await content(of: head)
    guard head.method == "GET" || head.method == "HEAD" else {
      return try await send(405, "", [("Allow", "GET, HEAD")], to: head)
    }
    var fields = HTTPFields()
    try fields.add("Content-Type", "text/event-stream")
    try fields.add("Cache-Control", "no-cache")
    let writer = begin(200, fields, .open, to: head)
    if writer.isWithoutContent {
      try await write(writer.head[...])
      return writer.isPersistent
    }
    let running: RunningGraph<NoMessage, String>
    do {
      running = try graph.make(arguments(of: head, "").filter { graph.takes($0.key) })
    } catch {
      return try await fail(error, head)
    }
    running.start()
    try await write(writer.head + writer.content(ServerSentEvent.retry(milliseconds: 2000)[...]))
    let isComplete = await EventDelivery(connection: connection, writer: writer, deadline: deadline).run(running)
    if isComplete { try await write(writer.end()[...]) }
    return false
  }

  // MARK: WebSockets

  private mutating func become(_ socket: any SocketRoute, _ head: HTTPRequestHead) async throws -> Bool {
    let answer: HTTPResponseHead
    do throws(WebSocketRefusal) {
      answer = try WebSocketHandshake.answer(head, origins: site.origins, names: site.names)
    } catch {
      _ = try await content(of: head)
      return try await send(error.status, error.reason, error.fields, to: head)
    }
    // The end of a request without content.
    _ = try await content(of: head)
    let writer = begin(101, answer.fields, .none, to: head)
    try await write(writer.head[...])
    let channel = WebSocketChannel(
      connection, .server, limit: site.limits.body, deadline: deadline, pulse: site.pulse)
    successor = socket.make(arguments(of: head, head.target.path), over: channel, Array(takeRest()), site.pulses)
    return false
  }

  /// The beginning of an answer that is sent piece by piece.
  mutating func begin(
    _ status: HTTPStatus, _ fields: HTTPFields, _ length: HTTPContentLength, to head: HTTPRequestHead
  ) -> HTTPResponseWriter {
    report(status, head)
    return writer(status, fields, length, to: head)
  }
}
