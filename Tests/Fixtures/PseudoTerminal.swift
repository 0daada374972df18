import Glibc

/// Why there is no pseudo-terminal.
package struct NoTerminal: Error {
  package let step: String
  package let errno: Int32
}

/// Opens a pseudo-terminal: the side of who types, and the side of the program. The caller closes both.
///
/// - Parameter size: its columns and rows; it says nothing of them if left out.
package func openTerminal(
  size: (columns: UInt16, rows: UInt16)? = nil
) throws(NoTerminal) -> (master: Int32, slave: Int32) {
  func checked(_ step: String, _ result: Int32) throws(NoTerminal) -> Int32 {
    guard result >= 0 else { throw NoTerminal(step: step, errno: errno) }
    return result
  }
  let master = try checked("open", open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC))
  var locked: Int32 = 0
  _ = try checked("unlock", ioctl(master, 0x4004_5431, &locked))  // TIOCSPTLCK
  var number: UInt32 = 0
  _ = try checked("number", ioctl(master, 0x8004_5430, &number))  // TIOCGPTN
  if let size {
    var window = winsize(ws_row: size.rows, ws_col: size.columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = try checked("size", ioctl(master, UInt(TIOCSWINSZ), &window))
  }
  return (master, try checked("open", open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)))
}
