import CSystem
import Glibc

extension Descriptor.Style {
  /// Finds how `number` is to be used, and makes it non-blocking if that is the way and it is not shared.
  ///
  /// - Parameter isShared: whether other programs have the same open file, so that its mode is not ours to change.
  init(of number: Int32, name: String, isShared: Bool) throws(SystemError) {
    var facts = stat()
    try system(.inspect, name) { fstat(number, &facts) }
    switch facts.st_mode & S_IFMT {
    case S_IFREG, S_IFDIR, S_IFBLK:
      self = .blocking
      return
    case S_IFSOCK:
      self = .socket
      return
    case S_IFCHR where Self.neverBlocks(facts.st_rdev):
      self = .immediate
      return
    case S_IFCHR where isatty(number) == 0:
      guard try Self.canBeWaitedFor(number, name) else {
        self = .blocking
        return
      }
    default:
      // Pipes, terminals, and what has no kind: descriptors of events, timers and processes.
      break
    }
    guard !isShared else {
      self = .shared
      return
    }
    let flags = try system(.inspect, name) { fcntl(number, F_GETFL) }
    if flags & O_NONBLOCK == 0 {
      try system(.inspect, name) { fcntl(number, F_SETFL, flags | O_NONBLOCK) }
    }
    self = .nonBlocking
  }

  /// `/dev/null`, `/dev/zero` and `/dev/full`: character devices 1:3, 1:5 and 1:7 in the kernel's list of devices.
  private static func neverBlocks(_ device: dev_t) -> Bool {
    let major = (device >> 8) & 0xfff
    let minor = device & 0xff
    return major == 1 && [3, 5, 7].contains(minor)
  }

  /// Whether epoll takes it; devices without a poll of their own are refused with `EPERM`.
  private static func canBeWaitedFor(_ number: Int32, _ name: String) throws(SystemError) -> Bool {
    let epoll = try system(.wait, name) { csys_epoll_create() }
    defer { _ = close(epoll) }
    return csys_epoll_arm(epoll, number, true, true, true, 0) == 0
  }
}
