import Kamaelia
import KamaeliaFormats
import KamaeliaIO

/// Asks servers over HTTP.
struct HTTPClient: Component {
  /// Where redirections may lead.
  enum Redirects: String, ChoiceParameter { case never, sameHost, anywhere }

  static let summary = "Gets what is at URLs, or sends content to one, over HTTP and HTTPS."
  static var waitsOnlyForGraph: Bool { true }
  static let details = """
    With `url` and nothing linked to it, it asks once and ends. Each message to the inbox is a URL to get; each message to \
    `content` is sent to `url`. A message to `requests` is a JSON object with `url`, `method`, `fields` and `content`, \
    each of which may be left out: `{"method": "PUT", "url": "/lamps/3", "content": {"on": true}}`. What is left out is that of \
    the parameters; a content that is no text is sent as JSON. With `url`, what comes in is read as a link on that page, and \
    must stay on its host. The requests of each inbox are made one after the other, in the order in which they came.

    The content of an answer is one message, be it an empty one. An answer with a status of 400 or above, a server that cannot be reached, an \
    answer that is not complete within `timeout` or has more than `maxContent`, and what is no URL go to `errors`; where the \
    graph does not link that, they are an error. Where it links `answers`, each answer leaves there with its status and its \
    fields (`{fields.content-type}`), and no status is an error.

    Redirections are followed: anywhere where URLs come in, and with `url` on its own host and port only, unless `redirects` says \
    otherwise, and ten at most; name and password are told to no other host. With `never`, a redirection is an answer like any other. \
    Content is asked for as it is (`Accept-Encoding: identity`); over HTTP, what comes packed all the same goes to `errors`. \
    Certificates are checked.

    With `retries`, a request that had no answer, or one with status 408, 429, 500, 502, 503 or 504, is made again after \
    as long as the answer's `Retry-After` says, or else after a pause that begins with the first of `backoff` and doubles up to \
    the second. A `Retry-After` of more than that is not waited for, and leaves as `retryAfter`. A server that had \
    no time to answer may have done what it was asked to, and then does it twice.

        HTTPClient("https://example.org/") -> FileWriter("page.html")
        Clock(every: 1h) -> Format("http://localhost:8080/news") -> HTTPClient() -> Lines() -> ConsoleWriter()
        HTTPClient("http://localhost:8080/job", method: "DELETE", fields: ["Authorization: Bearer x"]) -> Discard()
    """
  static let answersLate = true
  static var sendsUnasked: Bool { true }
  static var endsWithReaders: Bool { true }

  static let needs = [
    Need("connect tcp HOST:PORT, those of `url`; `*:*` without one, or with `redirects: anywhere`") { (it: Self) in
      guard let address = it.url.flatMap({ HTTPURL($0) }), it.redirects != .anywhere else {
        return .connect(.tcp, host: "*", port: nil)
      }
      return .connect(.tcp, host: address.host, port: address.port)
    }
  ]

  @Parameter("The URL to get, or to send content to.", main: true) var url: String? = nil
  @Parameter("How it asks, such as `PUT`; if left out, by `POST` with content, and by `GET` without.")
  var method: String? = nil
  @Parameter("Fields that each request has, such as `Authorization: Bearer x`.") var fields: [String] = []
  @Parameter("The media type of content that is sent.") var type = "application/octet-stream"
  @Parameter("How long the whole of an answer may take.", in: .milliseconds(1)...) var timeout = Duration.seconds(30)
  @Parameter("The most bytes that the content of an answer may have.", in: Size(bytes: 0)...Size.mebibytes(1024))
  var maxContent = Size.mebibytes(16)
  @Parameter("Where redirections may lead; if left out, `sameHost` with `url`, and else `anywhere`.")
  var redirects: Redirects? = nil
  @Parameter("How many times a request is made again that had no good answer.", in: 0...1000) var retries = 0
  @Parameter("The first and the longest pause before a request is made again.", in: .milliseconds(1)...)
  var backoff = Duration.seconds(1)...Duration.seconds(300)

  let inbox = Inbox<String>("A URL to get.", isRequired: false)
  let content = Inbox<Bytes>("Content to send.", isRequired: false)
  let requests = Inbox<JSON>("A request to make.", isRequired: false)
  let outbox = Outbox<Bytes>("The content of an answer.")
  let answers = Outbox<HTTPAnswer>("An answer, whatever its status.")
  let errors = Outbox<FailedRequest>("A request without a good answer, and why.", needsReader: true)

