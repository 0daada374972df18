/// What a request says before its content.
package struct HTTPRequestHead: Sendable, Equatable {
  /// A token such as `GET`; case counts.
  package let method: String
  /// What is asked for.
  package let target: HTTPTarget
  package let version: HTTPVersion
  package let fields: HTTPFields
  /// How the end of the content is found: never `untilClose`.
  package let framing: HTTPFraming

  /// The client would send another request on the same connection.
  package var isPersistent: Bool {
    if fields.lists("close", in: "Connection") { return false }
    return version == .http11 || fields.lists("keep-alive", in: "Connection")
  }

  /// The client waits for `100 Continue` before it sends the content.
  package var expectsContinue: Bool {
    version == .http11 && framing != .length(0) && fields.lists("100-continue", in: "Expect")
  }

  /// Reads the first line and judges it with the fields.
  ///
  /// - Throws: the answer that the request gets.
  /// - Note: RFC 9112, 3; RFC 9110, 7.2 and 10.1.1.
  init(_ line: RequestLine, _ fields: HTTPFields, _ limits: HTTPLimits) throws(HTTPRefusal) {
    method = line.method
    target = line.target
    version = line.version
    self.fields = fields
    let hosts = fields.values("Host")
    guard hosts.count <= 1 else { throw HTTPRefusal(400, "there are several Hosts") }
    guard version == .http10 || !hosts.isEmpty else { throw HTTPRefusal(400, "there is no Host") }
    if let host = hosts.first, HTTPHost(host.utf8) == nil { throw HTTPRefusal(400, "the Host is malformed") }
    framing = try HTTPFraming.ofRequest(fields, version, limit: limits.body)
    if version == .http11, let expectation = fields["Expect"], !fields.lists("100-continue", in: "Expect") {
      throw HTTPRefusal(417, "`\(expectation)` cannot be met")
    }
  }
}

/// A request's first line.
struct RequestLine: Sendable {
  let method: String
  let target: HTTPTarget
  let version: HTTPVersion

  /// - Parameter bytes: the line without its end.
  /// - Throws: 400 unless it has exactly the three parts with one space between each, 505 for another version.
  init(_ bytes: ArraySlice<UInt8>) throws(HTTPRefusal) {
    guard let first = bytes.firstIndex(of: 0x20), let last = bytes.lastIndex(of: 0x20), first < last else {
      throw HTTPRefusal(400, "the request line has not three parts")
    }
    let method = bytes[..<first]
    guard !method.isEmpty, method.allSatisfy(\.isTokenCharacter) else {
      throw HTTPRefusal(400, "the method is malformed")
    }
    let target = bytes[(first + 1)..<last]
    guard !target.isEmpty, target.allSatisfy(\.isTargetCharacter) else {
      throw HTTPRefusal(400, "the target is malformed")
    }
    version = try HTTPVersion(bytes[(last + 1)...])
    self.method = String(decoding: method, as: UTF8.self)
    self.target = try HTTPTarget(target, method: self.method)
  }
}
