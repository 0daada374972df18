import KamaeliaIO

/// Tells when one of some files may have other contents than before, whatever links lead to it.
final class FileSaves: Sendable {
  private let watch: Watch
  private let paths = Lock<Set<String>>([])

  init() throws(SystemError) { watch = try Watch() }

  /// Looks at these files too; they need not be there yet.
  func add(_ files: some Sequence<String>) throws(SystemError) {
    for file in files where paths.withLock({ $0.insert(file).inserted }) {
      try watch.follow(file)
      try read(file)
    }
  }

  /// Waits for the next change.
  ///
  /// - Returns: false after ``close()``.
  func next() async throws -> Bool {
    while let event = try await watch.next() {
      switch event.kind {
      case .redirected:
        // The watch of what the path led to before, which may be written to by others still.
        watch.remove(event.watched)
        try read(event.watched)
        return true
      case .overflow, .modified, .closedAfterWriting: return true
      // The folder's part, which tells of the same by `redirected`.
      case .created, .movedFrom, .movedTo, .deleted, .gone: continue
      }
    }
    return false
  }

  func close() { watch.close() }

  private func read(_ file: String) throws(SystemError) {
    // One that is not there, or not to be read, is told of when that changes.
    do { try watch.add(file) } catch { if error.isFull { throw error } }
  }
}
