/// The version that a message says it is of.
package enum HTTPVersion: Sendable, Equatable {
  case http10
  /// 1.1, and any later version whose number begins with 1.
  case http11

  /// Reads `HTTP/1.1` and the like.
  ///
  /// - Throws: 400 for what is no version, 505 for one that does not begin with 1.
  init(_ bytes: ArraySlice<UInt8>) throws(HTTPRefusal) {
    guard bytes.count == 8, bytes.starts(with: "HTTP/".utf8), bytes[bytes.startIndex + 6] == 0x2E,
      let major = bytes[bytes.startIndex + 5].decimalValue, let minor = bytes[bytes.startIndex + 7].decimalValue
    else { throw HTTPRefusal(400, "the version of HTTP is malformed") }
    guard major == 1 else { throw HTTPRefusal(505, "HTTP/\(major).\(minor) is not spoken here") }
    self = minor == 0 ? .http10 : .http11
  }
}
