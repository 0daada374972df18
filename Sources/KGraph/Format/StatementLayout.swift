import Kamaelia

/// Makes a layout of the tokens of one statement, or of what stands before its block.
///
/// Spaces and line ends are decided here and nowhere else; the words and signs stay as they are, but for the comma
/// after the last element, which stands exactly where a list is broken.
struct StatementLayout {
  /// A token, a whole text or command, or a comment.
  private struct Piece {
    let kind: Token.Kind
    let text: String
    let offset: Int
    /// For comments: whether it is the first on its line.
    var isAlone = false
  }

  private var pieces: [Piece] = []
  private var next = 0
  private let attached: Set<Int>
  private let isCondition: Bool
  private let isDefaults: Bool

  /// - Parameters:
  ///   - attached: the offsets of signs that follow what is before them without a space, as only the tree can tell.
  ///   - isCondition: whether parentheses may group conditions.
  ///   - isDefaults: whether braces have spaces inside.
  init(
    _ source: Source, _ tokens: ArraySlice<Token>, attached: Set<Int>, isCondition: Bool = false,
    isDefaults: Bool = false
  ) {
    self.attached = attached
    self.isCondition = isCondition
    self.isDefaults = isDefaults
    var isNewLine = false
    var index = tokens.startIndex
    while index < tokens.endIndex {
      let token = tokens[index]
      index += 1
      var end = token.range.upperBound
      switch token.kind {
      case .newline: isNewLine = true
      case .byteOrderMark, .shebang, .blank: break
      case .quote, .backtick:
        while index < tokens.endIndex, tokens[index].kind != token.kind { index += 1 }
        if index < tokens.endIndex {
          end = tokens[index].range.upperBound
          index += 1
        }
        fallthrough
      default:
        var text = source.text(token.range.lowerBound..<end)
        if token.isTrivia { text = text.trimmingTrailingBlanks }
        pieces.append(
          Piece(kind: token.kind, text: text, offset: token.range.lowerBound, isAlone: token.isTrivia && isNewLine))
        isNewLine = false
      }
    }
  }

  /// - Parameters:
  ///   - width: columns that the first word takes at least.
  ///   - suffix: what follows at once, such as the brace of a block.
  mutating func layout(firstWidth width: Int = 0, suffix: String = "") -> Layout {
    var parts = sequence(isTop: true)
    if case .text(let first)? = parts.first {
      parts[0] = .text(first.padded(to: width))
    }
    if !suffix.isEmpty { parts.append(.text(suffix)) }
    // Values parted by commas are on lines of their own, all equally far to the right.
    if parts.contains(where: { if case .text(",") = $0 { true } else { false } }) { return .group([.indented(parts)]) }
    // What stands before the first arrow keeps the statement's indentation, so that a list broken there does too.
    let first = parts.firstIndex { if case .line = $0 { true } else { false } } ?? parts.count
    return .group(Array(parts[..<first]) + [.indented(Array(parts[first...]))])
  }

  /// Pieces up to a comma or closing bracket of the list around them, or to the end.
  private mutating func sequence(isTop: Bool) -> [Layout] {
    var parts: [Layout] = []
    var before: Piece?
    while next < pieces.count {
      let piece = pieces[next]
      switch piece.kind {
      case .closeParenthesis, .closeBracket, .closeBrace: return parts
      case .comma:
        guard isTop else { return parts }
        next += 1
        parts += [.text(","), .line]
        before = nil
        continue
      case .comment, .documentation:
        next += 1
        parts.append(.comment(piece.text, isTrailing: !piece.isAlone))
        continue
      case .arrow, .arrowOptions:
        if isTop, before != nil { parts.append(.line) } else if before != nil { parts.append(.text(" ")) }
        parts += arrow()
        before = pieces[next - 1]
        continue
      default: break
      }
      if let before, isSpaced(before, piece) { parts.append(.text(" ")) }
      switch piece.kind {
      case .openParenthesis, .openBracket, .openBrace:
        parts.append(list(isGroupOfConditions: isGroupOfConditions(before, piece)))
        before = pieces[next - 1]
      default:
        next += 1
        parts.append(.text(piece.text))
        before = piece
      }
    }
    return parts
  }

