import Glibc
import KGraph

/// The files around the open ones.
package protocol Files: Sendable {
  /// Reads files, none of them outside `root`.
  func loader(root: String) -> any SourceLoader

  /// What is in a folder, in alphabetical order, without what begins with a dot; empty where it cannot be read.
  func entries(of folder: String) -> [FileEntry]

  /// What changes when the file does; nil where there is none.
  func stamp(of path: String) -> FileStamp?
}

/// A file or folder in a folder.
package struct FileEntry: Sendable, Hashable {
  package let name: String
  package let isFolder: Bool

  package init(_ name: String, isFolder: Bool) {
    self.name = name
    self.isFolder = isFolder
  }
}

/// Tells one state of a file from another.
package struct FileStamp: Sendable, Hashable {
  let numbers: [Int]

  package init(_ numbers: [Int]) { self.numbers = numbers }
}

/// Those of the machine.
package struct DiskFiles: Files {
  /// More entries of one folder are left out.
  private static let most = 10_000

  package init() {}

  package func loader(root: String) -> any SourceLoader { FileLoader(root: root) }

  package func entries(of folder: String) -> [FileEntry] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var entries: [FileEntry] = []
    while entries.count < Self.most, let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix(".") { continue }
      var facts = stat()
      guard lstat("\(folder)/\(name)", &facts) == 0 else { continue }
      entries.append(FileEntry(name, isFolder: facts.st_mode & S_IFMT == S_IFDIR))
    }
    return entries.sorted { $0.name < $1.name }
  }

  package func stamp(of path: String) -> FileStamp? {
    var facts = stat()
    guard stat(path, &facts) == 0 else { return nil }
    return FileStamp([
      Int(facts.st_mtim.tv_sec), facts.st_mtim.tv_nsec, Int(facts.st_size), Int(truncatingIfNeeded: facts.st_ino),
    ])
  }
}
