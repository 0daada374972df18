/// What is said about characters, texts and signs.
extension Diagnostic {
  static let noArithmetic = "there is no arithmetic: write the result, or make it a parameter"

  /// - Parameters:
  ///   - isAfterValue: whether a value or a name stands before it.
  ///   - inBrackets: whether it is among arguments or elements.
  ///   - isName: whether a name belongs there.
  static func strangeCharacter(
    _ place: Place, isAfterValue: Bool, inBrackets: Bool, isName: Bool = false
  ) -> Diagnostic {
    let text = place.text
    let isOne = text.unicodeScalars.count == 1
    let help: String? =
      if isAfterValue, ["+", "*", "/", "%", "^", "**"].contains(text) {
        noArithmetic
      } else if isName, text.unicodeScalars.contains(where: { $0.value >= 0x80 }) {
        "a name is made of letters, digits and `_`, and begins with a letter or `_`"
      } else if ["--", "---", "-"].contains(text) {
        "an arrow is written `->`, and a comment begins with `#`"
      } else if inBrackets {
        "a text stands in quotes: \"…\""
      } else if text.unicodeScalars.contains(where: { $0.value >= 0x80 }) {
        "it can stand in a text, between quotes, and in a comment, behind `#`"
      } else {
        nil
      }
    return Diagnostic(
      .strangeCharacter, "`\(text)` is no part of the language", at: place,
      caption: isOne ? "this character means nothing here" : "these characters mean nothing here",
      helps: help.map { [$0] } ?? [])
  }

  /// - Parameter places: all of them in the file, the first one being where it is said.
  static func carriageReturns(_ places: [Place]) -> Diagnostic {
    Diagnostic(
      .hiddenCharacter, "a carriage return alone ends no line", at: places[0],
      caption: places.count == 1 ? "U+000D" : "U+000D, and \(places.count - 1) more in this file",
      helps: ["a line ends with a line feed, or with both"],
      fixes: [Fix("write line feeds", places.map { .init($0, "\n") })])
  }

  /// - Parameter more: those that follow on the line.
  static func fullwidthSigns(
    _ place: Place, write right: String, more: [(place: Place, narrow: String)]
  ) -> Diagnostic {
    let edits = [Fix.Edit(place, right)] + more.map { .init($0.place, $0.narrow) }
    return Diagnostic(
      .foreignSign, "`\(place.text)` is written `\(right)` here", at: place, caption: "this one is as wide as two",
      labels: more.prefix(6).map { Label($0.place, "`\($0.narrow)`") },
      fixes: [Fix(more.isEmpty ? "write `\(right)`" : "write narrow signs", edits)])
  }

  static func continuedLine(_ place: Place) -> Diagnostic {
    Diagnostic(
      .foreignSign, "a line goes on after an arrow and inside brackets by itself", at: place,
      caption: "no sign is needed", fixes: [Fix("take it away", [.init(place, "")])])
  }

  static func copies(_ place: Place) -> Diagnostic {
    Diagnostic(
      .foreignSign, "`\(place.text)` is written `replicate` here", at: place,
      fixes: [Fix("write `replicate`", [.init(place, "replicate")])])
  }

  static func notUTF8(_ byte: UInt8, _ place: Place) -> Diagnostic {
    Diagnostic(
      .notUTF8, "this file is not in UTF-8", at: place,
      caption: "the byte 0x\(hex(UInt32(byte), 2)) begins no character",
      helps: ["save it as UTF-8; `iconv -f latin1 -t utf-8` converts a file"])
  }

  static func controlCharacter(_ byte: UInt8, _ place: Place) -> Diagnostic {
    Diagnostic(
      .hiddenCharacter, "a control character stands here", at: place, caption: "U+\(hex(UInt32(byte), 4))",
      helps: ["in a text, write it as `\\u{\(hex(UInt32(byte), 1))}`"])
  }

