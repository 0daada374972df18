import Kamaelia

/// What people type, made harmless: whatever it is, it stays on one line, and is no other's words.
enum RoomWords {
  /// The most characters of a name, of a person or of a room.
  static let longestName = 24

  /// A name of letters, digits, emoji, `-`, `_`, `.`, `'` and single blanks inside; all else is left out. So no name looks like
  /// a name with something said behind it, or like markup.
  ///
  /// - Returns: at most ``longestName`` characters; empty where nothing is left.
  static func name(_ text: String) -> String {
    var name = ""
    var count = 0
    var isApart = false
    // Whatever is behind so many is none that somebody meant as a name.
    for character in text.prefix(1000) where count < longestName {
      if character.isWhitespace {
        isApart = count > 0
      } else if mayBeInName(character) {
        if isApart {
          guard count + 2 <= longestName else { break }
          name += " "
          count += 1
        }
        isApart = false
        name.append(character)
        count += 1
      }
    }
    return name
  }

  private static func mayBeInName(_ character: Character) -> Bool {
    let isKind =
      character.isLetter || character.isNumber || "-_.'".contains(character)
      || character.unicodeScalars.contains { $0.properties.isEmojiPresentation }
    return isKind && DisplayWidth.printable(character) == String(character)
  }

  /// What names of the same person or room have in common, however they are written.
  static func folded(_ name: String) -> String { name.lowercased() }

  /// Words that can be shown anywhere: what would move a cursor, hide, or turn the direction of writing is shown as a sign.
  ///
  /// - Returns: at most `longest` characters, and whether these are all.
  static func said(_ text: String, longest: Int) -> (text: String, isWhole: Bool) {
    let beginning = text.prefix(longest)
    let shown = beginning.map { $0 == "\t" ? " " : DisplayWidth.printable($0) }.joined()
    return (shown, beginning.endIndex == text.endIndex)
  }
}
