import CSystem
import Glibc
import Testing

@testable import KamaeliaIO

/// A pseudo-terminal: the side of who types, and the side of the program.
func openTerminal() throws -> (master: Int32, slave: Int32) {
  let master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
  try #require(master >= 0)
  var locked: Int32 = 0
  try #require(ioctl(master, 0x4004_5431, &locked) == 0)  // TIOCSPTLCK
  var number: UInt32 = 0
  try #require(ioctl(master, 0x8004_5430, &number) == 0)  // TIOCGPTN
  let slave = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
  try #require(slave >= 0)
  return (master, slave)
}
