import Kamaelia
import KamaeliaFormats
import KamaeliaIO

/// Makes requests one after the other, and follows redirections.
struct ClientSession {
  /// What a request may lead to.
  struct Rules: Sendable {
    /// For a whole answer, redirections included.
    let timeout: Duration
    /// The most bytes that the content of an answer may have.
    let limit: Int
    let redirects: HTTPClient.Redirects

    /// More are a circle.
    static let mostRedirections = 10
  }

  private let rules: Rules
  private let secure: WebFetch
  /// Is left open for the next request, as long as that comes at once.
  private var kept: ClientConnection?

  init(_ rules: Rules) {
    self.rules = rules
    secure = WebFetch(limit: rules.limit)
  }

  /// Keeps no connection open.
  mutating func close() {
    kept?.connection.close()
    kept = nil
  }

  /// Makes a request.
  ///
  /// - Returns: the answer, whatever its status, and where it came from.
  /// - Throws: ``WebFetchFailure``; `CancellationError`.
  mutating func answer(to request: ClientRequest) async throws -> (HTTPURL, ClientAnswer) {
    let course = Course(rules: rules, secure: secure, kept: kept)
    kept = nil
    do {
      let end = try await withTimeLimit(rules.timeout) { try await course.run(request) }
      guard let end else { throw WebFetchFailure("no answer within \(rules.timeout.text)") }
      kept = end.kept
      return (end.url, end.answer)
    } catch let error as SystemError {
      throw WebFetchFailure("\(error)")
    } catch let error as HostUnknown {
      throw WebFetchFailure("\(error)")
    } catch is ClientConnection.Stale {
      throw WebFetchFailure("the server has closed the connection without an answer")
    }
  }

  /// The way of one request through redirections.
  private struct Course: Sendable {
    let rules: Rules
    let secure: WebFetch
    let kept: ClientConnection?

    func run(_ first: ClientRequest) async throws -> (url: HTTPURL, answer: ClientAnswer, kept: ClientConnection?) {
      var (request, kept, count) = (first, kept, 0)
      while true {
        let (answer, connection) = try await ask(request, over: kept)
        kept = connection
        guard let next = try redirection(of: request, by: answer) else { return (request.url, answer, kept) }
        count += 1
        guard count <= Rules.mostRedirections else {
          throw WebFetchFailure("it was redirected more than \(Rules.mostRedirections) times")
        }
        request = next
      }
    }

    private func redirection(of request: ClientRequest, by answer: ClientAnswer) throws -> ClientRequest? {
      guard rules.redirects != .never, [301, 302, 303, 307, 308].contains(answer.status),
        let location = answer.fields["Location"]
      else { return nil }
      guard let url = request.url.resolving(location) else {
        throw WebFetchFailure("the server redirects to \(Excerpt.of(location)), which is no URL of HTTP")
      }
      let isNear = url.host.lowercased() == request.url.host.lowercased() && url.port == request.url.port
      guard rules.redirects == .anywhere || isNear else {
        throw WebFetchFailure(
          "the server redirects to \(Excerpt.of(url.text)), which is another host or port: `redirects: anywhere` allows that"
        )
      }
      return request.redirected(to: url, status: answer.status)
    }

    private func ask(
      _ request: ClientRequest, over kept: ClientConnection?
    ) async throws -> (ClientAnswer, ClientConnection?) {
      if request.url.scheme == .https { return (try await askSecurely(request), kept) }
      if let kept, kept.serves(request) {
        // The server may have closed it just now, and not have seen the request.
        do { return try await ask(request, kept) } catch is ClientConnection.Stale {}
      } else {
        kept?.connection.close()
      }
      return try await ask(request, try await ClientConnection.open(to: request.url))
    }

    private func ask(
      _ request: ClientRequest, _ connection: ClientConnection
    ) async throws -> (ClientAnswer, ClientConnection?) {
      do {
        let (answer, isPersistent) = try await connection.answer(to: request, limit: rules.limit)
        if !isPersistent { connection.connection.close() }
        return (answer, isPersistent ? connection : nil)
      } catch {
        connection.connection.close()
        throw error
      }
    }

    private func askSecurely(_ request: ClientRequest) async throws -> ClientAnswer {
      do {
        let fields = try request.allFields()
        let answer = try await outside {
          try await secure.answer(
            to: WebFetch.Request(
              method: request.method, url: request.url.text, fields: fields.map { $0 }, content: request.content))
        }
        var received = HTTPFields()
        for field in answer.fields { try received.add(field.name, field.value) }
        return ClientAnswer(status: answer.status, fields: received, content: answer.content)
      } catch let error as HTTPFieldError {
        throw WebFetchFailure(error.description)
      }
    }
  }
}
