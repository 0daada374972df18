import Glibc

extension Listener {
  /// Listens at a socket in the file system, which is removed when the listener is closed.
  ///
  /// A socket that nobody listens to any more is replaced; the check and the replacement are two steps, so two who start
  /// at the same moment may both think that they are the first.
  ///
  /// - Parameter mode: who may connect, as chmod(2) has it.
  /// - Throws: ``SystemError``, `isInUse` where a program listens there or another file is in the way; `CancellationError`.
  package static func open(path: String, mode: UInt32, threads: BlockingThreads = .shared) async throws -> Listener {
    var facts = stat()
    if lstat(path, &facts) == 0 {
      guard facts.st_mode & S_IFMT == S_IFSOCK else { throw SystemError(errno: EEXIST, operation: .listen, path: path) }
      do {
        try await Connection.open(to: .unix(path), threads: threads).close()
        throw SystemError(errno: EADDRINUSE, operation: .listen, path: path)
      } catch let error as SystemError where error.isRefused {
        _ = unlink(path)
      }
    }
    // With the usual mask nobody else may connect in the moment before chmod.
    let listener = try Listener(on: .unix(path), threads: threads)
    try system(.listen, path) { chmod(path, mode_t(mode)) }
    return listener
  }
}
