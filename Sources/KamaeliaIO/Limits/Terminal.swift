import CSystem

/// The terminal behind a descriptor.
package enum Terminal {
  /// Its size in characters.
  package struct Size: Hashable, Sendable {
    package let columns: Int
    package let rows: Int
  }

  /// - Returns: `nil` if it is no terminal, or one that does not say.
  package static func size(of descriptor: Descriptor) -> Size? {
    var columns: Int32 = 0
    var rows: Int32 = 0
    guard descriptor.withNumber({ csys_terminal_size($0, &columns, &rows) }) == 0, columns > 0, rows > 0 else {
      return nil
    }
    return Size(columns: Int(columns), rows: Int(rows))
  }
}
