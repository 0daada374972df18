/// What is said about characters, texts and signs.
extension Diagnostic {
  static func strangeCharacter(_ place: Place) -> Diagnostic {
    let isOne = place.text.unicodeScalars.count == 1
    return Diagnostic(
      .strangeCharacter, "`\(place.text)` is no part of the language", at: place,
      caption: isOne ? "this character means nothing here" : "these characters mean nothing here",
      helps: ["a text stands in quotes: \"…\""])
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

  enum UnclosedText { case text, rawText, command }

  static func unclosedText(_ kind: UnclosedText, _ place: Place, end: Place) -> Diagnostic {
    let sign = kind == .command ? "`" : "\""
    let message =
      kind == .command ? "no backtick closes this command" : "no quote closes this text"
    let likely =
      kind == .command ? end : likelyEnd(of: Place(place.source, place.range.upperBound..<end.range.lowerBound))
    return Diagnostic(
      .unclosedText, message, at: place, caption: "it begins here",
      labels: [Label(end, "and runs to the end of the line")],
      helps: kind == .command ? [] : ["for a line end inside a text, write `\\n`"],
      fixes: [Fix(likely == end ? "close it at the end of the line" : "close it here", [.init(likely, sign)])])
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
    var quoted = ""
    for character in content {
      if character == "\"" || character == "\\" { quoted += "\\" }
      quoted.append(character)
    }
    return Diagnostic(
      .foreignQuotes, "texts stand in straight double quotes", at: place, caption: "these quotes are none here",
      fixes: [Fix("write `\"\(quoted)\"`", [.init(place, "\"\(quoted)\"")])])
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
