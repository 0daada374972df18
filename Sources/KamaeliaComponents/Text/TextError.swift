/// Text that a component cannot go on with, since it has no outbox for what is wrong or nobody has linked it.
enum TextError: Error, Hashable, CustomStringConvertible {
  /// A line has more than `longest` bytes; lines count from 1.
  case lineTooLong(line: Int, longest: Int)
  /// Bytes that are none of the encoding; offsets count from 0.
  case notDecodable(TextEncoding, offset: Int)
  /// A character that the encoding does not have.
  case notEncodable(TextEncoding, character: Character)

  var description: String {
    switch self {
    case .lineTooLong(let line, let longest):
      "line \(line) is longer than the \(longest) bytes that `longest` allows"
    case .notDecodable(let encoding, let offset): "the byte at offset \(offset) is no \(encoding.title)"
    case .notEncodable(let encoding, let character):
      "\(Excerpt.of(String(character))) is not a character of \(encoding.title)"
    }
  }
}
