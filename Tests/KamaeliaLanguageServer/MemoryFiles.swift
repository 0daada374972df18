import KGraph

@testable import KamaeliaLanguageServer

/// Files of a machine that is not there.
struct MemoryFiles: Files {
  /// Texts by absolute path.
  let texts: [String: String]

  func loader(root: String) -> any SourceLoader { Loader(root: root, texts: texts) }

  func entries(of folder: String) -> [FileEntry] {
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    let rests = texts.keys.filter { $0.hasPrefix(prefix) }.map { $0.dropFirst(prefix.count) }
    let entries = rests.map { rest in
      FileEntry(String(rest.split(separator: "/")[0]), isFolder: rest.contains("/"))
    }
    return Set(entries).sorted { $0.name < $1.name }
  }

  func stamp(of path: String) -> FileStamp? { texts[path].map { FileStamp([$0.hashValue]) } }

  private struct Loader: SourceLoader {
    let root: String
    let texts: [String: String]

    func identity(of name: String) -> String {
      var parts: [Substring] = []
      for part in name.split(separator: "/") where part != "." {
        if part == "..", !parts.isEmpty { parts.removeLast() } else { parts.append(part) }
      }
      return (name.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
    }

    func load(_ name: String, limit: Int) throws(SourceError) -> Source {
      let path = identity(of: name)
      guard path.hasPrefix(root) else { throw .outside(root: root, link: false) }
      guard let text = texts[path] else { throw .missing }
      return Source(name: name, text: text)
    }
  }
}
