/// Swift sources as far as the rules of the architecture need to understand them.
enum SwiftCode {
  /// The source with comments and the contents of string literals blanked out, line by line.
  static func withoutTextAndComments(_ source: String) -> String {
    let bytes = Array(source.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var place = 0
    func isAt(_ text: StaticString, _ place: Int) -> Bool {
      place + text.utf8CodeUnitCount <= bytes.count
        && (0..<text.utf8CodeUnitCount).allSatisfy { bytes[place + $0] == text.utf8Start[$0] }
    }
    /// Drops bytes but keeps the ends of lines.
    func skip(_ count: Int) {
      let end = min(bytes.count, place + count)
      for byte in bytes[place..<end] where byte == UInt8(ascii: "\n") { result.append(byte) }
      place = end
    }
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "/") where isAt("//", place):
        while place < bytes.count, bytes[place] != UInt8(ascii: "\n") { place += 1 }
      case UInt8(ascii: "/") where isAt("/*", place):
        while place < bytes.count, !isAt("*/", place) { skip(1) }
        skip(2)
      case UInt8(ascii: "\""),
        UInt8(ascii: "#") where isAt("#\"", place):
        let isRaw = bytes[place] == UInt8(ascii: "#")
        if isRaw { place += 1 }
        let isLong = isAt("\"\"\"", place)
        skip(isLong ? 3 : 1)
        result += Array("\"\"".utf8)
        while place < bytes.count,
          !isAt(isLong ? "\"\"\"" : "\"", place) || isRaw && !isAt("#", place + (isLong ? 3 : 1))
        {
          skip(!isRaw && bytes[place] == UInt8(ascii: "\\") ? 2 : 1)
        }
        skip((isLong ? 3 : 1) + (isRaw ? 1 : 0))
      default:
        result.append(bytes[place])
        place += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The modules that a source imports.
  static func imports(_ source: String) -> [String] {
    source.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard let place = words.firstIndex(of: "import"), place + 1 < words.endIndex,
        words[..<place].allSatisfy({ $0.hasPrefix("@") || ["public", "package", "internal"].contains($0) })
      else { return nil }
      return String(words[place + 1])
    }
  }
}
