/// The line before a chunk: its size and what extends it.
///
/// - Note: RFC 9112, 7.1.1.
enum HTTPChunk {
  /// Reads a size, and passes over well-formed extensions.
  ///
  /// - Parameter line: the line without its end.
  /// - Returns: the size; one that no `Int` holds is given as the largest.
  /// - Throws: 400 for anything malformed.
  static func size(_ line: ArraySlice<UInt8>) throws(HTTPRefusal) -> Int {
    var size = 0
    var index = line.startIndex
    while index < line.endIndex, let digit = line[index].hexadecimalValue {
      size = size > Int.max >> 4 ? .max : size << 4 | digit
      index += 1
    }
    guard index > line.startIndex, index - line.startIndex <= 16 else {
      throw HTTPRefusal(400, "a chunk's size is malformed")
    }
    guard isExtensions(line[index...]) else { throw HTTPRefusal(400, "a chunk's extension is malformed") }
    return size
  }

  /// Any number of `; name`, `; name=token` and `; name="text"`.
  private static func isExtensions(_ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = bytes
    func skipBlanks() { rest = rest.drop(while: \.isBlank) }
    func skipToken() -> Bool {
      let before = rest.count
      rest = rest.drop(while: \.isTokenCharacter)
      return rest.count < before
    }
    while !rest.isEmpty {
      skipBlanks()
      guard rest.popFirst() == 0x3B else { return false }
      skipBlanks()
      guard skipToken() else { return false }
      let afterName = rest
      skipBlanks()
      guard rest.first == 0x3D else {
        rest = afterName
        continue
      }
      rest.removeFirst()
      skipBlanks()
      if rest.first == 0x22 {
        guard let end = endOfQuoted(rest) else { return false }
        rest = rest[end...]
      } else if !skipToken() {
        return false
      }
    }
    return true
  }

  /// The place after the closing quote of what begins with a quote.
  private static func endOfQuoted(_ bytes: ArraySlice<UInt8>) -> Int? {
    var index = bytes.startIndex + 1
    while index < bytes.endIndex, bytes[index].isFieldCharacter {
      if bytes[index] == 0x22 { return index + 1 }
      if bytes[index] == 0x5C {
        index += 1
        guard index < bytes.endIndex, bytes[index].isFieldCharacter else { return nil }
      }
      index += 1
    }
    return nil
  }
}
