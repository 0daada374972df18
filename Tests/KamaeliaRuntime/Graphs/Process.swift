import Foundation
import Glibc
import KamaeliaIO

/// What the kernel knows of this process.
enum Process {
  private static func read(_ path: String) -> String {
    (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
  }

  /// Memory that is in use.
  static var residentBytes: Int {
    let fields = read("/proc/self/statm").split(separator: " ")
    return (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * Int(getpagesize())
  }

  static var threads: Int { names.count }

  private static var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? [] }

  /// How many times its threads went to sleep and were woken.
  static var wakes: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_nvcsw
  }

  /// Time that all threads have computed.
  static var processorTime: Duration {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return .seconds(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
      + .microseconds(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec)
  }
}

/// Something whose instances are counted.
final class Token: Sendable {
  private struct Count {
    var alive = 0
    var watchers: [AsyncStream<Void>.Continuation] = []
  }

  private static let count = Lock(Count())
  static var alive: Int { count.withLock { $0.alive } }

  init() { Self.count.withLock { $0.alive += 1 } }

  deinit {
    let told = Self.count.withLock { count -> [AsyncStream<Void>.Continuation] in
      count.alive -= 1
      guard count.alive == 0 else { return [] }
      defer { count.watchers = [] }
      return count.watchers
    }
    for watcher in told { watcher.finish() }
  }

  /// Returns when the last one has gone, or when the test's time is over.
  static func untilNoneIsLeft() async {
    let (gone, continuation) = AsyncStream.makeStream(of: Void.self)
    let isNoneLeft = count.withLock { count in
      if count.alive > 0 { count.watchers.append(continuation) }
      return count.alive == 0
    }
    if !isNoneLeft { for await _ in gone {} }
  }
}

/// How much the stress tests do.
enum Stress {
  /// The thread sanitizer makes everything some twenty times slower.
  #if TSAN
    static let slowness = 20
  #else
    static let slowness = 1
  #endif

  /// `KAMAELIA_ALONE=1` in the environment: no other tests run in this process.
  static let isAlone = ProcessInfo.processInfo.environment["KAMAELIA_ALONE"] != nil
  /// `KAMAELIA_STRESS=1` in the environment: ten million messages and a hundred thousand graphs, for a release build.
  static let isLong = ProcessInfo.processInfo.environment["KAMAELIA_STRESS"] != nil
}
