import KGraph
import Synchronization

/// The trees of files that are not open, kept as long as the files do not change.
final class KeptTrees: Sendable {
  private struct Entry {
    let stamp: FileStamp
    let tree: GraphFile
  }

  /// Beyond that all are forgotten, and read again when they are needed.
  private static let most = 1000
  private let entries = Mutex<[String: Entry]>([:])

  func tree(
    _ key: String, _ stamp: FileStamp?, _ read: () throws(SourceError) -> GraphFile
  ) throws(SourceError) -> GraphFile {
    if let stamp, let entry = entries.withLock({ $0[key] }), entry.stamp == stamp { return entry.tree }
    let tree = try read()
    if let stamp {
      entries.withLock { entries in
        if entries.count >= Self.most { entries = [:] }
        entries[key] = Entry(stamp: stamp, tree: tree)
      }
    }
    return tree
  }
}

/// Reads imports as the editor sees them: open files as they are there, others as they are on the disk.
struct EditorLoader: SourceLoader {
  let root: String
  let base: any SourceLoader
  let files: any Files
  let kept: KeptTrees
  /// The trees of open files, by identity.
  let open: [String: GraphFile]

  func identity(of name: String) -> String { base.identity(of: name) }

  func load(_ name: String, limit: Int) throws(SourceError) -> Source {
    if let tree = open[identity(of: name)] { return tree.source }
    return try base.load(name, limit: limit)
  }

  func tree(_ name: String, limit: Int) throws(SourceError) -> GraphFile {
    let identity = identity(of: name)
    if let tree = open[identity] { return tree }
    return try kept.tree("\(root)\u{0}\(name)", files.stamp(of: identity)) { () throws(SourceError) in
      GraphFile.parse(try base.load(name, limit: limit))
    }
  }
}
