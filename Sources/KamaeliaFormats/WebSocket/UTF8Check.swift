/// Checks text byte by byte as it arrives: the first byte that cannot go on is known at once.
///
/// - Note: Unicode 16, table 3-7.
package struct UTF8Check: Sendable {
  /// How many bytes the character under way still needs.
  private var needed = 0
  /// What the next byte of it may be.
  private var allowed: ClosedRange<UInt8> = 0x80...0xBF

  package init() {}

  /// No character is cut off.
  package var isComplete: Bool { needed == 0 }

  /// Reads on.
  ///
  /// - Returns: whether all could still be the beginning of a text.
  package mutating func accept(_ bytes: ArraySlice<UInt8>) -> Bool {
    for byte in bytes {
      if needed > 0 {
        guard allowed ~= byte else { return false }
        needed -= 1
        allowed = 0x80...0xBF
        continue
      }
      switch byte {
      case 0..<0x80: continue
      case 0xC2...0xDF: needed = 1
      case 0xE0: (needed, allowed) = (2, 0xA0...0xBF)
      case 0xED: (needed, allowed) = (2, 0x80...0x9F)
      case 0xE1...0xEF: needed = 2
      case 0xF0: (needed, allowed) = (3, 0x90...0xBF)
      case 0xF4: (needed, allowed) = (3, 0x80...0x8F)
      case 0xF1...0xF3: needed = 3
      default: return false
      }
    }
    return true
  }
}
