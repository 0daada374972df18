/// Reads a pattern, in the syntax of Swift's regular expressions, just as far as it takes to see how it is made up.
struct PatternReader {
  /// What has not been read yet.
  private(set) var rest: Substring.UnicodeScalarView

  init(_ pattern: String) { rest = pattern[...].unicodeScalars }

  /// The scalar that comes next, which is read by that; nil at the end.
  mutating func next() -> Unicode.Scalar? { rest.popFirst() }

  /// Passes over one scalar if it is `scalar`.
  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard rest.first == scalar else { return false }
    rest.removeFirst()
    return true
  }

  /// What stands before the next `end`, which is passed over too; nil where there is none.
  mutating func take(through end: Unicode.Scalar) -> Substring.UnicodeScalarView? {
    guard let place = rest.firstIndex(of: end) else { return nil }
    defer { rest = rest[rest.index(after: place)...] }
    return rest[..<place]
  }

  /// The scalar behind a `\\` that was read; nil where it begins a quotation, and at the end.
  mutating func escaped() -> Unicode.Scalar? { rest.popFirst().flatMap { $0 == "Q" ? nil : $0 } }

  /// Passes over a class whose `[` was read.
  ///
  /// - Returns: whether all of it was understood.
  mutating func skipClass() -> Bool {
    _ = take("^")
    // A bracket that comes first may be meant as itself.
    if rest.first == "]" { return false }
    while let scalar = next() {
      switch scalar {
      case "]": return true
      case "[": return false
      case "\\": if escaped() == nil { return false }
      default: break
      }
    }
    return false
  }
}
