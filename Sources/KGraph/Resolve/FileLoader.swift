import Glibc

/// Files of the machine, none of them outside one folder.
package struct FileLoader: SourceLoader {
  /// The folder's path without links; nil if there is no such folder.
  private let root: String?
  private let shownRoot: String

  /// - Parameter root: the folder that no import leaves, by `..`, by an absolute path or by a link.
  package init(root: String) {
    shownRoot = root
    self.root = Self.real(root.isEmpty ? "." : root)
  }

  package func identity(of name: String) -> String { Self.real(name) ?? name }

  package func load(_ name: String, limit: Int) throws(SourceError) -> Source {
    guard let root else { throw .missing }
    if name.utf8.contains(0) { throw .missing }
    guard let path = Self.real(name) else {
      if errno == ENOENT || errno == ENOTDIR { throw leavesByName(name) ? outside(link: false) : .missing }
      throw .unreadable(String(cString: strerror(errno)))
    }
    // Looked at before opening, so that a device is not touched, and after, so that nobody can swap a link in between.
    guard Self.isInside(path, root) else { throw outside(link: !leavesByName(name)) }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw .unreadable(String(cString: strerror(errno))) }
    defer { close(descriptor) }
    guard let opened = Self.real("/proc/self/fd/\(descriptor)"), Self.isInside(opened, root) else {
      throw outside(link: true)
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw .noFile }
    if status.st_size > limit { throw .tooLarge(limit: limit) }
    return Source(name: name, bytes: try Self.read(descriptor, limit))
  }

  private func outside(link: Bool) -> SourceError { .outside(root: shownRoot.isEmpty ? "." : shownRoot, link: link) }

  /// Whether the path leads out of the root without any link.
  private func leavesByName(_ name: String) -> Bool {
    guard let root else { return true }
    guard let folder = Self.real(".") else { return true }
    return !Self.isInside(PathText.normal(name.hasPrefix("/") ? name : "\(folder)/\(name)"), root)
  }

  private static func isInside(_ path: String, _ root: String) -> Bool {
    root == "/" || path == root || path.hasPrefix(root + "/")
  }

  private static func real(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Reads to the end, which a file that grows meanwhile moves no further than to `limit`.
  private static func read(_ descriptor: Int32, _ limit: Int) throws(SourceError) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw .unreadable(String(cString: strerror(errno)))
      }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
      if bytes.count > limit { throw .tooLarge(limit: limit) }
    }
  }
}
