import Kamaelia
import KamaeliaIO

/// Asks servers over HTTP.
struct HTTPClient: Component {
  static let summary = "Gets what is at URLs, or sends content to one, over HTTP and HTTPS."
  static let details = """
    With `url` and nothing linked to it, it asks once and ends. Each message to the inbox is a URL to get; each message to \
    `content` is sent to `url` by `method`. Requests are made one after the other, in the order in which they came.

    The content of an answer is one message. An answer with a status of 400 or above, a server that cannot be reached, an \
    answer that takes longer than `timeout` or has more than `maxContent`, and what is no URL go to `errors`; where the \
    graph does not link that, they are an error. Redirections are followed, certificates are checked.

        HTTPClient("https://example.org/") -> FileWriter("page.html")
        Clock(every: 1h) -> Format("http://localhost:8080/news") -> HTTPClient() -> Lines() -> ConsoleWriter()
    """
  static let answersLate = true
  static var sendsUnasked: Bool { true }
  static var endsWithReaders: Bool { true }

  // Redirections lead anywhere, and so do the URLs that come.
  static let needs = [Need("connect tcp *:*") { (_: Self) in .connect(.tcp, host: "*", port: nil) }]

  @Parameter("The URL to get, or to send content to.", main: true) var url: String? = nil
  @Parameter("How content is sent.") var method = "POST"
  @Parameter("The media type of content that is sent.") var type = "application/octet-stream"
  @Parameter("How long an answer may take.", in: .milliseconds(1)...) var timeout = Duration.seconds(30)
  @Parameter("The most bytes that the content of an answer may have.", in: Size(bytes: 0)...Size.mebibytes(1024))
  var maxContent = Size.mebibytes(16)

  let inbox = Inbox<String>("A URL to get.", isRequired: false)
  let content = Inbox<Bytes>("Content to send.", isRequired: false)
  let outbox = Outbox<Bytes>("The content of an answer.")
  let errors = Outbox<BadInput>("A request without a good answer, and why.", needsReader: true)

  func check() throws(ParameterError) {
    if let url, !WebFetch.isAddress(url) {
      throw ParameterError("parameter `url` takes a URL such as `https://example.org/`, not \(Excerpt.of(url))")
    }
    guard !method.isEmpty, method.utf8.allSatisfy({ 0x41...0x5A ~= $0 }) else {
      throw ParameterError("parameter `method` takes a word such as `POST` or `PUT`, not \(Excerpt.of(method))")
    }
    if type.utf8.contains(where: { $0 < 32 || $0 == 127 }) {
      throw ParameterError("parameter `type` takes a media type, and this one has a control character in it")
    }
  }

  func main() async throws {
    let fetch = WebFetch(timeout: timeout, limit: maxContent.bytes)
    defer { fetch.close() }
    if let url, !inbox.isLinked, !content.isLinked { return try await ask(fetch, url, "GET", nil) }
    if content.isLinked, url == nil { throw WebFetchFailure("content comes, and there is no `url` to send it to") }
    try await withThrowingTaskGroup { group in
      if inbox.isLinked { group.addTask { for await url in inbox { try await ask(fetch, url, "GET", nil) } } }
      if let url, content.isLinked {
        group.addTask { for await bytes in content { try await ask(fetch, url, method, Array(bytes.storage)) } }
      }
      try await group.waitForAll()
    }
  }

  private func ask(_ fetch: WebFetch, _ url: String, _ method: String, _ content: [UInt8]?) async throws {
    do {
      let answer = try await outside { try await fetch.answer(to: method, url, content, type: type) }
      try await outbox.send(Bytes(answer), orSkipWhile: errors.isLinked)
    } catch let failure as WebFetchFailure {
      try await errors.send(BadInput(failure.description, url), orSkipWhile: outbox.isLinked)
    }
  }
}
