/// How many columns of a terminal a text takes, and how a text is made safe to print.
package enum DisplayWidth {
  /// The columns of a whole text without tabs and line ends, which have no width of their own.
  package static func of(_ text: some StringProtocol) -> Int {
    text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } ? text.utf8.count : text.reduce(0) { $0 + of($1) }
  }

  /// As much of the beginning of a text as has room in so many columns.
  package static func prefix(of text: String, _ columns: Int) -> String {
    var width = 0
    return String(
      text.prefix { character in
        width += of(character)
        return width <= columns
      })
  }

  /// As much of the end of a text as has room in so many columns.
  package static func suffix(of text: String, _ columns: Int) -> String {
    String(prefix(of: String(text.reversed()), columns).reversed())
  }

  /// The columns of what a reader takes for one character: 0, 1 or 2.
  package static func of(_ character: Character) -> Int {
    var width = 0
    for scalar in character.unicodeScalars {
      if scalar == "\u{FE0F}" { return 2 }
      width = max(width, of(scalar))
    }
    return width
  }

  /// - Note: Unicode Standard Annex #11, East Asian Width (W and F count 2), and General Category (marks count 0).
  static func of(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 { return value < 0x20 || (0x7F..<0xA0).contains(value) || value == 0xAD ? 0 : 1 }
    if (0x1160...0x11FF).contains(value) { return 0 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator: return 0
    default: return value >= 0x1100 && isWide(scalar) ? 2 : 1
    }
  }

  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isEmojiPresentation || wide.contains { $0.contains(scalar.value) }
  }

  /// The ranges of W and F without emoji, which the standard library knows. Unassigned code points between are included.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x3247, 0x3250...0x4DBF, 0x4E00...0xA4CF,
    0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60,
    0xFFE0...0xFFE6, 0x16FE0...0x1B2FF, 0x1F200...0x1F202, 0x1F210...0x1F23B, 0x1F240...0x1F265, 0x1F300...0x1F320,
    0x1F400...0x1F43E, 0x1F3FB...0x1F3FF, 0x20000...0x3FFFD,
  ]
}

extension DisplayWidth {
  /// The character as it can be printed: what would move the cursor, hide, or turn the direction of writing is shown
  /// as a sign, and no more than eight marks stand on one letter.
  ///
  /// A source is not trusted: an escape sequence in it must not reach the terminal, nor may text read other than it is
  /// (CVE-2021-42574).
  package static func printable(_ character: Character) -> String {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return "" }
    if first.value < 0x20 { return scalars.map { picture(of: $0) }.joined() }
    if first.value < 0x7F, scalars.count == 1 { return String(character) }
    if first.value == 0x7F { return "\u{2421}" }
    var text = of(first) == 0 ? (isMark(first) ? "\u{25CC}" : "\u{FFFD}") : ""
    for scalar in scalars.prefix(9) where of(first) > 0 || isMark(scalar) {
      text.unicodeScalars.append(isHarmful(scalar) ? "\u{FFFD}" : scalar)
    }
    return text
  }

  /// A whole text made safe to print on one line.
  package static func printable(_ text: String) -> String {
    text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } ? text : text.map(printable).joined()
  }

  private static func picture(of scalar: Unicode.Scalar) -> String {
    Unicode.Scalar(scalar.value + 0x2400).map { String(Character($0)) } ?? "\u{FFFD}"
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: true
    default: (0x1160...0x11FF).contains(scalar.value)
    }
  }

  /// Controls, separators and the marks of direction.
  private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0...0x1F, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
