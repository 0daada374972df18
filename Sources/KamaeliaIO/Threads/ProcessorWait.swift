import Glibc

/// How long a thread has been ready to run and had no processor, since others had them all.
///
/// Tells a thread that computes or blocks from one that a busy machine keeps waiting.
package struct ProcessorWait: Sendable {
  private let path: String

  /// Of the calling thread; nil where the system does not say which that is.
  package init?() {
    var name = [CChar](repeating: 0, count: 64)
    let count = readlink("/proc/thread-self", &name, name.count)
    guard count > 0, count < name.count else { return nil }
    path = "/proc/\(String(decoding: name[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self))/schedstat"
  }

  /// The sum so far; nil when the thread has ended, no descriptor is left, or the system does not count. From any thread.
  ///
  /// - Note: Linux, Documentation/scheduler/sched-stats.rst: the second number, in nanoseconds.
  package var total: Duration? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var text = [UInt8](repeating: 0, count: 128)
    let count = read(file, &text, text.count)
    return Self.total(in: String(decoding: text.prefix(max(0, count)), as: UTF8.self))
  }

  static func total(in text: String) -> Duration? {
    let fields = text.split { $0 == " " || $0 == "\n" }
    guard fields.count == 3, let nanoseconds = Int64(fields[1]), nanoseconds >= 0 else { return nil }
    return .nanoseconds(nanoseconds)
  }
}
