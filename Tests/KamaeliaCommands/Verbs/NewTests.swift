import Foundation
import Testing

@testable import KamaeliaCommands

struct NewTests {
  /// Lets a test work in a folder of its own.
  private func inFolder(_ work: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "new-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await work(folder.path)
  }

  @Test func `a graph is made that can be run as it is`() async throws {
    try await inFolder { folder in
      let path = "\(folder)/chat-room.kgraph"
      let session = await Session.run(["new", path])
      #expect(session == Session(status: .fine, errors: "made \(path); to run it: kamaelia run \(path)\n"))
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(text.hasPrefix("#!/usr/bin/env -S kamaelia run\n## Chat room: "))
      #expect(text.contains("ticks -> ConsoleWriter()\n"))
      #expect(FileManager.default.isExecutableFile(atPath: path))
    }
  }

  @Test func `the command that runs a new graph can be pasted into a shell`() async throws {
    try await inFolder { folder in
      let session = await Session.run(["new", "\(folder)/it's a room.kgraph"])
      #expect(session.errors.hasSuffix("; to run it: kamaelia run '\(folder)/it'\\''s a room.kgraph'\n"))
    }
  }

  @Test func `nothing that is there is changed`() async throws {
    try await inFolder { folder in
      for (words, present, absent) in [
        (["new", "\(folder)/a.kgraph"], "a.kgraph", "b"),
        (["new", "component", "Shout", "--sources", folder, "--tests", folder], "ShoutTests.swift", "Shout.swift"),
      ] {
        try Data("mine".utf8).write(to: URL(filePath: "\(folder)/\(present)"))
        let session = await Session.run(words)
        #expect(session.status == .errors)
        #expect(session.errors.hasPrefix("error: `\(folder)/\(present)` is there already\n"))
        #expect(try String(contentsOfFile: "\(folder)/\(present)", encoding: .utf8) == "mine")
        #expect(!FileManager.default.fileExists(atPath: "\(folder)/\(absent)"))
      }
    }
  }

  @Test func `a component is made with its test`() async throws {
    try await inFolder { folder in
      let sources = "\(folder)/Mine"
      try FileManager.default.createDirectory(atPath: sources, withIntermediateDirectories: false)
      let session = await Session.run(["new", "component", "Shout", "--sources", sources, "--tests", folder])
      #expect(session.status == .fine)
      #expect(session.errors.contains("put `Shout.self` into the library of your program"))
      #expect(
        try String(contentsOfFile: "\(sources)/Shout.swift", encoding: .utf8).contains("struct Shout: Component {"))
      let test = try String(contentsOfFile: "\(folder)/ShoutTests.swift", encoding: .utf8)
      #expect(test.contains("@testable import Mine\n"))
      #expect(test.contains("struct ShoutTests {"))
    }
  }

  @Test(
    arguments: [
      (["new"], "`new` wants FILE", nil),
      (["new", "chat"], "the name of a graph ends in `.kgraph`", "did you mean `chat.kgraph`?"),
      (["new", "folder/"], "the name of a graph ends in `.kgraph`", nil),
      (["new", "x/.kgraph"], "the name of a graph ends in `.kgraph`", nil),
      (["new", "a.kgraph", "b.kgraph"], "`b.kgraph` is one too many: one graph is made at a time", nil),
      (["new", "a.kgraph", "--tests", "x"], "`--tests` is for `new component`", nil),
      (["new", "component"], "`new component` wants a NAME", nil),
      (["new", "component", "my-shout"], "`my-shout` cannot name a component", "write `MyShout`"),
      (["new", "component", "9"], "`9` cannot name a component", "it begins with a letter in upper case"),
    ] as [([String], String, String?)])
  func `wrong use is named`(_ words: [String], _ message: String, _ help: String?) async {
    let session = await Session.run(words)
    #expect(session.status == .usage)
    let more = "  = help: `kamaelia help new` shows what it takes\n"
    #expect(session.errors == "error: \(message)\n" + (help.map { "  = help: \($0)\n" } ?? "") + more)
  }

  @Test func `a folder that is missing is named`() async {
    let session = await Session.run(["new", "/nonexistent/folder/a.kgraph"])
    #expect(session.status == .errors)
    #expect(session.errors.contains("the folder for `/nonexistent/folder/a.kgraph` is not there"))
  }

  @Test func `a package has all that its manifest names`() async throws {
    let manifest = try String(
      contentsOf: URL(filePath: #filePath).appending(path: "../../../../Package.swift").standardized, encoding: .utf8)
    let root = URL(filePath: #filePath).appending(path: "../../../..").standardized.path
    try await inFolder { folder in
      let template = PackageTemplate(name: "Mine", kamaelia: root)
      #expect(PackageTemplate.sources(root) == PackageTemplate.sources(nil))
      #expect(PackageTemplate.sources(folder) == nil)
      let files = Dictionary(uniqueKeysWithValues: template.files.map { ($0.path, $0.text) })
      #expect(
        files.keys.sorted() == [
          "Mine/Package.swift", "Mine/Sources/mine/Shout.swift", "Mine/Sources/mine/main.swift",
          "Mine/Tests/MineTests/ShoutTests.swift", "Mine/graphs/hello.kgraph",
        ])
      let text = try #require(files["Mine/Package.swift"])
      for product in text.matches(of: #/product\(name: "(\w+)"/#).map(\.output.1) {
        #expect(manifest.contains("name: \"\(product)\", targets:"), "\(product)")
      }
      #expect(files["Mine/Tests/MineTests/ShoutTests.swift"]?.contains("@testable import mine\n") == true)
    }
  }

  @Test func `a package is made where none is, and says how it is run`() async throws {
    try await inFolder { folder in
      let here = FileManager.default.currentDirectoryPath
      let words = ["new", "package", "Kamaelia\(UUID().uuidString.prefix(8))Here"]
      defer { try? FileManager.default.removeItem(atPath: "\(here)/\(words[2])") }
      let session = await Session.run(words)
      #expect(session.status == .fine)
      #expect(session.errors.hasSuffix("swift run \(words[2].lowercased()) run graphs/hello.kgraph\n"))
      #expect(FileManager.default.fileExists(atPath: "\(here)/\(words[2])/Package.swift"))
      let again = await Session.run(words)
      #expect(again.errors.hasPrefix("error: `\(words[2])` is there already\n"))
      #expect(await Session.run(["new", "package", "mine"]).errors.contains("write `Mine`"))
      #expect(await Session.run(["new", "package", "Other", "--kamaelia", folder]).status == .usage)
    }
  }
}
