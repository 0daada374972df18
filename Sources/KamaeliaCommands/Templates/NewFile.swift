import Glibc

/// A file to be made, and how to make it without touching what is there.
package struct NewFile: Sendable, Hashable {
  package let path: String
  package let text: String
  /// Whether it can be run by itself, from its first line.
  package let isExecutable: Bool

  package init(path: String, text: String, isExecutable: Bool = false) {
    self.path = path
    self.text = text
    self.isExecutable = isExecutable
  }

  /// Makes folders, the outer ones first; the first must not be there.
  ///
  /// - Throws: ``CommandError/failure(_:help:)`` if it is there already, or one cannot be made.
  static func createFolders(_ paths: [String]) throws(CommandError) {
    for path in paths where mkdir(path, 0o777) != 0 {
      if errno == EEXIST { throw .failure("`\(path)` is there already") }
      throw .failure("`\(path)` cannot be made: \(String(cString: strerror(errno)))")
    }
  }

  /// Makes all files or none of them.
  ///
  /// - Throws: ``CommandError/failure(_:help:)`` if a file is there already, or a folder is missing.
  static func create(_ files: [NewFile]) throws(CommandError) {
    var made: [NewFile] = []
    do throws(CommandError) {
      for file in files {
        try file.create()
        made.append(file)
      }
    } catch {
      for file in made { unlink(file.path) }
      throw error
    }
  }

  private func create() throws(CommandError) {
    let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, isExecutable ? 0o777 : 0o666)
    guard descriptor >= 0 else {
      switch errno {
      case EEXIST: throw .failure("`\(path)` is there already", help: ["nothing was changed; take another name"])
      case ENOENT: throw .failure("the folder for `\(path)` is not there", help: ["make it first"])
      default: throw .failure("`\(path)` cannot be made: \(String(cString: strerror(errno)))")
      }
    }
    defer { close(descriptor) }
    do throws(ByteWriter.Failure) {
      try ByteWriter(descriptor: descriptor).write(text)
    } catch {
      unlink(path)
      guard case .system(let number) = error else { throw .failure("`\(path)` cannot be written") }
      throw .failure("`\(path)` cannot be written: \(String(cString: strerror(number)))")
    }
  }
}
