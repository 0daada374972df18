import Glibc

/// Where a path leads: links followed, `..` taken back, whether or not there is something at its end.
enum RealPath {
  /// As many links as the kernel follows: path_resolution(7).
  private static let mostLinks = 40

  /// The names from the root on.
  ///
  /// - Parameter path: relative to the working folder unless it begins with `/`.
  static func names(of path: String) -> [String] {
    var left = Array(steps(of: path).reversed())
    if !path.hasPrefix("/") { left += steps(of: here).reversed() }
    var names: [String] = []
    var links = 0
    while let step = left.popLast() {
      if step == ".." {
        _ = names.popLast()
        continue
      }
      names.append(step)
      guard links < mostLinks, let target = link("/" + names.joined(separator: "/")) else { continue }
      links += 1
      names.removeLast()
      if target.hasPrefix("/") { names = [] }
      left += steps(of: target).reversed()
    }
    return names
  }

  /// The same as a path.
  static func of(_ path: String) -> String { "/" + names(of: path).joined(separator: "/") }

  private static func steps(of path: String) -> [String] {
    path.split(separator: "/").filter { $0 != "." }.map(String.init)
  }

  private static var here: String {
    guard let folder = getcwd(nil, 0) else { return "/" }
    defer { free(folder) }
    return String(cString: folder)
  }

  /// What a link says; nil for what is none.
  private static func link(_ path: String) -> String? {
    var target = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let size = readlink(path, &target, target.count)
    guard size >= 0 else { return nil }
    return String(decoding: target[..<size].map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
