import Glibc

/// A new version of a file, which takes the old one's place all at once or not at all.
///
/// It is written beside the old one under a name of its own and renamed by ``commit()``, after its contents are on
/// the disk. Whatever fails or is cut short before, the old file stays as it was. A link is followed, and its target
/// replaced.
package final class Replacement: Sendable {
  /// To be written; positioned at the start.
  package let descriptor: Descriptor
  private let target: String
  private let temporary: String
  private let isOver = Lock(false)

  /// Begins a new version of the file at `path`, which need not exist.
  ///
  /// - Parameter permissions: of a file that did not exist, less the umask; another keeps its own.
  /// - Throws: ``SystemError`` of the operation `replace`.
  package static func begin(
    _ path: String, permissions: mode_t = 0o666, threads: BlockingThreads = .shared
  ) async throws -> Replacement {
    try File.check(path, .replace)
    return try await threads.offload { try Replacement(path, permissions: permissions, threads: threads) }
  }

  private init(_ path: String, permissions: mode_t, threads: BlockingThreads) throws(SystemError) {
    target = Self.end(of: path)
    let (folder, name) = Self.split(target)
    var old = stat()
    let exists = stat(target, &old) == 0
    guard !exists || old.st_mode & S_IFMT == S_IFREG else {
      throw SystemError(
        errno: old.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL, operation: .replace, path: path)
    }
    var generator = SystemRandomNumberGenerator()
    var number: Int32 = -1
    var place = ""
    repeat {
      place = "\(folder)/.\(name.prefix(100)).\(String(generator.next(), radix: 36))"
      number = open(place, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, permissions)
    } while number < 0 && (errno == EEXIST || errno == EINTR)
    guard number >= 0 else { throw .latest(.replace, path) }
    // Who may read the old one may read the new one, and nobody else; the owner can be kept by root alone.
    if exists {
      _ = fchown(number, old.st_uid, old.st_gid)
      _ = fchmod(number, old.st_mode & 0o7777)
    }
    temporary = place
    do {
      descriptor = try Descriptor(owning: number, name: path, threads: threads)
    } catch {
      unlink(place)
      throw error
    }
  }

  deinit { abandon() }

  /// Puts the new version in place and closes it.
  ///
  /// - Throws: ``SystemError``; the old file is as it was then, and the new one gone.
  package func commit() async throws {
    let isFirst = isOver.withLock { isOver in
      defer { isOver = true }
      return !isOver
    }
    guard isFirst else { throw SystemError(errno: EBADF, operation: .replace, path: target) }
    do {
      try await descriptor.sync()
      try await descriptor.threads.offload { [target, temporary] in
        try system(.replace, target) { rename(temporary, target) }
        try File.syncFolderHere(Self.split(target).folder)
      }
    } catch {
      unlink(temporary)
      descriptor.close()
      throw error
    }
    descriptor.close()
  }

  /// Throws the new version away; the last reference does the same. Does nothing after ``commit()``.
  package func abandon() {
    let isFirst = isOver.withLock { isOver in
      defer { isOver = true }
      return !isOver
    }
    guard isFirst else { return }
    unlink(temporary)
    descriptor.close()
  }

  /// Where `path` leads if it is a link to something; else `path`.
  private static func end(of path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  private static func split(_ path: String) -> (folder: String, name: Substring) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path[...]) }
    let folder = slash == path.startIndex ? "/" : String(path[..<slash])
    return (folder, path[path.index(after: slash)...])
  }
}
