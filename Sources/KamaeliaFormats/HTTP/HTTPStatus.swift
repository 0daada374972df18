/// The status of a response, with its words.
///
/// - Note: RFC 9110, 15, and RFC 6585 for 429 and 431.
package struct HTTPStatus: Sendable, Hashable, ExpressibleByIntegerLiteral {
  /// Three digits: 100 to 999.
  package let code: Int

  /// - Returns: `nil` for a number that has not three digits.
  package init?(code: Int) {
    guard 100...999 ~= code else { return nil }
    self.code = code
  }

  /// A status that the program itself names.
  package init(integerLiteral code: Int) {
    precondition(100...999 ~= code, "a status has three digits")
    self.code = code
  }

  /// Responses with it have no content, whatever their fields say.
  package var hasNoContent: Bool { code < 200 || code == 204 || code == 304 }

  /// What the status is called; empty for one that has no registered name.
  package var phrase: String { Self.phrases[code] ?? "" }

  private static let phrases: [Int: String] = [
    100: "Continue", 101: "Switching Protocols", 200: "OK", 201: "Created", 202: "Accepted", 204: "No Content",
    206: "Partial Content", 301: "Moved Permanently", 302: "Found", 303: "See Other", 304: "Not Modified",
    307: "Temporary Redirect", 308: "Permanent Redirect", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden",
    404: "Not Found", 405: "Method Not Allowed", 406: "Not Acceptable", 408: "Request Timeout", 409: "Conflict",
    410: "Gone", 411: "Length Required", 412: "Precondition Failed", 413: "Content Too Large", 414: "URI Too Long",
    415: "Unsupported Media Type", 416: "Range Not Satisfiable", 417: "Expectation Failed", 421: "Misdirected Request",
    426: "Upgrade Required", 429: "Too Many Requests", 431: "Request Header Fields Too Large",
    500: "Internal Server Error", 501: "Not Implemented", 502: "Bad Gateway", 503: "Service Unavailable",
    504: "Gateway Timeout", 505: "HTTP Version Not Supported",
  ]
}
