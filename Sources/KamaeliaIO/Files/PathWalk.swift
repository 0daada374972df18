import CSystem
import Glibc

/// A path taken step by step below a folder, for kernels without openat2.
///
/// Each folder on the way is held open, and `..` goes back to the one before, so that what is renamed meanwhile
/// cannot lead out; a link is read and its text walked like the path.
struct PathWalk: ~Copyable {
  /// As many as the kernel follows: path_resolution(7).
  private static let mostLinks = 40

  private let root: Int32
  private var folders: [Int32] = []

  init(root: Int32) { self.root = root }

  deinit { for folder in folders { _ = close(folder) } }

  /// - Throws: ``SystemError`` with the reason; its operation and path mean nothing.
  consuming func open(_ path: String, _ flags: Int32, _ mode: mode_t) throws(SystemError) -> Int32 {
    var walk = self
    guard !path.isEmpty else { throw Self.error(ENOENT) }
    var steps = try Self.steps(of: path)
    var links = 0
    while let step = steps.popLast() {
      switch step {
      case ".": break
      case "..":
        guard let left = walk.folders.popLast() else { throw Self.error(EXDEV) }
        _ = close(left)
      default:
        if let target = try walk.link(String(step)) {
          links += 1
          guard links <= Self.mostLinks else { throw Self.error(ELOOP) }
          steps += try Self.steps(of: target)
        } else if steps.allSatisfy({ $0 == "." }) {
          // A `.` after the last name only says that it is a folder.
          let folder = steps.isEmpty ? 0 : O_DIRECTORY
          return try walk.step(String(step), flags | folder | O_NOFOLLOW | O_CLOEXEC, mode)
        } else {
          walk.folders.append(
            try walk.step(String(step), csys_place_only | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0))
        }
      }
    }
    return try walk.step(".", flags & ~O_CREAT | O_CLOEXEC, 0)
  }

  private var current: Int32 { folders.last ?? root }

  private func step(_ name: String, _ flags: Int32, _ mode: mode_t) throws(SystemError) -> Int32 {
    try system(.inspect, name) { openat(current, name, flags, mode) }
  }

  /// What the link `name` in the current folder says; `nil` if it is no link, or nothing.
  private func link(_ name: String) throws(SystemError) -> String? {
    var target = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let size = readlinkat(current, name, &target, target.count)
    if size >= 0 { return String(decoding: target[..<size].map(UInt8.init(bitPattern:)), as: UTF8.self) }
    guard errno == EINVAL || errno == ENOENT else { throw .latest(.inspect, name) }
    return nil
  }

  /// The names of a path, the last one first; a `/` at the end counts as `/.`.
  private static func steps(of path: String) throws(SystemError) -> [Substring] {
    // By bytes: a slash and a mark behind it are one character of Swift's.
    let slash = UInt8(ascii: "/")
    guard path.utf8.first != slash else { throw error(EXDEV) }
    var steps = Array(path.utf8.split(separator: slash).map { Substring($0) }.reversed())
    if path.utf8.last == slash { steps.insert(".", at: 0) }
    return steps
  }

  private static func error(_ number: Int32) -> SystemError {
    SystemError(errno: number, operation: .inspect, path: "")
  }
}
