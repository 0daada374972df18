/// Where the files come from that a graph imports.
package protocol SourceLoader: Sendable {
  /// What tells the file of that name from all others, however its path is written; the name itself where there is none.
  func identity(of name: String) -> String

  /// Reads a file.
  ///
  /// - Parameter name: its path, relative to where the program runs unless it begins with `/`.
  /// - Throws: why it cannot or may not be read.
  func load(_ name: String, limit: Int) throws(SourceError) -> Source

  /// The same, read into a tree, for a loader that keeps its trees.
  func tree(_ name: String, limit: Int) throws(SourceError) -> GraphFile
}

extension SourceLoader {
  package func tree(_ name: String, limit: Int) throws(SourceError) -> GraphFile {
    GraphFile.parse(try load(name, limit: limit))
  }
}

/// Why a file is not read.
package enum SourceError: Error, Sendable, Hashable {
  /// There is none of that name.
  case missing
  /// It lies outside the root folder; `link` says that a symbolic link leads there.
  case outside(root: String, link: Bool)
  /// It is a folder, a device or a pipe.
  case noFile
  /// It has more bytes than may be read.
  case tooLarge(limit: Int)
  /// The system's reason.
  case unreadable(String)
}

/// Paths as texts: what can be known of them without looking at files.
enum PathText {
  /// The path of a file as seen from the folder of another.
  static func join(_ path: String, besides file: String) -> String {
    guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
    return normal(String(file[...slash]) + path)
  }

  /// The path without `.`, doubled slashes, and `..` after a folder.
  static func normal(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
    }
    return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }

  /// The name of the graph that a file holds: `chat-room.kgraph` is `ChatRoom`.
  static func graphName(of file: String) -> String {
    let last = file.split(separator: "/").last ?? ""
    let stem = last.split(separator: ".", omittingEmptySubsequences: true).first ?? ""
    let words = stem.split { !$0.isLetter && !$0.isNumber }
    let name = words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    guard let first = name.first else { return "Main" }
    return first.isLetter ? name : "Graph" + name
  }
}
