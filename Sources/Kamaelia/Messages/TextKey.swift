/// A text as a key: equal to one of the same bytes of UTF-8 only, and in the order of its Unicode scalars.
///
/// Swift takes texts for equal that differ in how an accent is written, such as `é` as one scalar or as two; to a file
/// system, a program or another service they are different.
package struct TextKey: Hashable, Comparable, Sendable {
  package let text: String

  package init(_ text: String) { self.text = text }

  package static func == (a: TextKey, b: TextKey) -> Bool { a.text.hasSameBytes(as: b.text) }

  package static func < (a: TextKey, b: TextKey) -> Bool { a.text.utf8.lexicographicallyPrecedes(b.text.utf8) }

  package func hash(into hasher: inout Hasher) {
    let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { bytes in
      hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
    }
    if isDone == nil { Array(text.utf8).withUnsafeBytes { hasher.combine(bytes: $0) } }
  }
}

extension String {
  /// Whether the UTF-8 of both is the same.
  package func hasSameBytes(as other: String) -> Bool {
    // Most texts that differ do so in length, which is known at once.
    utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
  }
}
