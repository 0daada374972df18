/// What a request asks for.
///
/// - Note: RFC 9112, 3.2. A full URL counts as its path, as it is a server that reads it.
package struct HTTPTarget: Sendable, Equatable {
  /// The path as it was sent, beginning with `/`; `*` for all of the server; empty for `CONNECT`.
  package let path: String
  /// What comes after the first `?`, as it was sent; `nil` without one.
  package let query: String?
  /// Host and port, where the target names them; they count more than the Host field.
  package let authority: String?

  /// - Throws: 400 for a form that the method does not have.
  init(_ bytes: ArraySlice<UInt8>, method: String) throws(HTTPRefusal) {
    if method == "CONNECT" {
      guard HTTPHost(bytes) != nil, !bytes.isEmpty else { throw HTTPRefusal(400, "the target is no host") }
      (path, query, authority) = ("", nil, String(decoding: bytes, as: UTF8.self))
      return
    }
    if bytes.elementsEqual([0x2A]), method == "OPTIONS" {
      (path, query, authority) = ("*", nil, nil)
      return
    }
    var rest = bytes
    var host: String?
    if bytes.first != 0x2F {
      let schemes = ["http://", "https://"]
      guard
        let scheme = schemes.first(where: { scheme in
          bytes.prefix(scheme.utf8.count).elementsEqual(scheme.utf8, by: { $0.lowercased == $1 })
        })
      else { throw HTTPRefusal(400, "the target is malformed") }
      rest = bytes.dropFirst(scheme.utf8.count)
      let end = rest.firstIndex { $0 == 0x2F || $0 == 0x3F } ?? rest.endIndex
      guard end > rest.startIndex, HTTPHost(rest[..<end]) != nil else {
        throw HTTPRefusal(400, "the target's host is malformed")
      }
      host = String(decoding: rest[..<end], as: UTF8.self)
      rest = rest[end...]
    }
    let mark = rest.firstIndex(of: 0x3F)
    let path = rest[..<(mark ?? rest.endIndex)]
    self.path = path.isEmpty ? "/" : String(decoding: path, as: UTF8.self)
    query = mark.map { String(decoding: rest[($0 + 1)...], as: UTF8.self) }
    authority = host
  }

  /// The path in its usual form: escapes of letters, digits and `-._~` written out, and `.` and `..` resolved.
  ///
  /// - Returns: `nil` where `..` would lead out of the root, and for what is no path.
  /// - Note: RFC 3986, 6.2.2.2 and 5.2.4.
  package var normalized: String? {
    guard path.utf8.first == 0x2F else { return nil }
    var names: [String] = []
    let parts = path.utf8.dropFirst().split(separator: 0x2F, omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      let name = Self.withoutNeedlessEscapes(part)
      let isLast = index == parts.count - 1
      switch name {
      case ".": if isLast { names.append("") }
      case "..":
        guard names.popLast() != nil else { return nil }
        if isLast { names.append("") }
      default: names.append(name)
      }
    }
    return "/" + names.joined(separator: "/")
  }

  private static func withoutNeedlessEscapes(_ part: Substring.UTF8View.SubSequence) -> String {
    guard part.contains(0x25) else { return String(decoding: part, as: UTF8.self) }
    let bytes = Array(part)
    var output: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == 0x25, index + 2 < bytes.count, let high = bytes[index + 1].hexadecimalValue,
        let low = bytes[index + 2].hexadecimalValue, UInt8(high << 4 | low).isUnreserved
      {
        output.append(UInt8(high << 4 | low))
        index += 3
      } else {
        output.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// The names that the path is made of once `.` and `..` are resolved, unescaped; the last is empty if the path ends with
  /// `/`.
  ///
  /// - Returns: `nil` if the path cannot be names below a folder: with `..` that lead out of it, an empty name before the
  ///   last, an escaped `/` or NUL, a wrong escape, or what is no UTF-8.
  package var names: [String]? {
    guard let path = normalized else { return nil }
    var names: [String] = []
    let parts = path.utf8.dropFirst().split(separator: 0x2F, omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      guard let name = Self.unescaped(part), !name.isEmpty || index == parts.count - 1 else { return nil }
      names.append(name)
    }
    return names
  }

  private static func unescaped(_ part: Substring.UTF8View.SubSequence) -> String? {
    var bytes: [UInt8] = []
    var iterator = part.makeIterator()
    while let byte = iterator.next() {
      guard byte == 0x25 else {
        bytes.append(byte)
        continue
      }
      guard let high = iterator.next()?.hexadecimalValue, let low = iterator.next()?.hexadecimalValue else {
        return nil
      }
      let value = UInt8(high << 4 | low)
      guard value != 0, value != 0x2F else { return nil }
      bytes.append(value)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
