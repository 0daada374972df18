import Glibc

/// A new version of a file, which takes the old one's place all at once or not at all.
///
/// It is written beside the old one and renamed by ``commit()``, after its contents are on the disk. Whatever fails or is
/// cut short before, the old file stays as it was, and nothing is left beside it: the new version has no name up to then,
/// or, on disks that cannot do that, one under which the next version finds and deletes it. A link is followed, and its target
/// replaced.
package final class Replacement: Sendable {
  /// To be written; positioned at the start.
  package let descriptor: Descriptor
  private let target: String
  private let file: UnfinishedFile
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

  /// - Parameter mayBeNameless: false for what is done on disks where every file has a name.
  init(
    _ path: String, permissions: mode_t, threads: BlockingThreads = .shared, mayBeNameless: Bool = true
  ) throws(SystemError) {
    target = try Self.end(of: path)
    let (folder, name) = Self.split(target)
    var old = stat()
    let exists = stat(target, &old) == 0
    guard !exists || old.st_mode & S_IFMT == S_IFREG else {
      throw SystemError(
        errno: old.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL, operation: .replace, path: path)
    }
    file = try UnfinishedFile(
      folder: folder, name: name, permissions: permissions, mayBeNameless: mayBeNameless, path: path)
    // Who may read the old one may read the new one, and nobody else; the owner can be kept by root alone.
    if exists {
      _ = fchown(file.number, old.st_uid, old.st_gid)
      _ = fchmod(file.number, old.st_mode & 0o7777)
    }
    do {
      descriptor = try Descriptor(owning: file.number, name: path, threads: threads)
    } catch {
      file.delete()
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
      try await descriptor.threads.offload { [target, file, descriptor] in
        try descriptor.use(.replace) { number throws(SystemError) in try file.take(target, number) }
        try File.syncFolderHere(Self.split(target).folder)
      }
    } catch {
      file.delete()
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
    file.delete()
    descriptor.close()
  }

  /// Where `path` leads if it is a link, also to something that is not there yet; else `path`.
  private static func end(of path: String) throws(SystemError) -> String {
    let given = path
    /// Another file than that which the link leads to would be replaced.
    func text(_ bytes: some Collection<UInt8>) throws(SystemError) -> String {
      if let text = String(validating: bytes, as: UTF8.self) { return text }
      throw SystemError(errno: EILSEQ, operation: .replace, path: given)
    }
    if let real = realpath(path, nil) {
      defer { free(real) }
      return try text(UnsafeBufferPointer(start: real, count: strlen(real)).map { UInt8(bitPattern: $0) })
    }
    var path = path
    // As many as the kernel follows: path_resolution(7).
    for _ in 0..<40 {
      var target = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
      let size = readlink(path, &target, target.count)
      guard size > 0 else { break }
      let link = try text(target[..<size].map(UInt8.init(bitPattern:)))
      path = link.utf8.first == UInt8(ascii: "/") ? link : "\(split(path).folder)/\(link)"
    }
    return path
  }

  private static func split(_ path: String) -> (folder: String, name: Substring) {
    // By bytes: a slash and a mark behind it are one character of Swift's.
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path[...]) }
    let folder = slash == path.startIndex ? "/" : String(path[..<slash])
    return (folder, path[path.index(after: slash)...])
  }
}