  /// - Parameter fix: what it is to be replaced by, or `nil` where that is not known.
  static func invisibleCharacter(_ scalar: Unicode.Scalar, _ place: Place, fix: String?) -> Diagnostic {
    let name = scalar.properties.name.map { " (\($0.lowercased()))" } ?? ""
    let title = fix == " " ? "write a space" : "take it away"
    return Diagnostic(
      .hiddenCharacter, "a character that cannot be seen stands here", at: place,
      caption: "U+\(hex(scalar.value, 4))\(name)",
      helps: fix == nil ? ["in a text, write it as `\\u{\(hex(scalar.value, 1))}`"] : [],
      fixes: fix.map { [Fix(title, [.init(place, $0)])] } ?? [])
  }

  /// Says: this file is no text.
  static func noText(_ place: Place) -> Diagnostic {
    Diagnostic(
      .hiddenCharacter, "this file is no text", at: place, caption: "the first byte that no text has",
      helps: ["a graph is written in UTF-8"])
  }

  enum UnclosedText {
    case text, rawText, command
    /// `r#"…"#`
    case fencedText
  }

  static func unclosedText(_ kind: UnclosedText, _ place: Place, end: Place) -> Diagnostic {
    let (sign, message) =
      switch kind {
      case .command: ("`", "no backtick closes this command")
      case .text, .rawText: ("\"", "no quote closes this text")
      case .fencedText: ("\"#", "no `\"#` closes this text")
      }
    let likely =
      kind == .command ? end : likelyEnd(of: Place(place.source, place.range.upperBound..<end.range.lowerBound))
    if kind == .text, closesBrackets(Place(place.source, place.range.upperBound..<end.range.lowerBound)) {
      // It was to end here, and one before it was not closed.
      return Diagnostic(
        .unclosedText, message, at: place, caption: "it begins here",
        helps: ["a quote seems to be missing further left on the line"])
    }
    return Diagnostic(
      .unclosedText, message, at: place, caption: "it begins here",
      labels: [Label(end, "and runs to the end of the line")],
      helps: kind == .command ? [] : ["for a line end inside a text, write `\\n`"],
      fixes: [Fix(likely == end ? "close it at the end of the line" : "close it here", [.init(likely, sign)])])
  }

