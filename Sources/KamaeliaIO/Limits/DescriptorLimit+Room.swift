import CSystem
import Glibc

extension DescriptorLimit {
  /// Raises the limit in force until `count` more descriptors than a program needs for itself can be open, as far as that
  /// takes no privileges.
  ///
  /// - Returns: for how many connections there is room then, at most `count`.
  package static func makeRoom(for count: Int) -> Int {
    let needed = count + ownUse
    if current < needed, current < highest {
      do { try set(min(needed, highest)) } catch {
        // It stays as it is, which the result says.
      }
    }
    return max(0, min(count, mostConnections - open))
  }

  /// How many are open, or a few more: the lowest number that is free.
  private static var open: Int {
    let number = csys_epoll_create()
    guard number >= 0 else { return current }
    _ = Glibc.close(number)
    return Int(number)
  }

  /// Descriptors of standard streams, of waiting, of files and programs: more than most graphs have.
  private static let ownUse = 64
}
