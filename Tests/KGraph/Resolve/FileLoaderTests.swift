import Foundation
import Testing

@testable import KGraph

/// Files of the machine, as graphs import them.
@Suite struct FileLoaderTests {
  /// A folder that is gone when the test ends.
  final class Folder {
    let path: String

    init() throws {
      path = FileManager.default.temporaryDirectory.appending(path: "kgraph-\(UUID())").path
      try FileManager.default.createDirectory(atPath: path + "/root/sub", withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ text: String, to name: String) throws {
      try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }
  }

  private func load(_ name: String, _ folder: Folder, limit: Int = 1000) -> Result<String, SourceError> {
    do throws(SourceError) {
      let source = try FileLoader(root: folder.path + "/root").load("\(folder.path)/root/\(name)", limit: limit)
      return .success(source.text(0..<source.bytes.count))
    } catch {
      return .failure(error)
    }
  }

  @Test func `files inside the root are read`() throws {
    let folder = try Folder()
    try folder.write("inside", to: "root/sub/a.kgraph")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/root/link.kgraph", withDestinationPath: "sub/a.kgraph")
    #expect(load("sub/a.kgraph", folder) == .success("inside"))
    #expect(load("sub/../sub/a.kgraph", folder) == .success("inside"))
    #expect(load("link.kgraph", folder) == .success("inside"))
    let loader = FileLoader(root: folder.path + "/root")
    #expect(
      loader.identity(of: folder.path + "/root/link.kgraph") == loader.identity(of: folder.path + "/root/sub/a.kgraph"))
  }

  @Test func `nothing outside the root is read`() throws {
    let folder = try Folder()
    let root = folder.path + "/root"
    try folder.write("secret", to: "secret.kgraph")
    try FileManager.default.createSymbolicLink(atPath: root + "/link.kgraph", withDestinationPath: "../secret.kgraph")
    try FileManager.default.createSymbolicLink(atPath: root + "/up", withDestinationPath: "..")
    #expect(load("../secret.kgraph", folder) == .failure(.outside(root: root, link: false)))
    #expect(load("../none.kgraph", folder) == .failure(.outside(root: root, link: false)))
    #expect(load("link.kgraph", folder) == .failure(.outside(root: root, link: true)))
    #expect(load("up/secret.kgraph", folder) == .failure(.outside(root: root, link: true)))
    #expect(load("sub/../../secret.kgraph", folder) == .failure(.outside(root: root, link: false)))
    // A folder whose name begins like the root's is another one.
    try FileManager.default.createDirectory(atPath: root + "2", withIntermediateDirectories: true)
    try folder.write("secret", to: "root2/a.kgraph")
    #expect(load("../root2/a.kgraph", folder) == .failure(.outside(root: root, link: false)))
  }

  @Test func `what is no file, too large or not there is refused`() throws {
    let folder = try Folder()
    try folder.write(String(repeating: "x", count: 1001), to: "root/large.kgraph")
    #expect(load("large.kgraph", folder) == .failure(.tooLarge(limit: 1000)))
    #expect(load("large.kgraph", folder, limit: 1001) == .success(String(repeating: "x", count: 1001)))
    #expect(load("sub", folder) == .failure(.noFile))
    #expect(load("none.kgraph", folder) == .failure(.missing))
    #expect(load("none.kgraph/a", folder) == .failure(.missing))
    #expect(load("a\u{0}b", folder) == .failure(.missing))
    mkfifo(folder.path + "/root/pipe", 0o600)
    #expect(load("pipe", folder) == .failure(.noFile))
  }

  @Test func `a graph is checked with its imports`() throws {
    let folder = try Folder()
    try folder.write("import \"../main.kgraph\" as Up\nUp()", to: "root/sub/a.kgraph")
    let source = Source(name: folder.path + "/root/main.kgraph", text: "import \"sub/a.kgraph\" as A\nA()")
    try folder.write(source.text(0..<source.bytes.count), to: "root/main.kgraph")
    let checked = Checker(library: CheckingLibrary.standard, loader: FileLoader(root: folder.path + "/root")).check(
      source)
    #expect(checked.codes == ["K0210"])
    #expect(checked.diagnostics.first?.place.source.name == folder.path + "/root/sub/a.kgraph")
  }

  @Test(arguments: [
    ("chat-room.kgraph", "ChatRoom"), ("a/b/log_errors.v2.kgraph", "LogErrors"), ("-e", "E"),
    ("2pipes.kgraph", "Graph2pipes"),
    ("", "Main"), ("übung.kgraph", "Übung"), ("---", "Main"),
  ]) func `a file's graph is named after it`(_ file: String, _ name: String) {
    #expect(PathText.graphName(of: file) == name)
  }

  @Test(arguments: [
    ("b.kgraph", "a.kgraph", "b.kgraph"), ("b.kgraph", "x/a.kgraph", "x/b.kgraph"),
    ("../b.kgraph", "x/a.kgraph", "b.kgraph"),
    ("../../b.kgraph", "x/a.kgraph", "../b.kgraph"), ("./y//b.kgraph", "/x/a.kgraph", "/x/y/b.kgraph"),
  ]) func `paths are relative to the file that imports`(_ path: String, _ file: String, _ joined: String) {
    #expect(PathText.join(path, besides: file) == joined)
  }
}
