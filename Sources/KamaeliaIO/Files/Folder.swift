import Glibc

/// What is in folders.
package enum Folder {
  /// A name in a folder.
  package struct Entry: Hashable, Sendable {
    /// Without the folder.
    package let name: FileName
    /// A link is a link, whatever it leads to.
    package let kind: FileFacts.Kind
  }

  /// The names in the folder `path` without `.` and `..`, in order of their bytes.
  ///
  /// - Parameter limit: how many there may be at most.
  /// - Throws: ``SystemError``, with `E2BIG` if there are more; `CancellationError`.
  package static func list(_ path: String, limit: Int = 1_000_000) async throws -> [Entry] {
    try File.check(path, .list)
    return try await BlockingThreads.shared.offload { try listHere(path, limit: limit) }
  }

  private static func listHere(_ path: String, limit: Int) throws(SystemError) -> [Entry] {
    guard let folder = opendir(path) else { throw .latest(.list, path) }
    defer { closedir(folder) }
    var entries: [Entry] = []
    while true {
      errno = 0
      guard let entry = readdir(folder) else {
        if errno != 0 { throw .latest(.list, path) }
        break
      }
      var bytes = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        bytes.prefix { $0 != 0 }.map { CChar(bitPattern: $0) }
      }
      let name = FileName(bytes.map { UInt8(bitPattern: $0) })
      if name.text == "." || name.text == ".." { continue }
      guard entries.count < limit else { throw SystemError(errno: E2BIG, operation: .list, path: path) }
      var facts = stat()
      // Asked of the file, since some file systems do not give the kind with the name.
      bytes.append(0)
      guard fstatat(dirfd(folder), bytes, &facts, AT_SYMLINK_NOFOLLOW) == 0 else {
        entries.append(Entry(name: name, kind: .other))
        continue
      }
      entries.append(Entry(name: name, kind: .init(mode: facts.st_mode)))
    }
    return entries.sorted { $0.name.text.utf8.lexicographicallyPrecedes($1.name.text.utf8) }
  }
}
