import Kamaelia
import KamaeliaIO

/// When a file that is written makes room for a new one, and what becomes of it.
struct Rotation {
  let size: Size?
  let age: Duration?
  /// How many old files there are at most.
  let keep: Int

  /// Whether the file is to be put away before `bytes` more are written to it.
  func isDue(size current: Int64, adding bytes: Int, age: Duration) -> Bool {
    // A file is never put away empty, however large the record.
    guard current > 0 else { return false }
    if let size, current + Int64(bytes) > Int64(size.bytes) { return true }
    return self.age.map { age >= $0 } ?? false
  }

  /// Gives `path` the name `path.1`, `path.1` the name `path.2` and so on; the oldest goes.
  ///
  /// - Returns: the new name; nil where none is kept.
  func putAway(_ path: String) async throws -> String? {
    if keep == 0 {
      try await File.delete(path)
      return nil
    }
    for number in stride(from: keep, through: 1, by: -1) {
      let older = number == 1 ? path : "\(path).\(number - 1)"
      do {
        try await File.rename(older, to: "\(path).\(number)")
      } catch let error as SystemError where error.isMissing && number > 1 {
        continue
      }
    }
    return "\(path).1"
  }
}
