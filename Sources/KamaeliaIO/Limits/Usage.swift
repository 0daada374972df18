import Glibc

/// What this process has used so far, all threads together.
package struct Usage: Hashable, Sendable {
  /// Time on a processor, outside the kernel and inside.
  package let userTime: Duration
  package let systemTime: Duration
  /// The most memory it ever had resident, in bytes.
  package let peakMemory: Int
  /// How often a thread gave its processor up to wait: one or more for each wake-up. The difference of two readings
  /// shows whether an idle graph wakes anybody.
  package let waits: Int
  /// How often a thread had its processor taken away.
  package let preemptions: Int

  /// - Note: getrusage(2), RUSAGE_SELF; it cannot fail.
  package static var now: Usage {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Usage(
      userTime: Duration(usage.ru_utime), systemTime: Duration(usage.ru_stime), peakMemory: usage.ru_maxrss * 1024,
      waits: usage.ru_nvcsw, preemptions: usage.ru_nivcsw)
  }

  /// Memory that is resident now, in bytes.
  ///
  /// - Throws: ``SystemError`` where `/proc` is not mounted.
  package static func residentMemory() throws(SystemError) -> Int {
    let path = "/proc/self/statm"
    let number = try system(.inspect, path) { open(path, O_RDONLY | O_CLOEXEC) }
    defer { _ = close(number) }
    var bytes = [UInt8](repeating: 0, count: 256)
    let size = try system(.inspect, path) { read(number, &bytes, bytes.count) }
    // Total and resident size in pages: proc(5).
    let fields = String(decoding: bytes[..<size], as: UTF8.self).split(separator: " ")
    guard fields.count > 1, let pages = Int(fields[1]) else {
      throw SystemError(errno: EINVAL, operation: .inspect, path: path)
    }
    return pages * sysconf(Int32(_SC_PAGESIZE))
  }
}

extension Duration {
  fileprivate init(_ time: timeval) { self = .seconds(time.tv_sec) + .microseconds(time.tv_usec) }
}
