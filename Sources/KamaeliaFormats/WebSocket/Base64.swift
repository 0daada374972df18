/// Bytes as text of 64 characters.
///
/// - Note: RFC 4648, 4, with padding.
enum Base64 {
  private static let characters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// Writes bytes.
  static func encode(_ bytes: [UInt8]) -> String {
    var output: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let word = group.reduce(0) { $0 << 8 | Int($1) } << ((3 - group.count) * 8)
      for index in 0...group.count { output.append(characters[word >> (18 - index * 6) & 63]) }
      output.append(contentsOf: repeatElement(0x3D, count: 3 - group.count))
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// Whether a text is the one way to write 16 bytes: 22 characters, of which the last has four zero bits, and `==`.
  static func isSixteenBytes(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 24, bytes.hasSuffix("==") else { return false }
    guard bytes.prefix(22).allSatisfy(characters.contains), let last = characters.firstIndex(of: bytes[21]) else {
      return false
    }
    return last & 15 == 0
  }
}

extension [UInt8] {
  fileprivate func hasSuffix(_ text: StaticString) -> Bool {
    suffix(text.utf8CodeUnitCount).elementsEqual("\(text)".utf8)
  }
}
