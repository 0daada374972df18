import Kamaelia
import KamaeliaFormats

/// A request that HTTPClient makes.
struct ClientRequest: Sendable {
  var method: String
  var url: HTTPURL
  /// What is said besides what each request says.
  var fields: HTTPFields
  var content: [UInt8]?

  /// Whether to make it twice does the same as to make it once (RFC 9110, 9.2.2).
  var isIdempotent: Bool { ["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"].contains(method) }

  /// All fields but those that say how the content is sent.
  func allFields() throws(HTTPFieldError) -> HTTPFields {
    var all = fields
    if let credentials = url.credentials, !all.has("Authorization") {
      try all.add("Authorization", HTTPRequestWriter.authorization(credentials))
    }
    var usual = HTTPFields()
    try usual.add("User-Agent", "kamaelia/\(Version.current)")
    try usual.add("Accept", "*/*")
    // So that what comes is what counts as the length of the content.
    try usual.add("Accept-Encoding", "identity")
    all.fill(from: usual)
    return all
  }

  /// What an answer with this status and this Location asks for.
  ///
  /// - Note: RFC 9110, 15.4. What shows who asks is not for other servers.
  func redirected(to url: HTTPURL, status: Int) -> ClientRequest {
    var next = self
    next.url = url
    let changes = status == 303 ? method != "HEAD" : status <= 302 && method == "POST"
    if changes {
      (next.method, next.content) = ("GET", nil)
      next.fields = fields.without(["Content-Type"])
    }
    if !url.hasOrigin(of: self.url) { next.fields = next.fields.without(["Authorization", "Cookie"]) }
    return next
  }
}

extension HTTPFields {
  fileprivate func without(_ names: [String]) -> HTTPFields {
    guard names.contains(where: has) else { return self }
    var rest = HTTPFields()
    for field in self where !names.contains(where: { $0.lowercased() == field.name.lowercased() }) {
      do { try rest.add(field.name, field.value) } catch {
        // What was in one list of fields can be in another.
      }
    }
    return rest
  }
}
