/// How the end of a message's content is found.
package enum HTTPFraming: Sendable, Equatable {
  /// After that many bytes, of which there may be none.
  case length(Int)
  /// With the chunk of no size.
  case chunked
  /// With the end of the connection; never in a request.
  case untilClose
}

extension HTTPFraming {
  /// What the fields say of a request's content.
  ///
  /// - Throws: 400 where two readers could find different ends: both kinds of length, several or odd lengths, a transfer
  ///   coding that is not last. 501 for another coding than `chunked`, 413 for a length over the limit.
  /// - Note: RFC 9112, 6.
  static func ofRequest(_ fields: HTTPFields, _ version: HTTPVersion, limit: Int) throws(HTTPRefusal) -> HTTPFraming {
    if fields.has("Transfer-Encoding") {
      if fields.has("Content-Length") {
        throw HTTPRefusal(400, "there is both a Content-Length and a Transfer-Encoding")
      }
      if version == .http10 { throw HTTPRefusal(400, "HTTP/1.0 has no Transfer-Encoding") }
      try checkChunked(fields)
      return .chunked
    }
    guard let length = try length(fields) else { return .length(0) }
    guard length <= limit else { throw HTTPRefusal(413, "the content is longer than \(limit) bytes") }
    return .length(length)
  }

  /// What the fields say of a response's content.
  ///
  /// - Parameter isBodiless: the response is to HEAD, or its status allows no content.
  /// - Throws: a refusal of what cannot be read safely, whatever its status.
  static func ofResponse(_ fields: HTTPFields, isBodiless: Bool) throws(HTTPRefusal) -> HTTPFraming {
    if isBodiless { return .length(0) }
    if fields.has("Transfer-Encoding") {
      if fields.has("Content-Length") {
        throw HTTPRefusal(502, "there is both a Content-Length and a Transfer-Encoding")
      }
      try checkChunked(fields)
      return .chunked
    }
    return try length(fields).map { .length($0) } ?? .untilClose
  }

  private static func checkChunked(_ fields: HTTPFields) throws(HTTPRefusal) {
    let codings = fields.elements(of: "Transfer-Encoding").map { Array($0.utf8.map(\.lowercased)) }
    let chunked = Array("chunked".utf8)
    guard !codings.isEmpty, codings.allSatisfy({ $0.allSatisfy { $0.isTokenCharacter } }) else {
      throw HTTPRefusal(400, "the Transfer-Encoding is malformed")
    }
    guard codings.dropLast().allSatisfy({ $0 != chunked }) else {
      throw HTTPRefusal(400, "`chunked` is not the last transfer coding")
    }
    guard codings == [chunked] else { throw HTTPRefusal(501, "the transfer coding is not known") }
  }

  /// The only Content-Length; a number that no `Int` holds is given as the largest.
  private static func length(_ fields: HTTPFields) throws(HTTPRefusal) -> Int? {
    let values = fields.values("Content-Length")
    guard let value = values.first else { return nil }
    guard values.count == 1 else { throw HTTPRefusal(400, "there are several Content-Lengths") }
    guard !value.isEmpty else { throw HTTPRefusal(400, "the Content-Length is malformed") }
    var length = 0
    for byte in value.utf8 {
      guard let digit = byte.decimalValue else { throw HTTPRefusal(400, "the Content-Length is malformed") }
      let (tens, isOver) = length.multipliedReportingOverflow(by: 10)
      let (sum, isOverToo) = tens.addingReportingOverflow(digit)
      length = isOver || isOverToo ? .max : sum
    }
    return length
  }
}