  /// Whether nothing but closing brackets and what follows them stands in a text: `]`, `) -> a`.
  private static func closesBrackets(_ text: Place) -> Bool {
    let bytes = text.source.bytes[text.range].drop { $0 == UInt8(ascii: " ") }
    let rest = bytes.drop { ")]},".utf8.contains($0) }
    return rest.startIndex > bytes.startIndex
      && (rest.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }
        || rest.drop { $0 == UInt8(ascii: " ") }.starts(with: "-".utf8)
        || rest.starts(with: " ".utf8))
  }

  /// Where the text that nothing closes was probably to end: before the arrow that follows, and before what closes a
  /// bracket that was opened outside.
  private static func likelyEnd(of text: Place) -> Place {
    let bytes = Array(text.source.bytes[text.range])
    var depth = 0
    var end = bytes.count
    for (index, byte) in bytes.enumerated() {
      let rest = bytes[index...]
      if rest.starts(with: " ->".utf8) || rest.starts(with: " -[".utf8) {
        end = index
        break
      }
      if "([{".utf8.contains(byte) { depth += 1 }
      if ")]}".utf8.contains(byte) {
        if depth == 0 {
          end = index
          break
        }
        depth -= 1
      }
    }
    let offset = text.range.lowerBound + end
    return Place(text.source, offset..<offset)
  }

  static func badEscape(_ place: Place) -> Diagnostic {
    Diagnostic(
      .badEscape, "`\(place.text)` is no escape", at: place,
      caption: "\\n \\t \\r \\0 \\\\ \\\" \\$ and \\u{…} are",
      helps: ["`r\"…\"` takes backslashes as they are, which suits patterns"],
      fixes: [Fix("write the backslash twice", [.init(Place(place.source, place.range.prefix(0)), "\\")])])
  }

  static func badUnicodeEscape(_ place: Place) -> Diagnostic {
    Diagnostic(
      .badEscape, "`\(place.text)` names no character", at: place,
      caption: "\\u{…} holds a number in hexadecimal, such as \\u{1F600}")
  }

  static func badInterpolation(_ place: Place, isClosed: Bool) -> Diagnostic {
    let text = place.text
    let message: String =
      if !isClosed {
        "no `}` closes this `${`"
      } else if text == "${}" {
        "`${}` names no parameter"
      } else {
        "`\(text)` is not the name of a parameter"
      }
    return Diagnostic(
      .badInterpolation, message, at: place, caption: "`${name}` holds one name",
      helps: ["for the characters themselves, write `\\${`"])
  }

  static func foreignQuotes(_ place: Place, content: String) -> Diagnostic {
    let quoted = quoted(content)
    return Diagnostic(
      .foreignQuotes, "texts stand in straight double quotes", at: place, caption: "these quotes are none here",
      fixes: [Fix("write `\(quoted)`", [.init(place, quoted)])])
  }

  /// A text of these characters, in double quotes.
  static func quoted(_ content: String) -> String {
    var quoted = "\""
    for scalar in content.unicodeScalars {
      switch scalar {
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case "\"", "\\":
        quoted += "\\"
        quoted.unicodeScalars.append(scalar)
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// A raw text of these characters; nil where there is none.
  static func rawQuoted(_ content: String) -> String? {
    if content.utf8.contains(where: { $0 < 0x20 }) { return nil }
    if !content.utf8.contains(UInt8(ascii: "\"")) { return "r\"\(content)\"" }
    return content.contains("\"#") ? nil : "r#\"\(content)\"#"
  }

  /// - Parameters:
  ///   - prefix: what stands before the quotes, such as `f`.
  ///   - content: what stands between them, as written.
  ///   - isDeclared: whether a name is one of a parameter.
  static func prefixedText(
    _ place: Place, prefix: String, content: String, isDeclared: (String) -> Bool
  ) -> Diagnostic {
    let isRaw = prefix.lowercased().contains("r")
    let isFormatted = ["f", "fr", "rf", "s"].contains(prefix.lowercased())
    var text = content
    if isFormatted, !isRaw {
      // What stands in braces there is a parameter here if there is one, or else a field for `Format`.
      text = text.replacing(/\$?\{([A-Za-z_][A-Za-z0-9_]*)\}/.matchingSemantics(.unicodeScalar)) {
        isDeclared(String($0.1)) ? "${\($0.1)}" : "{\($0.1)}"
      }
    }
    let written =
      isRaw
      ? rawQuoted(text)
      : place.text.hasSuffix("'") ? quoted(text.replacing("\\'", with: "'")) : "\"\(text)\""
    return Diagnostic(
      .foreignQuotes,
      prefix == "r" ? "texts stand in straight double quotes" : "a text has no prefix but `r`", at: place,
      caption: prefix == "r" ? "these quotes are none here" : "`\(prefix)` means nothing here",
      helps: isFormatted
        ? ["`${name}` puts the value of a parameter into a text, and `Format` the fields of a message"] : [],
      fixes: written.map { [Fix("write `\($0)`", [.init(place, $0)])] } ?? [])
  }

  /// - Parameters:
  ///   - place: the three quotes at the beginning.
  ///   - whole: up to those at the end.
  static func threefoldQuotes(_ place: Place, whole: Place, content: String, isDescription: Bool) -> Diagnostic {
    if isDescription {
      let lines = content.utf8.split(separator: UInt8(ascii: "\n")).map { line in
        "## " + String(decoding: line, as: UTF8.self).drop { $0.isWhitespace }
      }.map { String($0.reversed().drop { $0.isWhitespace }.reversed()) }.filter { $0 != "##" }
      return Diagnostic(
        .foreignComment, "a description begins with `##` on each of its lines", at: place, caption: "this begins none",
        fixes: [Fix("write `##`", [.init(whole, lines.joined(separator: "\n"))])])
    }
    let quoted = quoted(content)
    return Diagnostic(
      .foreignQuotes, "a text stands on one line, in one quote at each end", at: place,
      caption: "these quotes are none here", helps: ["a line end inside a text is written `\\n`"],
      fixes: quoted.utf8.count > 400 ? [] : [Fix("write it on one line", [.init(whole, quoted)])])
  }

  /// - Parameter flags: the letters behind the second slash.
  static func patternInSlashes(_ place: Place, content: String, flags: String) -> Diagnostic {
    let pattern = (flags.contains("i") ? "(?i)" : "") + content.replacing("\\/", with: "/")
    var fixes = rawQuoted(pattern).map { [Fix("write `\($0)`", [.init(place, $0)])] } ?? []
    let isPath = flags.isEmpty && content.allSatisfy { $0.isLetter || $0.isNumber || "._-".contains($0) }
    if isPath { fixes.append(Fix("for a path, write `\"\(place.text)\"`", [.init(place, "\"\(place.text)\"")])) }
    return Diagnostic(
      .textWithoutQuotes, "a pattern is a text, and stands in quotes", at: place,
      caption: "slashes around it are none", fixes: fixes)
  }

  static func foreignComment(_ place: Place, isBlock: Bool) -> Diagnostic {
    Diagnostic(
      .foreignComment, "a comment begins with `#`", at: place, caption: "this begins none",
      helps: isBlock ? ["a comment ends with its line; begin each line with `#`"] : [],
      fixes: isBlock ? [] : [Fix("write `#`", [.init(place, "#")])])
  }

  static func foreignSign(_ place: Place, write right: String) -> Diagnostic {
    let word = right.hasSuffix(" ") ? String(right.dropLast()) : right
    return Diagnostic(
      .foreignSign, "`\(place.text)` is written `\(word)` here", at: place,
      fixes: [Fix("write `\(word)`", [.init(place, right)])])
  }

  static func arrowToTheLeft(_ place: Place) -> Diagnostic {
    Diagnostic(
      .foreignSign, "linkages run from left to right", at: place, caption: "this arrow points to the left",
      helps: ["write the outbox first: `from -> to`"])
  }

  static func semicolon(_ place: Place, inBrackets: Bool, isLast: Bool) -> Diagnostic {
    let (message, title, replacement) =
      if inBrackets {
        ("arguments are parted by commas", "write `,`", ",")
      } else if isLast {
        ("a statement ends with its line, not with `;`", "take it away", "")
      } else {
        ("a statement ends with its line, not with `;`", "begin a new line", "\n")
      }
    return Diagnostic(.semicolon, message, at: place, fixes: [Fix(title, [.init(place, replacement)])])
  }

  static func textWithoutQuotes(_ place: Place, text: String) -> Diagnostic {
    Diagnostic(
      .textWithoutQuotes, "this looks like a text, and a text stands in quotes", at: place,
      helps: text.isQuotient ? [noArithmetic] : [],
      fixes: [Fix("write `\"\(text)\"`", [.init(place, "\"\(text)\"")])])
  }

  static func tooLarge(_ source: Source) -> Diagnostic {
    Diagnostic(
      .tooLarge, "this file is larger than 8 MiB", at: Place(source, 0..<0),
      caption: "it has \(source.bytes.count) bytes, and nothing of it has been read")
  }

  static func tooManyErrors(_ place: Place, limit: Int) -> Diagnostic {
    Diagnostic(
      .tooManyErrors, "there are more than \(limit) errors of syntax", at: place,
      caption: "what follows is not reported", helps: ["mend the first ones first: they may have caused the others"])
  }

  private static func hex(_ value: UInt32, _ digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}

extension String {
  /// Whether it may be meant for a division: `width/2`.
  fileprivate var isQuotient: Bool {
    let parts = split(separator: "/", omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[0].isEmpty && !parts[1].isEmpty
      && parts[1].allSatisfy { $0.isASCII && $0.isNumber }
      && parts[0].allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
  }
}
