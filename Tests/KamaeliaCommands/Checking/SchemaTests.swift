import Foundation
import KGraph
import Kamaelia
import KamaeliaComponents
import Testing

@testable import KamaeliaCommands

/// Graphs are checked against the description of a library as against the library.
@Suite struct SchemaTests {
  private static let described: Result<Library, any Error> = Result {
    try LibrarySchema(json: Array(LibrarySchema(.standard).json.utf8)).library
  }

  @Test func `A library that is described has the same components`() throws {
    let described = try Self.described.get()
    #expect(described.names == Library.standard.names)
    #expect(described.typeNames == Library.standard.typeNames)
    for name in described.names { #expect(described.signature(of: name) == Library.standard.signature(of: name)) }
    for name in described.names { #expect(described.component(name) == nil) }
  }

  /// Those that speak of what only a component's own code says, such as bounds and patterns, which a description has not.
  private static let beyond: Set = ["K0114", "K0126", "K0415", "K0416", "K0701"]

  @Test(arguments: Code.all.filter { !$0.example.isEmpty && !beyond.contains($0.name) }.map(\.name))
  func `The same is wrong with every example`(name: String) throws {
    let code = try #require(Code.named(name))
    let library = try Self.described.get()
    for text in [code.example, code.mended] {
      let source = Source(name: "example.kgraph", text: text)
      func words(_ library: Library) -> [String] {
        Checker(library: library, loader: MemoryLoader(code.files)).check(source, for: .run).diagnostics.map {
          "\($0.place) \($0.message)"
        }
      }
      #expect(words(library) == words(.standard))
    }
  }

  @Test(
    arguments: [
      ("", "it is no JSON"), ("{}", "`format` is missing"), ("[1]", "something else was expected"),
      (#"{"format":"x","version":1,"types":[],"components":[]}"#, "is no description of a library"),
      (#"{"format":"kamaelia-library","version":9,"types":[],"components":[]}"#, "is of version 9"),
      (
        #"{"format":"kamaelia-library","version":1,"types":[],"components":[{"name":"A"}]}"#,
        "is missing at components.[0]"
      ),
      (String(repeating: "[", count: 100_000), "is no description of a library"),
    ])
  func `What describes no library is refused`(text: String, message: String) throws {
    let failure = #expect(throws: LibrarySchema.Failure.self) { try LibrarySchema(json: Array(text.utf8)) }
    #expect(failure?.description.contains(message) == true, "\(failure?.description ?? "")")
  }

  @Test func `The command line writes it and checks against it`() async throws {
    let verbs = Verbs.table(library: .standard)
    let written = await Session.run(["check", "--schema"], verbs: verbs)
    #expect(written.status == .fine)
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(written.output.utf8).write(to: folder.appending(path: "library.json"))
    try Data("1 -> Count() -> ConsoleWriter()\n".utf8).write(to: folder.appending(path: "a.kgraph"))
    let none = Verbs.table(library: Library([]))
    let words = ["check", folder.path + "/a.kgraph"]
    #expect(await Session.run(words, verbs: none).status == .errors)
    let checked = await Session.run(words + ["--against", folder.path + "/library.json"], verbs: none)
    #expect(checked == Session(status: .fine, errors: "no errors in 1 file\n"))
    #expect(await Session.run(["check", "--schema", "x"], verbs: none).status == .usage)
    #expect(await Session.run(words + ["--against", "/nonexistent"], verbs: none).status == .errors)
  }
}
