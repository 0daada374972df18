/// A name in a folder, as text.
///
/// To the system a name is bytes. Those that are no UTF-8 cannot be held by a text, so that nothing can be opened by it.
package struct FileName: Hashable, Sendable {
  /// The name; of one that is no UTF-8, what can be shown of it: `\xE9` stands for a byte that is none.
  package let text: String
  /// Whether `text` is the name itself.
  package let isExact: Bool

  init(_ bytes: some Collection<UInt8>) {
    if let text = String(validating: bytes, as: UTF8.self) {
      (self.text, isExact) = (text, true)
      return
    }
    var text = ""
    var rest = Array(bytes)[...]
    while let first = rest.first {
      if let character = Self.character(at: rest) {
        text += character
        rest = rest.dropFirst(character.utf8.count)
      } else {
        text += "\\x" + String(first, radix: 16, uppercase: true)
        rest = rest.dropFirst()
      }
    }
    (self.text, isExact) = (text, false)
  }

  /// One scalar at the beginning; nil where the bytes there are none.
  private static func character(at bytes: ArraySlice<UInt8>) -> String? {
    (1...4).lazy.compactMap { String(validating: bytes.prefix($0), as: UTF8.self) }.first
  }
}
