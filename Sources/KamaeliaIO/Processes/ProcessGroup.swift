import CSystem
import Glibc

/// Who else is in a process group.
enum ProcessGroup {
  /// As many are waited for at once; a group with more is looked at again.
  private static let most = 64

  /// The processes in `group` that run, without its leader, in no order; 64 at most.
  ///
  /// - Note: proc(5): the fields of `/proc/PID/stat` after the name, which may itself hold spaces and brackets.
  static func members(of group: Int32) -> [Int32] {
    guard let folder = opendir("/proc") else { return [] }
    defer { closedir(folder) }
    var members: [Int32] = []
    while members.count < most, let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard let pid = Int32(name), pid != group, let place = place(of: pid), place.group == group else { continue }
      if place.runs { members.append(pid) }
    }
    return members
  }

  /// All processes that run and descend from `pid`, but for those in its group.
  static func descendants(of pid: Int32) -> [Int32] {
    guard let folder = opendir("/proc") else { return [] }
    defer { closedir(folder) }
    var children: [Int32: [Int32]] = [:]
    var groups: [Int32: Int32] = [:]
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard let each = Int32(name), let place = place(of: each), place.runs else { continue }
      children[place.parent, default: []].append(each)
      groups[each] = place.group
    }
    var found: [Int32] = []
    var waiting = [pid]
    while let next = waiting.popLast() {
      let more = children.removeValue(forKey: next) ?? []
      found += more
      waiting += more
    }
    return found.filter { groups[$0] != pid }
  }

  /// Calls `body` once, when all of `members` have ended.
  ///
  /// If one cannot be watched, `body` is not called.
  static func whenEnded(_ members: [Int32], _ readiness: Readiness, _ body: @escaping @Sendable () -> Void) {
    let left = Countdown(members.count, body)
    for pid in members {
      let pidfd = csys_pidfd(pid)
      if pidfd >= 0 {
        readiness.whenEnded(pidfd, name: "process \(pid)") { if $0 { left.step() } }
      } else if errno == ESRCH {
        left.step()
      }
    }
  }

  private static func place(of pid: Int32) -> (runs: Bool, parent: Int32, group: Int32)? {
    let number = open("/proc/\(pid)/stat", O_RDONLY | O_CLOEXEC)
    guard number >= 0 else { return nil }
    defer { _ = close(number) }
    let text = withUnsafeTemporaryAllocation(byteCount: 1024, alignment: 1) { buffer in
      String(decoding: buffer[..<max(0, read(number, buffer.baseAddress, 1024))], as: UTF8.self)
    }
    guard let end = text.lastIndex(of: ")") else { return nil }
    let fields = text[text.index(after: end)...].split(separator: " ")
    guard fields.count > 3, let state = fields[0].first, let parent = Int32(fields[1]), let group = Int32(fields[2])
    else { return nil }
    return (state != "Z" && state != "X", parent, group)
  }
}

/// Calls its body at the last of a number of steps.
private final class Countdown: Sendable {
  private let left: Lock<Int>
  private let body: @Sendable () -> Void

  init(_ count: Int, _ body: @escaping @Sendable () -> Void) {
    left = Lock(count)
    self.body = body
  }

  func step() {
    let isLast = left.withLock { left in
      left -= 1
      return left == 0
    }
    if isLast { body() }
  }
}
