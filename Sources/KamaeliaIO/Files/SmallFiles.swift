/// Small files of a folder, kept for as long as their caller takes them to be the same, in the form that it wants.
///
/// What is kept is bounded; when there is too much of it, all is let go.
package final class SmallFiles<Content: Sendable>: Sendable {
  private struct Kept {
    let content: Content
    /// Bytes.
    let size: Int
    /// When it was read, in nanoseconds of the caller's clock.
    let time: Int64
  }

  private struct State {
    /// By the bytes of their names: names that only look the same are those of other files.
    var files: [[UInt8]: Kept] = [:]
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

  /// What was kept under a name at `time` or later; nil if nothing was.
  package func file(_ name: String, since time: Int64) -> Content? {
    state.withLock { state in
      guard let kept = state.files[Array(name.utf8)], kept.time >= time else { return nil }
      return kept.content
    }
  }

  /// Keeps a file in place of what was kept under the name; one that is too long is not kept.
  ///
  /// - Parameter size: of the file, in bytes.
  package func keep(_ content: Content, of size: Int, at time: Int64, as name: String) {
    let key = Array(name.utf8)
    let cost = size + key.count + 256
    guard size <= largest else { return }
    state.withLock { state in
      if let old = state.files.removeValue(forKey: key) { state.size -= old.size + key.count + 256 }
      if state.size + cost > total { state = State() }
      state.files[key] = Kept(content: content, size: size, time: time)
      state.size += cost
    }
  }
}
