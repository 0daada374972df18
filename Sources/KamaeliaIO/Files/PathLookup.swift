import Glibc

/// How the system finds what a path leads to: each name that it looks up, and the folder in which it does.
///
/// A link is looked up, and then what it says. The lookup ends at the first name that is not there, which is the one to
/// wait for.
struct PathLookup: Hashable {
  /// One name in one folder.
  struct Step: Hashable {
    /// Without a link in it; relative to the working folder as long as no link leads to an absolute path.
    let folder: String
    let name: String
  }

  /// As many as the kernel follows: path_resolution(7).
  private static let mostLinks = 40

  /// In the order in which the names are looked up.
  private(set) var steps: [Step] = []

  init(_ path: String) {
    var waiting = Array(Self.names(of: path).reversed())
    var folder = Self.isAbsolute(path) ? "/" : "."
    var links = 0
    while let name = waiting.popLast() {
      if name == ".." {
        folder = Self.above(folder)
        continue
      }
      steps.append(Step(folder: folder, name: name))
      let place = Self.join(folder, name)
      var facts = stat()
      guard lstat(place, &facts) == 0 else { return }
      guard facts.st_mode & S_IFMT == S_IFLNK else {
        folder = place
        continue
      }
      links += 1
      guard links <= Self.mostLinks, let target = Self.target(of: place) else { return }
      if Self.isAbsolute(target) { folder = "/" }
      waiting += Self.names(of: target).reversed()
    }
  }

  /// By its bytes: a slash and a mark behind it are one character of Swift's.
  private static func isAbsolute(_ path: String) -> Bool { path.utf8.first == UInt8(ascii: "/") }

  private static func names(of path: String) -> [String] {
    path.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }.filter { $0 != "." }
  }

  private static func join(_ folder: String, _ name: String) -> String {
    switch folder {
    case ".": name
    case "/": "/" + name
    default: "\(folder)/\(name)"
    }
  }

  /// The folder that `..` in `folder` stands for.
  private static func above(_ folder: String) -> String {
    if folder == "/" { return "/" }
    if folder == "." { return ".." }
    if folder == ".." || folder.hasSuffix("/..") { return folder + "/.." }
    guard let slash = folder.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == folder.startIndex ? "/" : String(folder[..<slash])
  }

  private static func target(of link: String) -> String? {
    var target = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let size = readlink(link, &target, target.count)
    guard size >= 0 else { return nil }
    return String(decoding: target[..<size].map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
