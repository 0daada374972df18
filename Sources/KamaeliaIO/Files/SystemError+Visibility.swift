import Glibc

extension SystemError {
  /// What an error says of a file to one who may not know more of it.
  package enum Visibility: Sendable {
    /// It is a folder.
    case folder
    /// It is not there for a visitor: missing, outside of the root, a loop of links, a name too long, or not to be read.
    case hidden
    /// It says something of this machine.
    case broken
  }

  /// What an error of opening a file below a root says of it.
  package var visibility: Visibility {
    switch errno {
    case EISDIR: .folder
    case ENOENT, ENOTDIR, EXDEV, ELOOP, ENAMETOOLONG, EACCES, EPERM, EINVAL, ENXIO: .hidden
    default: .broken
    }
  }
}
