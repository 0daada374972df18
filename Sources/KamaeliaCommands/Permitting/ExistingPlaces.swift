import Glibc

/// What there is in the file system, as far as patterns of paths speak of it.
enum ExistingPlaces {
  /// More are not looked at: a pattern is for a few places, and `**` is one.
  private static let most = 10_000

  /// The places that fit a pattern, without links on the way. A `**` at its end stands for the folder before it.
  static func matching(_ pattern: PathPattern) -> [String] {
    var found = [pattern.base]
    for step in pattern.rest {
      switch step {
      // In the middle of a pattern it is not followed; at the end its folder stands for all below it.
      case .any: return found
      case .name(let name): found = found.map { join($0, name) }.filter(exists)
      case .like(let text):
        found = Array(
          found.lazy.flatMap { folder in
            names(in: folder).filter { PathPattern.isMatch(text, $0) }.map { join(folder, $0) }
          }.prefix(most))
      }
    }
    return found
  }

  /// Places that together are all that exists under `path` but for what `denials` mean: the place itself, where they mean
  /// nothing there.
  static func under(_ path: String, without denials: [PathPattern]) -> [String] {
    var kept: [String] = []
    var left = [path]
    var count = 0
    while let place = left.popLast(), count < most {
      count += 1
      let pattern = PathPattern(place, .itself)
      if denials.contains(where: { $0.covers(pattern) }) { continue }
      if denials.contains(where: { $0.overlaps(pattern.withEverythingBelow) }), isFolder(place) {
        left += names(in: place).map { join(place, $0) }
      } else {
        kept.append(place)
      }
    }
    return kept
  }

  static func isFolder(_ path: String) -> Bool { kind(of: path) == S_IFDIR }
  static func isFile(_ path: String) -> Bool { kind(of: path) == S_IFREG }
  static func exists(_ path: String) -> Bool { kind(of: path) != nil }

  /// A link is a link, since what it leads to may be outside.
  private static func kind(of path: String) -> mode_t? {
    var facts = stat()
    return lstat(path, &facts) == 0 ? facts.st_mode & S_IFMT : nil
  }

  private static func names(in path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while names.count < most, let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  private static func join(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }
}
