import Kamaelia

/// A text with places for fields: `"{user.name:<12} {size:>8}"`.
///
/// `{}` stands for the whole message, `{name}` for a field, `{a.b}` for a field inside one; `{{` and `}}` are the braces
/// themselves. `:<n` fills up with blanks behind to `n` characters, `:>n` before.
struct Template: ParameterValue, Hashable {
  enum Part: Hashable {
    case text(String)
    /// - Parameter path: names with dots between; empty for the whole message.
    case field(path: String, Alignment?)
  }

  /// A field at the left or the right of a column.
  struct Alignment: Hashable {
    let isRight: Bool
    /// Characters at least, 1 to 1000.
    let width: Int

    func apply(to text: String) -> String {
      // Whether a long text is long enough is known without counting all of it.
      let count = text.prefix(width).count
      let blanks = String(repeating: " ", count: width - count)
      return isRight ? blanks + text : text + blanks
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
    let column = inside[inside.index(after: colon)...]
    guard column.first == "<" || column.first == ">", let width = Int(column.dropFirst()), 1...1000 ~= width else {
      throw ParameterError("has `{\(inside)}`, and what follows the `:` is `<` or `>` and a width from 1 to 1000")
    }
    return .field(path: String(inside[..<colon]), Alignment(isRight: column.first == ">", width: width))
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
      case .field(let path, let alignment):
        guard let text = field(path) else { throw MissingField(path: path) }
        result += alignment?.apply(to: text) ?? text
      }
    }
    return result
  }
}

/// A field that a template names and a message does not have.
struct MissingField: Error, Hashable {
  let path: String
}
