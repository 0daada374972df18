/// A URL as a client uses it: whom to connect to, and what to ask for.
///
/// - Note: RFC 3986. What a request line cannot hold, such as a blank or a letter with an accent, is escaped as browsers do it.
package struct HTTPURL: Sendable, Equatable {
  package enum Scheme: String, Sendable {
    case http, https, ws

    package var port: UInt16 { self == .https ? 443 : 80 }
  }

  package let scheme: Scheme
  /// A name or digits, without brackets.
  package let host: String
  package let port: UInt16
  /// Path and query; begins with `/`.
  package let target: String
  /// Name and password as they are joined by a colon; nil without any.
  package let credentials: String?

  /// Reads a whole URL.
  ///
  /// - Returns: nil for what is none, or has another scheme.
  package init?(_ text: String, _ schemes: [Scheme] = [.http, .https]) {
    guard let end = text.range(ofFirst: "://"), let scheme = Scheme(rawValue: text[..<end.lowerBound].lowercased()),
      schemes.contains(scheme)
    else { return nil }
    self.init(scheme, text[end.upperBound...].utf8)
  }

  private init?(_ scheme: Scheme, _ bytes: Substring.UTF8View) {
    let end = bytes.firstIndex { $0 == 0x2F || $0 == 0x3F || $0 == 0x23 } ?? bytes.endIndex
    var authority = Array(bytes[..<end])[...]
    if let at = authority.lastIndex(of: 0x40) {
      guard let credentials = Self.unescaped(authority[..<at]) else { return nil }
      self.credentials = credentials.contains(":") ? credentials : credentials + ":"
      authority = authority[(at + 1)...]
    } else {
      credentials = nil
    }
    guard let target = Self.target(bytes[end...]) else { return nil }
    // The number of an interface, as in `[fe80::1%eth0]`, is this machine's affair and not in the grammar of Host.
    var zone = ""
    if authority.first == 0x5B, let close = authority.firstIndex(of: 0x5D),
      let percent = authority[..<close].firstIndex(of: 0x25)
    {
      zone = String(decoding: authority[percent..<close], as: UTF8.self)
      guard zone.utf8.count > 1, zone.utf8.dropFirst().allSatisfy({ $0.isUnreserved }) else { return nil }
      authority.removeSubrange(percent..<close)
    }
    guard let host = HTTPHost(authority), 1...253 ~= host.name.utf8.count else { return nil }
    var port = scheme.port
    if let digits = host.port, !digits.isEmpty {
      guard let number = UInt16(digits), number > 0 else { return nil }
      port = number
    }
    (self.scheme, self.host, self.port, self.target) = (scheme, host.name + zone, port, target)
  }

  private init(_ base: HTTPURL, target: String) {
    (scheme, host, port, credentials) = (base.scheme, base.host, base.port, base.credentials)
    self.target = target
  }

  /// What the Host field says: without the port where that is the scheme's own.
  package var authority: String {
    let name = host.prefix { $0 != "%" }
    return (name.contains(":") ? "[\(name)]" : name) + (port == scheme.port ? "" : ":\(port)")
  }

  /// The whole URL, without name and password.
  package var text: String { "\(scheme.rawValue)://\(authority)\(target)" }

  /// Whether both are served by the same server at the same port in the same way.
  package func hasOrigin(of other: HTTPURL) -> Bool {
    (scheme, host.lowercased(), port) == (other.scheme, other.host.lowercased(), other.port)
  }

  /// What a reference means that stands at this URL.
  ///
  /// - Returns: nil for what leads to no such URL.
  /// - Note: RFC 3986, 5.2.
  package func resolving(_ reference: String, _ schemes: [Scheme] = [.http, .https]) -> HTTPURL? {
    if reference.utf8.starts(with: "//".utf8) { return HTTPURL(scheme, reference.dropFirst(2).utf8) }
    let head = reference.utf8.prefix { $0 != 0x2F && $0 != 0x3F && $0 != 0x23 }
    if head.contains(0x3A) { return HTTPURL(reference, schemes) }
    let path = target.prefix { $0 != "?" }
    let full: String
    switch reference.utf8.first {
    case nil, 0x23: return self
    case 0x2F: full = reference
    case 0x3F: full = path + reference
    default: full = path[...(path.lastIndex(of: "/") ?? path.startIndex)] + reference
    }
    guard let whole = Self.target(full[...].utf8) else { return nil }
    let mark = whole.firstIndex(of: "?") ?? whole.endIndex
    return HTTPURL(self, target: Self.withoutDots(whole[..<mark]) + whole[mark...])
  }

  /// Path and query in the form of a request line.
  private static func target(_ bytes: Substring.UTF8View) -> String? {
    var output: [UInt8] = bytes.first == 0x2F ? [] : [0x2F]
    for byte in bytes.prefix(while: { $0 != 0x23 }) {
      if byte.isTargetCharacter {
        output.append(byte)
      } else {
        guard byte >= 0x20, byte != 0x7F else { return nil }
        output.append(contentsOf: [0x25, hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]])
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  private static let hexadecimal = Array("0123456789ABCDEF".utf8)

  private static func withoutDots(_ path: Substring) -> String {
    var names: [Substring] = []
    let parts = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      guard part == "." || part == ".." else {
        names.append(part)
        continue
      }
      if part == ".." { _ = names.popLast() }
      if index == parts.count - 1 { names.append("") }
    }
    return "/" + names.joined(separator: "/")
  }

  private static func unescaped(_ bytes: ArraySlice<UInt8>) -> String? {
    var output: [UInt8] = []
    var rest = bytes
    while let byte = rest.popFirst() {
      guard byte == 0x25 else {
        output.append(byte)
        continue
      }
      guard let high = rest.popFirst()?.hexadecimalValue, let low = rest.popFirst()?.hexadecimalValue else {
        return nil
      }
      output.append(UInt8(high << 4 | low))
    }
    return String(validating: output, as: UTF8.self)
  }
}

extension String {
  fileprivate func range(ofFirst mark: StaticString) -> Range<Index>? {
    let mark = "\(mark)"
    var index = startIndex
    while index < endIndex {
      if self[index...].hasPrefix(mark) { return index..<self.index(index, offsetBy: mark.count) }
      index = self.index(after: index)
    }
    return nil
  }
}
