import Glibc
import Testing

@testable import KamaeliaIO

extension IO {
  @Suite struct RootTests {
    /// What a path may be, and where below the root it leads; `nil` if it is refused.
    static let paths: [(String, String?)] = [
      ("a/f", "a/f"), ("./a//f", "a/f"), ("a/../a/f", "a/f"), ("a/b/../../f", "f"), ("in", "a/f"), ("a/up", "f"),
      ("d/f", "a/f"), (".", ""), ("a/b/..", "a"), ("a/", "a"), ("..", nil), ("a/../..", nil), ("a/../../r/f", nil),
      ("/etc/passwd", nil), ("out", nil), ("absolute", nil), ("absolute/x", nil), ("upfolder/other", nil),
      ("d/../../x", nil),
    ]

    @Test(arguments: paths, [true, false])
    func `A path leads below the root or is refused`(path: (String, String?), asksKernel: Bool) async throws {
      try await withTree { tree in
        let root = try Root("\(tree)/r", asksKernel: asksKernel)
        if let place = path.1 {
          #expect(try root.resolve(path.0) == (place.isEmpty ? root.path : "\(root.path)/\(place)"))
        } else {
          let error = #expect(throws: SystemError.self) { _ = try root.resolve(path.0) }
          #expect(error?.errno == EXDEV)
          #expect(error.map { "\($0)" }?.hasSuffix("it leads out of the folder it must stay in") == true)
        }
      }
    }

    @Test(
      arguments: [("none", ENOENT), ("f/x", ENOTDIR), ("f/", ENOTDIR), ("loop", ELOOP), ("", ENOENT), ("a\0", EINVAL)],
      [true, false])
    func `What is wrong otherwise is told as ever`(path: (String, Int32), asksKernel: Bool) async throws {
      try await withTree { tree in
        let root = try Root("\(tree)/r", asksKernel: asksKernel)
        let error = #expect(throws: SystemError.self) { _ = try root.resolve(path.0) }
        #expect(error?.errno == path.1)
      }
    }

    @Test(arguments: [true, false]) func `Files are read and made below the root alone`(asksKernel: Bool) async throws {
      try await withTree { tree in
        let root = try Root("\(tree)/r", asksKernel: asksKernel)
        #expect(try await root.open("in", for: .reading).readToEnd(limit: 100) == Array("inner".utf8))
        try await root.open("a/new", for: .creating).write([1])
        #expect(try await File.facts(of: "\(tree)/r/a/new").size == 1)
        let out = await #expect(throws: SystemError.self) { _ = try await root.open("../new", for: .creating) }
        #expect(out?.errno == EXDEV)
        let link = await #expect(throws: SystemError.self) { _ = try await root.open("out", for: .replacing) }
        #expect(link?.errno == EXDEV)
        #expect(try await File.facts(of: "\(tree)/secret").size == 6)
        let folder = await #expect(throws: SystemError.self) { _ = try await root.open("a", for: .reading) }
        #expect(folder?.errno == EISDIR)
      }
    }

    @Test func `A root leaves no descriptor behind`() async throws {
      try await withTree { tree in
        let before = openDescriptors()
        for asksKernel in [true, false] {
          let root = try Root("\(tree)/r", asksKernel: asksKernel)
          for (path, _) in Self.paths { _ = try? root.resolve(path) }
        }
        #expect(opened(since: before).isEmpty)
      }
    }

    private func withTree(_ body: (String) async throws -> Void) async throws {
      try await withTemporaryFolder { tree in
        for folder in ["r", "r/a", "r/a/b"] { try await File.makeFolder("\(tree)/\(folder)") }
        for (name, text) in [("secret", "secret"), ("r/f", "outer"), ("r/a/f", "inner")] {
          try await File.open("\(tree)/\(name)", for: .creating).write(Array(text.utf8))
        }
        for (name, target) in [
          ("in", "a/f"), ("a/up", "../f"), ("d", "a"), ("out", "../secret"), ("absolute", "\(tree)/r/a"),
          ("upfolder", ".."), ("loop", "loop"),
        ] { #expect(symlink(target, "\(tree)/r/\(name)") == 0) }
        try await body(tree)
      }
    }
  }
}
