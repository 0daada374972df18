import Kamaelia
import KamaeliaFormats

/// What messages mean as requests, with what parameters say besides.
struct ClientRequests: Sendable {
  /// Fields that say how a request is cut into bytes, and what only the client knows.
  static let own: Set = [
    "accept-encoding", "connection", "content-length", "expect", "host", "keep-alive", "te", "trailer",
    "transfer-encoding",
    "upgrade",
  ]

  /// The URL that what comes in is read from.
  let base: HTTPURL?
  private let method: String?
  private let fields: ExtraFields
  private let type: String
  /// Whether requests may go nowhere but to the host of ``base``.
  private let staysOnHost: Bool

  init(_ client: HTTPClient) throws(ParameterError) {
    base = client.url.flatMap { HTTPURL($0) }
    method = client.method
    fields = try ExtraFields(client.fields, besides: Self.own, whose: "the client")
    type = client.type
    staysOnHost = client.redirects != .anywhere
  }

  /// Whether a text is a method that can be asked by.
  static func isMethod(_ text: String) -> Bool { !text.isEmpty && text.utf8.allSatisfy { 0x41...0x5A ~= $0 } }

  func request(
    for url: HTTPURL, method: String? = nil, more: HTTPFields = HTTPFields(), type: String? = nil, content: [UInt8]?
  ) -> ClientRequest {
    var all = fields.added(to: more)
    if content != nil, !all.has("Content-Type") {
      do { try all.add("Content-Type", type ?? self.type) } catch {
        // It was looked at before launch.
      }
    }
    return ClientRequest(
      method: method ?? self.method ?? (content == nil ? "GET" : "POST"), url: url, fields: all, content: content)
  }

  func read(url text: String) -> Result<ClientRequest, UnreadableRequest> {
    find(text, in: text).map { request(for: $0, content: nil) }
  }

  func read(content: Bytes) -> Result<ClientRequest, UnreadableRequest> {
    guard let base else { return .failure(UnreadableRequest("there is no `url` to send it to", content.text)) }
    return .success(request(for: base, content: Array(content.storage)))
  }

  func read(request json: JSON) -> Result<ClientRequest, UnreadableRequest> {
    func bad(_ problem: String) -> Result<ClientRequest, UnreadableRequest> {
      .failure(UnreadableRequest(problem, json.text))
    }
    guard case .object(let members) = json else { return bad("a request is a JSON object") }
    let known = ["url", "method", "fields", "content"]
    if let odd = members.first(where: { !known.contains($0.name) }) {
      return bad("a request has `url`, `method`, `fields` and `content`, and no `\(odd.name)`")
    }
    var (url, method, more) = (base, String?.none, HTTPFields())
    if let text = json["url"], text != .null {
      guard case .string(let text) = text else { return bad("the `url` of a request is a text") }
      switch find(text, in: json.text) {
      case .success(let found): url = found
      case .failure(let problem): return .failure(problem)
      }
    }
    guard let url else { return bad("the request has no `url`") }
    if let word = json["method"], word != .null {
      guard case .string(let word) = word, Self.isMethod(word) else {
        return bad("the `method` of a request is a word such as `PUT`")
      }
      method = word
    }
    if let list = json["fields"], list != .null {
      guard case .object(let list) = list else { return bad("the `fields` of a request are an object") }
      for field in list {
        if Self.own.contains(field.name.lowercased()) { return bad("the client itself says `\(field.name)`") }
        do { try more.add(field.name, field.value.text) } catch { return bad(error.description) }
      }
    }
    switch json["content"] {
    case nil, .null: return .success(request(for: url, method: method, more: more, content: nil))
    case .string(let text):
      return .success(request(for: url, method: method, more: more, content: Array(text.utf8)))
    case let value?:
      let bytes = Array(value.encoded.utf8)
      return .success(request(for: url, method: method, more: more, type: "application/json", content: bytes))
    }
  }

  private func find(_ text: String, in input: String) -> Result<HTTPURL, UnreadableRequest> {
    guard let url = base.map({ $0.resolving(text) }) ?? HTTPURL(text) else {
      return .failure(UnreadableRequest("this is no URL of HTTP", input))
    }
    if let base, staysOnHost, url.host.lowercased() != base.host.lowercased() || url.port != base.port {
      return .failure(
        UnreadableRequest("this is not on the host and port of `url`, which `redirects: anywhere` allows", input))
    }
    return .success(url)
  }
}

/// Why a message is no request.
struct UnreadableRequest: Error {
  let description: String
  let input: String

  init(_ description: String, _ input: String) {
    self.description = description
    self.input = input
  }
}
