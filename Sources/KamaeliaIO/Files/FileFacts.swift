import Glibc

/// What the system knows of a file.
package struct FileFacts: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case file, folder, link, pipe, socket, characterDevice, blockDevice, other
  }

  package let kind: Kind
  /// In bytes.
  package let size: Int64
  /// Together with `device` the identity of the file, whatever it is called: a log that was rotated has another.
  package let inode: UInt64
  package let device: UInt64
  /// When its contents were last written, since 1970 in UTC; before it, negative.
  package let modified: Duration
  /// The lower twelve bits of the mode.
  package let permissions: UInt32
  /// How many names it has; 0 when it was deleted while open.
  package let links: Int

  /// Whether it is the same file, whatever has been written to it between.
  package func isSameFile(as other: FileFacts) -> Bool { inode == other.inode && device == other.device }

  init(_ facts: stat) {
    kind = Kind(mode: facts.st_mode)
    size = Int64(facts.st_size)
    inode = UInt64(facts.st_ino)
    device = UInt64(facts.st_dev)
    modified = .seconds(facts.st_mtim.tv_sec) + .nanoseconds(facts.st_mtim.tv_nsec)
    permissions = facts.st_mode & 0o7777
    links = Int(facts.st_nlink)
  }
}

extension FileFacts.Kind {
  init(mode: mode_t) {
    switch mode & S_IFMT {
    case S_IFREG: self = .file
    case S_IFDIR: self = .folder
    case S_IFLNK: self = .link
    case S_IFIFO: self = .pipe
    case S_IFSOCK: self = .socket
    case S_IFCHR: self = .characterDevice
    case S_IFBLK: self = .blockDevice
    default: self = .other
    }
  }
}
