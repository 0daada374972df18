/// What tells one state of a content from another.
package struct HTTPValidators: Sendable, Equatable {
  /// With its quotes, such as `"5f-1a2"`; `W/` before it if it is weak.
  package let tag: String
  package let modified: HTTPDate

  package init(tag: String, modified: HTTPDate) {
    self.tag = tag
    self.modified = modified
  }
}

/// What the conditions of a request come to.
package enum HTTPCondition: Sendable, Equatable {
  /// It is done as asked.
  case met
  /// The client has the same already: 304.
  case notModified
  /// What the client presumes is not so: 412.
  case failed

  /// - Parameters:
  ///   - request: with If-Match, If-Unmodified-Since, If-None-Match and If-Modified-Since, which count in that order.
  ///   - validators: of what is there.
  /// - Note: RFC 9110, 13.2.2.
  package init(_ request: HTTPRequestHead, _ validators: HTTPValidators) {
    let fields = request.fields
    let isReading = request.method == "GET" || request.method == "HEAD"
    self = .met
    if fields.has("If-Match") {
      let tags = fields.elements(of: "If-Match")
      guard tags == ["*"] || tags.contains(where: { Self.isSameStrongly($0, validators.tag) }) else {
        self = .failed
        return
      }
    } else if let date = fields["If-Unmodified-Since"].flatMap(HTTPDate.init), validators.modified > date {
      self = .failed
      return
    }
    if fields.has("If-None-Match") {
      let tags = fields.elements(of: "If-None-Match")
      if tags == ["*"] || tags.contains(where: { Self.isSameWeakly($0, validators.tag) }) {
        self = isReading ? .notModified : .failed
      }
    } else if isReading, let date = fields["If-Modified-Since"].flatMap(HTTPDate.init), validators.modified <= date {
      self = .notModified
    }
  }

  /// Whether a Range counts: there is no If-Range, or it names what is there.
  ///
  /// - Note: RFC 9110, 13.1.5. A date must be the same one.
  package static func rangeCounts(_ request: HTTPRequestHead, _ validators: HTTPValidators) -> Bool {
    guard let value = request.fields["If-Range"] else { return true }
    if value.hasPrefix("\"") || value.hasPrefix("W/") { return isSameStrongly(value, validators.tag) }
    return HTTPDate(value) == validators.modified
  }

  private static func isSameStrongly(_ first: String, _ second: String) -> Bool {
    first == second && !first.hasPrefix("W/")
  }

  private static func isSameWeakly(_ first: String, _ second: String) -> Bool {
    func opaque(_ tag: String) -> Substring { tag.hasPrefix("W/") ? tag.dropFirst(2) : tag[...] }
    return opaque(first) == opaque(second)
  }
}