  func check() throws(ParameterError) {
    if let url, HTTPURL(url) == nil {
      throw ParameterError("parameter `url` takes a URL such as `https://example.org/`, not \(Excerpt.of(url))")
    }
    if let method, !ClientRequests.isMethod(method) {
      throw ParameterError("parameter `method` takes a word such as `POST` or `PUT`, not \(Excerpt.of(method))")
    }
    if type.utf8.contains(where: { $0 < 32 || $0 == 127 }) {
      throw ParameterError("parameter `type` takes a media type, and this one has a control character in it")
    }
    _ = try ExtraFields(fields, besides: ClientRequests.own, whose: "the client")
  }

  func main() async throws {
    let reader = try ClientRequests(self)
    if let only = reader.base, !inbox.isLinked, !content.isLinked, !requests.isLinked {
      var session = ClientSession(rules)
      defer { session.close() }
      return try await ask(.success(reader.request(for: only, content: nil)), &session)
    }
    if content.isLinked, url == nil { throw WebFetchFailure("content comes, and there is no `url` to send it to") }
    try await withThrowingTaskGroup { group in
      if inbox.isLinked { group.addTask { try await serve(inbox) { reader.read(url: $0) } } }
      if content.isLinked { group.addTask { try await serve(content) { reader.read(content: $0) } } }
      if requests.isLinked { group.addTask { try await serve(requests) { reader.read(request: $0) } } }
      try await group.waitForAll()
    }
  }

  private var rules: ClientSession.Rules {
    ClientSession.Rules(
      timeout: timeout, limit: maxContent.bytes, redirects: redirects ?? (url == nil ? .anywhere : .sameHost))
  }

  /// Makes the requests that the messages of an inbox mean.
  private func serve<M: Message>(
    _ inbox: Inbox<M>, _ read: (M) -> Result<ClientRequest, UnreadableRequest>
  ) async throws {
    var session = ClientSession(rules)
    defer { session.close() }
    while true {
      // A connection stays open only for what comes at once: a request an hour holds none.
      var next = inbox.nextIfReady()
      if next == nil {
        session.close()
        next = await inbox.next()
      }
      guard let message = next else { return }
      try await ask(read(message), &session)
    }
  }

  private func ask(_ request: Result<ClientRequest, UnreadableRequest>, _ session: inout ClientSession) async throws {
    let asked: ClientRequest
    switch request {
    case .success(let request): asked = request
    case .failure(let problem): return try await fail(problem.description, problem.input)
    }
    var (pause, attempts) = (backoff.lowerBound, 1)
    while true {
      var reason = ""
      var answer: HTTPAnswer?
      do {
        let (url, found) = try await session.answer(to: asked)
        let complete = HTTPAnswer(url, found, now: Time.wallClock)
        guard attempts <= retries, [408, 429, 500, 502, 503, 504].contains(found.status) else {
          return try await deliver(complete, asked, attempts)
        }
        answer = complete
      } catch let failure as WebFetchFailure {
        reason = failure.description
      }
      guard attempts <= retries else { return try await fail(reason, asked.url.text, attempts: attempts) }
      let wait = answer?.retryAfter ?? pause
      if let answer, wait > backoff.upperBound { return try await deliver(answer, asked, attempts) }
      try await Time.sleep(for: wait)
      pause = min(pause * 2, backoff.upperBound)
      attempts += 1
    }
  }

  private func deliver(_ answer: HTTPAnswer, _ request: ClientRequest, _ attempts: Int) async throws {
    let isGood = answer.status < 400
    if answers.isLinked { try await answers.send(answer) }
    if isGood { return try await outbox.send(answer.content) }
    guard !answers.isLinked else { return }
    let wish = answer.retryAfter.map { ", and wants to be asked again after \($0.text)" } ?? ""
    try await fail(
      "the server answers with status \(answer.status)\(wish)", request.url.text, answer, attempts: attempts)
  }

  private func fail(_ error: String, _ input: String, _ answer: HTTPAnswer? = nil, attempts: Int = 1) async throws {
    let times = attempts > 1 ? " (asked \(attempts) times)" : ""
    try await errors.send(
      FailedRequest(error: error + times, input: input, status: answer?.status, retryAfter: answer?.retryAfter))
  }
}
