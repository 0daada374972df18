/// What a response says before its content.
package struct HTTPResponseHead: Sendable, Equatable {
  package var status: HTTPStatus
  package var fields: HTTPFields
  /// The version that a response was read with; written ones are always 1.1.
  package let version: HTTPVersion

  package init(_ status: HTTPStatus, _ fields: HTTPFields = HTTPFields(), version: HTTPVersion = .http11) {
    self.status = status
    self.fields = fields
    self.version = version
  }
}

/// How the content of a response is sent.
package enum HTTPContentLength: Sendable, Equatable {
  /// That many bytes follow, or would if the request were not HEAD.
  case known(Int)
  /// In chunks, or to an older client up to the end of the connection.
  case open
  /// There is none, and no field speaks of one.
  case none
}

/// Writes responses, each in the form that its request can read.
///
/// Content-Length, Transfer-Encoding, Connection and Date are its business, and are not among the fields it is given.
/// - Note: RFC 9112, 6 and 9; RFC 9110, 6.6.1.
package struct HTTPResponseWriter: Sendable {
  /// The connection goes on after the response.
  package let isPersistent: Bool
  private let isChunked: Bool
  private let isSilent: Bool
  /// The bytes before the content.
  package private(set) var head: [UInt8]

  /// - Parameters:
  ///   - head: status and fields.
  ///   - length: of the content.
  ///   - request: what is answered; `nil` if it could not be read, and the connection closes.
  ///   - date: the value of the Date field, as ``HTTPDate`` writes it.
  ///   - closing: the connection is to end with the response even where the request would have it go on.
  package init(
    _ head: HTTPResponseHead, length: HTTPContentLength, to request: HTTPRequestHead?, date: String,
    closing: Bool = false
  ) {
    let isOld = request?.version != .http11
    let hasNoContent = head.status.hasNoContent
    isSilent = hasNoContent || request?.method == "HEAD"
    isChunked = length == .open && !isOld && !hasNoContent
    let isSwitch = head.status.code == 101
    let endsWithConnection = length == .open && isOld && !isSilent
    isPersistent = !closing && !endsWithConnection && (request?.isPersistent ?? false)
    var bytes: [UInt8] = []
    // With room for a short content, which then goes along without another copy.
    if case .known(let count) = length { bytes.reserveCapacity(512 + min(count, 4096)) }
    bytes.append(contentsOf: "HTTP/1.1 ".utf8)
    bytes.append(decimal: head.status.code)
    bytes.append(0x20)
    bytes.append(contentsOf: head.status.phrase.utf8)
    bytes.append(contentsOf: "\r\nDate: ".utf8)
    bytes.append(contentsOf: date.utf8)
    bytes.append(contentsOf: "\r\n".utf8)
    head.fields.write(to: &bytes)
    if case .known(let count) = length, !hasNoContent || head.status.code == 304 {
      bytes.append(contentsOf: "Content-Length: ".utf8)
      bytes.append(decimal: count)
      bytes.append(contentsOf: "\r\n".utf8)
    }
    if isChunked { bytes.append(contentsOf: "Transfer-Encoding: chunked\r\n".utf8) }
    if !isSwitch, !isPersistent {
      bytes.append(contentsOf: "Connection: close\r\n".utf8)
    } else if !isSwitch, isOld {
      bytes.append(contentsOf: "Connection: keep-alive\r\n".utf8)
    }
    bytes.append(contentsOf: "\r\n".utf8)
    self.head = bytes
  }

  /// Gives the head away, so that more can be added to it without a copy.
  package mutating func takeHead() -> [UInt8] {
    defer { head = [] }
    return head
  }

  /// The answer to a client that waits with its content.
  package static let continueBytes: [UInt8] = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)

  /// Nothing may follow the head: the request was HEAD, or the status allows no content.
  package var isWithoutContent: Bool { isSilent }

  /// Some of the content as it is sent; nothing for nothing, since an empty chunk would be the end.
  package func content(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    if isSilent || bytes.isEmpty { return [] }
    guard isChunked else { return bytes }
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count + 20)
    output.append(contentsOf: String(bytes.count, radix: 16).utf8)
    output.append(contentsOf: [0x0D, 0x0A])
    output.append(contentsOf: bytes)
    output.append(contentsOf: [0x0D, 0x0A])
    return output[...]
  }

  /// The end of the content, with fields that are known only now; they are left out where there are no chunks.
  package func end(trailer: HTTPFields = HTTPFields()) -> [UInt8] {
    guard isChunked, !isSilent else { return [] }
    var output = Array("0\r\n".utf8)
    trailer.write(to: &output)
    output.append(contentsOf: [0x0D, 0x0A])
    return output
  }
}

extension [UInt8] {
  /// Appends a number that is not negative.
  mutating func append(decimal number: Int) {
    if number >= 10 { append(decimal: number / 10) }
    append(UInt8(0x30 + number % 10))
  }
}
