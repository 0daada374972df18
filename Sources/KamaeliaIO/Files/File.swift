import Glibc

/// Files by path. Every call runs on ``BlockingThreads``, since disks and networks may keep it waiting.
///
/// A path with a NUL in it is refused with `EINVAL`: the system would see a shorter one.
package enum File {
  /// What a file is opened for.
  package enum Access: Sendable {
    case reading
    /// Writing of a new file or in place of what an old one held, always at its end, as `appending` does.
    case replacing
    /// Writing at the end, of a new file or an old one (O_APPEND: records of several writers do not mix).
    case appending
    /// Writing of a file that must not exist yet.
    case creating
    /// Reading and writing of what exists.
    case updating

    var flags: Int32 {
      switch self {
      case .reading: O_RDONLY
      case .replacing: O_WRONLY | O_CREAT | O_TRUNC | O_APPEND
      case .appending: O_WRONLY | O_CREAT | O_APPEND
      case .creating: O_WRONLY | O_CREAT | O_EXCL
      case .updating: O_RDWR
      }
    }

    var operation: SystemError.Operation {
      switch self {
      case .reading: .openReading
      case .replacing, .appending, .updating: .openWriting
      case .creating: .create
      }
    }
  }

  /// Opens a file.
  ///
  /// A named pipe is opened without waiting for the other end: the first read waits for a writer; to write without a
  /// reader is an error (`ENXIO`).
  ///
  /// - Parameter permissions: of a new file, less the umask.
  /// - Throws: ``SystemError``, with `EISDIR` for a folder; `CancellationError`.
  package static func open(
    _ path: String, for access: Access, permissions: mode_t = 0o666, threads: BlockingThreads = .shared
  ) async throws -> Descriptor {
    try check(path, access.operation)
    return try await threads.offload {
      let number = try system(access.operation, path) {
        Glibc.open(path, access.flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, permissions)
      }
      return try Descriptor(opened: number, path: path, access: access, threads: threads)
    }
  }

  /// The facts of what `path` leads to.
  ///
  /// - Parameter followsLink: whether a link at the end of `path` stands for its target, or for itself.
  package static func facts(of path: String, followsLink: Bool = true) async throws -> FileFacts {
    try check(path, .inspect)
    return try await BlockingThreads.shared.offload {
      var facts = stat()
      try system(.inspect, path) { followsLink ? stat(path, &facts) : lstat(path, &facts) }
      return FileFacts(facts)
    }
  }

  /// Gives `path` the name `newPath`, in one step and in place of what had it.
  package static func rename(_ path: String, to newPath: String) async throws {
    try check(path, .rename)
    try check(newPath, .rename)
    try await BlockingThreads.shared.offload {
      _ = try system(.rename, path) { Glibc.rename(path, newPath) }
    }
  }

  /// Deletes a file or a link; not a folder.
  package static func delete(_ path: String) async throws {
    try check(path, .delete)
    try await BlockingThreads.shared.offload { _ = try system(.delete, path) { unlink(path) } }
  }

  /// Deletes an empty folder.
  package static func deleteFolder(_ path: String) async throws {
    try check(path, .delete)
    try await BlockingThreads.shared.offload { _ = try system(.delete, path) { rmdir(path) } }
  }

  /// Makes a folder in one that exists.
  package static func makeFolder(_ path: String, permissions: mode_t = 0o777) async throws {
    try check(path, .makeFolder)
    try await BlockingThreads.shared.offload {
      _ = try system(.makeFolder, path) { mkdir(path, permissions) }
    }
  }

  /// Brings the names in a folder to the disk, after a file in it was made, renamed or deleted.
  package static func syncFolder(_ path: String) async throws {
    try check(path, .sync)
    try await BlockingThreads.shared.offload { try syncFolderHere(path) }
  }

  static func syncFolderHere(_ path: String) throws(SystemError) {
    let number = try system(.sync, path) { Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    defer { _ = close(number) }
    try system(.sync, path) { fsync(number) }
  }

  static func check(_ path: String, _ operation: SystemError.Operation) throws(SystemError) {
    guard !path.utf8.contains(0) else { throw SystemError(errno: EINVAL, operation: operation, path: path) }
  }
}

extension Descriptor {
  /// Takes over a number that was opened for `access`, and refuses a folder.
  convenience init(
    opened number: Int32, path: String, access: File.Access, threads: BlockingThreads
  ) throws(SystemError) {
    var facts = stat()
    guard fstat(number, &facts) == 0, facts.st_mode & S_IFMT != S_IFDIR else {
      _ = Glibc.close(number)
      throw SystemError(errno: EISDIR, operation: access.operation, path: path)
    }
    // Before a first writer has come, to read such a pipe gives its end, but to wait for it waits.
    let waitsFirst = facts.st_mode & S_IFMT == S_IFIFO && access.flags & O_ACCMODE == O_RDONLY
    try self.init(owning: number, name: path, waitsFirst: waitsFirst, threads: threads)
  }
}
