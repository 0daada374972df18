import Kamaelia

/// How text is written as bytes.
enum TextEncoding: String, ChoiceParameter {
  /// Unicode in one to four bytes.
  case utf8
  /// Unicode in two or four bytes; a byte order mark at the beginning says in which order, high bytes first without one.
  case utf16
  /// The same with low bytes first.
  case utf16le
  /// The same with high bytes first.
  case utf16be
  /// ISO 8859-1: the first 256 characters of Unicode, a byte each.
  case latin1

  /// What people call it.
  var title: String {
    switch self {
    case .utf8: "UTF-8"
    case .utf16: "UTF-16"
    case .utf16le: "UTF-16LE"
    case .utf16be: "UTF-16BE"
    case .latin1: "ISO 8859-1"
    }
  }

  /// The bytes of `text`, without a byte order mark.
  ///
  /// - Throws: ``TextError/notEncodable(_:character:)``, only for `latin1`.
  func encode(_ text: String) throws(TextError) -> [UInt8] {
    switch self {
    case .utf8: return Array(text.utf8)
    case .utf16, .utf16be: return text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    case .utf16le: return text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    case .latin1:
      var bytes: [UInt8] = []
      for scalar in text.unicodeScalars {
        guard let byte = UInt8(exactly: scalar.value) else {
          throw .notEncodable(self, character: Character(scalar))
        }
        bytes.append(byte)
      }
      return bytes
    }
  }
}
