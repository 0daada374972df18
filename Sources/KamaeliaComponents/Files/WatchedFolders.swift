import Kamaelia
import KamaeliaIO

/// The folders that a watch watches.
struct WatchedFolders {
  private static let most = 10_000

  private let watch: Watch
  private var paths: Set<TextKey> = []
  /// Names that nothing can be told of, as far as that was said.
  private var unspoken: Set<TextKey> = []
  /// So many are said by name.
  private static let mostNamed = 100

  init(_ watch: Watch) { self.watch = watch }

  mutating func add(_ path: String) throws {
    if paths.contains(TextKey(path)) { return }
    guard paths.count < Self.most else { throw TooManyFolders(most: Self.most) }
    try watch.add(path)
    paths.insert(TextKey(path))
  }

  /// The path of a name in a folder. Nil where that is no UTF-8, which is said once: no text leads to such a file, and one that
  /// looks like it would lead to another.
  mutating func path(of name: FileName, in folder: String) -> String? {
    let place = folder.utf8.last == UInt8(ascii: "/") ? folder + name.text : "\(folder)/\(name.text)"
    if name.isExact { return place }
    guard unspoken.count <= Self.mostNamed, unspoken.insert(TextKey(place)).inserted else { return nil }
    Notice.warning(
      unspoken.count > Self.mostNamed
        ? "there are more names that are no UTF-8, and what has them is passed over"
        : "the name of `\(place)` is no UTF-8: what has it is passed over")
    return nil
  }

  /// None is watched any more.
  mutating func removeAll() {
    for path in paths { watch.remove(path.text) }
    paths = []
  }

  /// The watch has ended by itself.
  mutating func remove(_ path: String) { paths.remove(TextKey(path)) }

  /// What was moved away is watched no more, since its paths are others now.
  mutating func remove(under path: String) {
    for inside in paths
    where inside.text.hasSameBytes(as: path) || inside.text.utf8.starts(with: (path + "/").utf8) {
      watch.remove(inside.text)
      paths.remove(inside)
    }
  }
}

/// There are more folders inside each other than one component watches.
struct TooManyFolders: Error, CustomStringConvertible {
  let most: Int
  var description: String { "there are more than \(most) folders to watch" }
}