  private mutating func arrow() -> [Layout] {
    guard pieces[next].kind == .arrowOptions else {
      next += 1
      return [.text("->")]
    }
    var parts = [list(isGroupOfConditions: false)]
    if next < pieces.count, pieces[next].kind == .arrow {
      next += 1
      parts.append(.text("->"))
    }
    return parts
  }

  /// Elements from the opening bracket, which is next, to the closing one.
  private mutating func list(isGroupOfConditions: Bool) -> Layout {
    let opening = pieces[next]
    next += 1
    let edge = isDefaults && opening.kind == .openBrace ? Layout.line : .edge
    var inner: [Layout] = []
    var isEmpty = true
    let isFilled = opening.kind == .openBracket && holdsShortValues(from: next)
    while next < pieces.count, ![.closeParenthesis, .closeBracket, .closeBrace].contains(pieces[next].kind) {
      var element = sequence(isTop: false)
      var comments: [Layout] = []
      while case .comment? = element.last { comments.insert(element.removeLast(), at: 0) }
      let hasComma = next < pieces.count && pieces[next].kind == .comma
      if hasComma { next += 1 }
      let isLast = next >= pieces.count || isClosing(afterCommentsFrom: next)
      if !element.isEmpty, !isGroupOfConditions { element.append(isLast ? .whenBroken(",") : .text(",")) }
      if inner.isEmpty {
        inner = [edge] + element
      } else if isFilled {
        inner.append(.filled(element))
      } else {
        inner += [.line] + element
      }
      if next < pieces.count, hasComma, pieces[next].kind == .comment, !pieces[next].isAlone {
        comments.append(.comment(pieces[next].text, isTrailing: true))
        next += 1
      }
      inner += comments
      isEmpty = false
    }
    var closing = ""
    if next < pieces.count {
      closing = pieces[next].text
      next += 1
    }
    if isEmpty { return .text(opening.text + closing) }
    // A list in a list, and nothing else: both are broken at once, and the brackets stay together.
    if inner.count == 3, case .group = inner[1], case .whenBroken = inner[2] {
      return .group([.text(opening.text), inner[1], .text(closing)])
    }
    return .group([.text(opening.text), .indented(inner), edge, .text(closing)])
  }

  /// True if the list from there on holds values of at most twelve columns and nothing else: several go on one line.
  private func holdsShortValues(from start: Int) -> Bool {
    var index = start
    var width = 0
    while index < pieces.count {
      switch pieces[index].kind {
      case .closeBracket: return true
      case .comma: width = 0
      case .number, .quote, .rawString, .dollar: width += pieces[index].text.unicodeScalars.count
      case .identifier where ["true", "false"].contains(pieces[index].text): break
      case .identifier where index > start && pieces[index - 1].kind == .dollar:
        width += pieces[index].text.unicodeScalars.count
      default: return false
      }
      if width > 12 { return false }
      index += 1
    }
    return false
  }

  /// True if nothing but comments stands before the closing bracket.
  private func isClosing(afterCommentsFrom start: Int) -> Bool {
    var index = start
    while index < pieces.count, pieces[index].kind == .comment || pieces[index].kind == .documentation { index += 1 }
    return index >= pieces.count || [.closeParenthesis, .closeBracket, .closeBrace].contains(pieces[index].kind)
  }

  private func isGroupOfConditions(_ before: Piece?, _ piece: Piece) -> Bool {
    guard isCondition, piece.kind == .openParenthesis else { return false }
    guard let before else { return true }
    return ["if", "not", "and", "or"].contains(before.text)
  }

  /// Whether a space stands between two neighbours.
  private func isSpaced(_ before: Piece, _ piece: Piece) -> Bool {
    switch piece.kind {
    case .comma, .colon, .dot, .question: return false
    case .range: return !attached.contains(piece.offset)
    case .openParenthesis: return isGroupOfConditions(before, piece)
    case .openBracket: return !attached.contains(piece.offset)
    default: break
    }
    switch before.kind {
    case .dollar, .at, .dot, .range: return false
    default: return true
    }
  }
}

extension String {
  /// The text with spaces after it, up to `width` characters.
  func padded(to width: Int) -> String {
    let count = DisplayWidth.of(self)
    return count < width ? self + String(repeating: " ", count: width - count) : self
  }

  /// The text without blank space at its end.
  var trimmingTrailingBlanks: String {
    var scalars = unicodeScalars[...]
    while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
    return String(scalars)
  }
}
