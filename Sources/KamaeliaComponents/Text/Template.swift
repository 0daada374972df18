import Kamaelia

/// A text with places for fields: `"{user.name:<12} {size:>8}"`.
///
/// `{}` stands for the whole message, `{name}` for a field, `{a.b}` for a field inside one; `{{` and `}}` are the braces
/// themselves. `:<n` fills up with blanks behind to `n` characters, `:>n` before, and `:.n` writes a number with `n` places
/// behind the point; `:>8.2` does both.
struct Template: ParameterValue, Hashable {
  enum Part: Hashable {
    case text(String)
    /// - Parameter path: names with dots between; empty for the whole message.
    case field(path: String, Column?)
  }

  /// How a field stands in a column.
  struct Column: Hashable {
    let isRight: Bool
    /// Characters at least, 0 to 1000.
    let width: Int
    /// Digits of a number behind its point, 0 to 9; nil to leave it as it is.
    let places: Int?

    /// What stands behind the `:`; nil where that is no column.
    init?(_ text: Substring) {
      let isAligned = text.first == "<" || text.first == ">"
      isRight = text.first == ">"
      let parts = (isAligned ? text.dropFirst() : text).split(
        separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
      guard let first = parts.first, isAligned || first.isEmpty else { return nil }
      let (width, places) = (isAligned ? Int(first) : 0, parts.dropFirst().first.map { Int($0) ?? -1 })
      guard let width, (isAligned ? 1 : 0)...1000 ~= width, places.map({ 0...9 ~= $0 }) ?? isAligned else { return nil }
      self.width = width
      self.places = places
    }

    func apply(to text: String) -> String {
      let text = places.map { Self.round(text, places: $0) } ?? text
      // Whether a long text is long enough is known without counting all of it.
      let count = text.prefix(width).count
      let blanks = String(repeating: " ", count: width - count)
      return isRight ? blanks + text : text + blanks
    }

    /// The number that the text is, to `places` digits behind the point; any other text, and a number too large for that,
    /// as it is.
    private static func round(_ text: String, places: Int) -> String {
      let scale = (0..<places).reduce(1) { scale, _ in scale * 10 }
      guard let number = Double(text), abs(number) * Double(scale) < 0x1p53 else { return text }
      let digits = Int((abs(number) * Double(scale)).rounded())
      let sign = number < 0 && digits > 0 ? "-" : ""
      guard places > 0 else { return "\(sign)\(digits)" }
      let fraction = String(digits % scale)
      return "\(sign)\(digits / scale)." + String(repeating: "0", count: places - fraction.count) + fraction
    }
  }

  let source: String
  let parts: [Part]

  static let parameterType = ParameterType.text
  var value: Value { .text(source) }

  init(_ value: Value) throws(ParameterError) {
    guard case .text(let source) = value else { throw .mismatch(value, Self.parameterType) }
    try self.init(source)
  }

  /// - Throws: where a brace has no partner, or what follows a `:` is no column.
  init(_ source: String) throws(ParameterError) {
    self.source = source
    var parts: [Part] = []
    var text = ""
    var rest = source[...]
    while let character = rest.popFirst() {
      switch character {
      case "{" where rest.first == "{", "}" where rest.first == "}":
        rest.removeFirst()
        text.append(character)
      case "{":
        guard let end = rest.firstIndex(where: { $0 == "}" || $0 == "{" }), rest[end] == "}" else {
          throw ParameterError("has a `{` without its `}` (a brace itself is written `{{`)")
        }
        if !text.isEmpty { parts.append(.text(text)) }
        text = ""
        parts.append(try Self.field(rest[..<end]))
        rest = rest[rest.index(after: end)...]
      case "}": throw ParameterError("has a `}` without its `{` (a brace itself is written `}}`)")
      default: text.append(character)
      }
    }
    if !text.isEmpty { parts.append(.text(text)) }
    self.parts = parts
  }

  private static func field(_ inside: Substring) throws(ParameterError) -> Part {
    guard let colon = inside.lastIndex(of: ":") else { return .field(path: String(inside), nil) }
    guard let column = Column(inside[inside.index(after: colon)...]) else {
      throw ParameterError(
        "has `{\(inside)}`, and what follows the `:` is `<` or `>` and a width from 1 to 1000, or `.` and a number of "
          + "digits from 0 to 9, or both as in `:>8.2`")
    }
    return .field(path: String(inside[..<colon]), column)
  }

  /// The fields that the template names.
  var paths: [String] {
    parts.compactMap { part in
      if case .field(let path, _) = part { path } else { nil }
    }
  }

  /// The text with its places filled.
  ///
  /// - Parameter field: what stands for a path; nil where there is nothing.
  /// - Throws: ``MissingField`` for the first that has nothing.
  func fill(_ field: (String) -> String?) throws(MissingField) -> String {
    var result = ""
    for part in parts {
      switch part {
      case .text(let text): result += text
      case .field(let path, let column):
        guard let text = field(path) else { throw MissingField(path: path) }
        result += column?.apply(to: text) ?? text
      }
    }
    return result
  }
}

/// A field that a template names and a message does not have.
struct MissingField: Error, Hashable, CustomStringConvertible {
  let path: String
  var description: String { "there is no field `\(path)`" }
}
