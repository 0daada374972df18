import Foundation
import Glibc
import KamaeliaComponents
import Testing

@testable import KamaeliaCommands

/// Files and folders that a command line names.
@Suite struct GraphFilesTests {
  private func withFolder<R>(_ body: (String) async throws -> R) async throws -> R {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder.path)
  }

  private func run(_ words: String...) async -> Session {
    await Session.run(words, verbs: Verbs.table(library: .standard))
  }

  @Test(arguments: [["check"], ["test"], ["fmt", "--check"]])
  func `What cannot be read is said, and does not keep the others from being looked at`(verb: [String]) async throws {
    try await withFolder { folder in
      let text = "test \"loud\" of Uppercase() {\n send inbox: \"a\"\n expect outbox: \"B\"\n}\nx ->\n"
      try text.replacing("x ->\n", with: verb == ["check"] ? "Nonsense()\n" : "")
        .write(toFile: "\(folder)/b.kgraph", atomically: true, encoding: .utf8)
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/a.kgraph", withDestinationPath: "\(folder)/a.kgraph")
      let session = await Session.run(verb + [folder, "\(folder)/none"], verbs: Verbs.table(library: .standard))
      #expect(session.status == .errors)
      #expect(session.errors.contains("`\(folder)/a.kgraph` cannot be read: Too many levels of symbolic links"))
      #expect(session.errors.contains("`\(folder)/none` cannot be read: No such file or directory"))
      #expect(session.errors.contains("\(folder)/b.kgraph"), "\(session.errors)")
    }
  }

  @Test func `A name that is not in UTF-8 is said`() async throws {
    try await withFolder { folder in
      let name = Array("\(folder)/x".utf8CString.dropLast()) + [-1] + Array(".kgraph".utf8CString)
      close(open(name, O_WRONLY | O_CREAT, 0o600))
      defer { unlink(name) }
      let session = await run("check", folder)
      #expect(session.status == .errors)
      #expect(session.errors.contains("x\u{FFFD}.kgraph` cannot be read: No such file"), "\(session.errors)")
    }
  }

  @Test func `A folder that cannot be opened is said`() async throws {
    try await withFolder { folder in
      let text = "Ticks(1s) -> ConsoleWriter()\n"
      try text.write(toFile: "\(folder)/a.kgraph", atomically: true, encoding: .utf8)
      // Nobody may open a path of more than 4096 bytes, whoever they are.
      let name = String(repeating: "x", count: 250)
      var places = [open(folder, O_RDONLY)]
      for _ in 0..<17 {
        mkdirat(places.last ?? -1, name, 0o700)
        places.append(openat(places.last ?? -1, name, O_RDONLY))
      }
      defer {
        while let place = places.popLast() {
          close(place)
          unlinkat(places.last ?? -1, name, AT_REMOVEDIR)
        }
      }
      let session = await run("check", folder)
      #expect(session.status == .errors)
      #expect(session.errors.contains("cannot be read: File name too long"), "\(session.errors)")
    }
  }

  @Test(arguments: ["check", "test", "fmt"])
  func `A folder without graphs is an error`(verb: String) async throws {
    try await withFolder { folder in
      let session = await run(verb, folder)
      #expect(session.status == .errors)
      #expect(session.errors.hasPrefix("error: there are no graphs here\n"))
    }
  }

  @Test func `All that could be read being fine is not enough where something could not be read`() async throws {
    try await withFolder { folder in
      let path = "\(folder)/a.kgraph"
      try "Ticks(1s) -> ConsoleWriter()\n".write(toFile: path, atomically: true, encoding: .utf8)
      for verb in ["check", "fmt", "test"] {
        #expect(await run(verb, path).status == .fine)
        #expect(await run(verb, path, "\(folder)/none.kgraph").status == .errors)
      }
    }
  }
}
