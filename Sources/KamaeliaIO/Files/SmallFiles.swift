/// Small files of a folder, kept for as long as their caller takes them to be the same.
///
/// What is kept is bounded; when there is too much of it, all is let go.
package final class SmallFiles: Sendable {
  /// A file as it was.
  package struct Kept: Sendable {
    package let bytes: [UInt8]
    package let facts: FileFacts
    /// When it was read, in nanoseconds of the caller's clock.
    package let time: Int64

    package init(bytes: [UInt8], facts: FileFacts, time: Int64) {
      self.bytes = bytes
      self.facts = facts
      self.time = time
    }
  }

  private struct State {
    var files: [String: Kept] = [:]
    var size = 0
  }

  /// The longest file that is kept, in bytes.
  package let largest: Int
  private let total: Int
  private let state = Lock(State())

  package init(largest: Int = 64 << 10, total: Int = 16 << 20) {
    self.largest = largest
    self.total = total
  }

  /// The file at a path as it was at `time` or later; nil if it is not kept.
  package func file(_ path: String, since time: Int64) -> Kept? {
    state.withLock { state in
      guard let kept = state.files[path], kept.time >= time else { return nil }
      return kept
    }
  }

  /// Keeps a file in place of what was kept of it; one that is too long is not kept.
  package func keep(_ file: Kept, as path: String) {
    let cost = file.bytes.count + path.utf8.count + 256
    guard file.bytes.count <= largest else { return }
    state.withLock { state in
      if let old = state.files.removeValue(forKey: path) { state.size -= old.bytes.count + path.utf8.count + 256 }
      if state.size + cost > total { state = State() }
      state.files[path] = file
      state.size += cost
    }
  }
}
