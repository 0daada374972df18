import CSystem
import Glibc

/// A file that is written before it gets its name, so that a process that is killed meanwhile leaves nothing behind.
///
/// Where the disk or the system knows no files without names, it has a hidden one. It is locked while somebody writes
/// it, so that whoever makes the next one for the same place knows which are left over, and deletes them.
struct UnfinishedFile: Sendable {
  /// Open for writing; it belongs to whoever made the file.
  let number: Int32
  private let folder: String
  private let prefix: String
  /// Nil for a file without a name.
  private let place: String?

  private static let suffix = ".kamaelia"

  /// - Parameters:
  ///   - name: the one that the file will get.
  ///   - path: for errors, of the operation `replace`.
  init(
    folder: String, name: Substring, permissions: mode_t, mayBeNameless: Bool, path: String
  ) throws(SystemError) {
    self.folder = folder
    prefix = ".\(Self.beginning(of: name))."
    if mayBeNameless, let number = Self.nameless(in: folder, permissions) {
      self.number = number
      place = nil
      return
    }
    Self.sweep(folder, prefix)
    while true {
      let place = Self.newPlace(folder, prefix)
      let number = open(place, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, permissions)
      if number < 0, errno == EEXIST || errno == EINTR { continue }
      guard number >= 0 else { throw .latest(.replace, path) }
      // Before it was locked, somebody may have taken it for one that is left over.
      var facts = stat()
      if flock(number, LOCK_EX) == 0, fstat(number, &facts) == 0, facts.st_nlink == 0 {
        close(number)
        continue
      }
      self.number = number
      self.place = place
      return
    }
  }

  /// Takes the place of what has the name, in one step.
  ///
  /// - Parameter number: the system's for the file, as long as that is open.
  func take(_ target: String, _ number: Int32) throws(SystemError) {
    if let place {
      try system(.replace, target) { rename(place, target) }
      return
    }
    // What has no name can only be given one that nobody has.
    let own = "/proc/self/fd/\(number)"
    if linkat(AT_FDCWD, own, AT_FDCWD, target, AT_SYMLINK_FOLLOW) == 0 { return }
    while errno == EEXIST {
      let place = Self.newPlace(folder, prefix)
      guard linkat(AT_FDCWD, own, AT_FDCWD, place, AT_SYMLINK_FOLLOW) == 0 else { continue }
      do throws(SystemError) {
        try system(.replace, target) { rename(place, target) }
        return
      } catch {
        unlink(place)
        throw error
      }
    }
    throw .latest(.replace, target)
  }

  /// Deletes it, unless it has taken its place; one without a name goes when it is closed.
  func delete() { if let place { unlink(place) } }

  /// Nil where that is not possible.
  private static func nameless(in folder: String, _ permissions: mode_t) -> Int32? {
    let number = open(folder, csys_unnamed | O_DIRECTORY | O_WRONLY | O_CLOEXEC, permissions)
    guard number >= 0 else { return nil }
    // Through here it will get its name.
    if access("/proc/self/fd/\(number)", F_OK) == 0 { return number }
    close(number)
    return nil
  }

  /// Deletes what others have left that are no more.
  private static func sweep(_ folder: String, _ prefix: String) {
    guard let names = opendir(folder) else { return }
    defer { closedir(names) }
    while let entry = readdir(names) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { continue }
      let number = open("\(folder)/\(name)", O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
      guard number >= 0 else { continue }
      defer { close(number) }
      if flock(number, LOCK_EX | LOCK_NB) == 0 { unlink("\(folder)/\(name)") }
    }
  }

  private static func newPlace(_ folder: String, _ prefix: String) -> String {
    var generator = SystemRandomNumberGenerator()
    return "\(folder)/\(prefix)\(String(generator.next(), radix: 36))\(suffix)"
  }

  /// As much of a name as leaves room for the rest: a name has 255 bytes at most.
  private static func beginning(of name: Substring) -> Substring {
    var count = 0
    return name.prefix { character in
      count += character.utf8.count
      return count <= 200
    }
  }
}
