import Glibc

/// How many descriptors this process may have open (RLIMIT_NOFILE).
package enum DescriptorLimit {
  /// The soft limit that this process was started with. Programs that we start get it back, since some use select(2)
  /// and break beyond 1024.
  static let atStart = UInt64(both.rlim_cur)

  /// The limit in force.
  package static var current: Int { Int(clamping: both.rlim_cur) }

  /// The highest that it can be set to without privileges.
  package static var highest: Int { Int(clamping: both.rlim_max) }

  /// Sets the limit in force.
  ///
  /// - Throws: ``SystemError`` if it is beyond ``highest``.
  package static func set(_ limit: Int) throws(SystemError) {
    _ = atStart
    var limits = both
    limits.rlim_cur = rlim_t(max(0, limit))
    try system(.limit, "open files") { setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limits) }
  }

  /// Whether there are others left beside `number`, which was just opened, for what has no error to tell: Dispatch opens one
  /// now and then to look at its threads, and traps where there is none.
  static func leavesSome(beside number: Int32) -> Bool { Int(number) < current - 4 }

  /// Whether there are so many others left beside `number` that a connection may have it: those who are connected ask for files,
  /// and their answers need descriptors as well.
  static func leavesMany(beside number: Int32) -> Bool { Int(number) < mostConnections }

  /// The numbers below this are for connections and for what is open before them.
  static var mostConnections: Int { current - 4 - min(32, current / 8) }

  private static var both: rlimit {
    var limits = rlimit()
    // It fails for a bad address only.
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limits)
    return limits
  }
}
