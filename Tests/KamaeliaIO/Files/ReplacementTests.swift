import Glibc
import Testing

@testable import KamaeliaIO

extension IO {
  @Suite struct ReplacementTests {
    @Test func `A new version takes the place of the old at once`() async throws {
      try await withFile("old") { path, folder in
        #expect(chmod(path, 0o604) == 0)
        let new = try await Replacement.begin(path)
        try await new.descriptor.write(Array("new".utf8))
        #expect(try await read(path) == "old")
        try await new.commit()
        #expect(try await read(path) == "new")
        #expect(try await File.facts(of: path).permissions == 0o604)
        #expect(try await Folder.list(folder).map(\.name) == ["f"])
      }
    }

    @Test(arguments: [true, false]) func `A version that is not committed leaves no trace`(byName: Bool) async throws {
      try await withFile("old") { path, folder in
        var new: Replacement? = try await Replacement.begin(path)
        try await new?.descriptor.write(Array("new".utf8))
        if byName { new?.abandon() }
        new = nil
        // The thread that made it may hold the last reference for a moment.
        while !byName, try await Folder.list(folder).count > 1 { await Task.yield() }
        #expect(try await read(path) == "old")
        #expect(try await Folder.list(folder).map(\.name) == ["f"])
      }
    }

    @Test func `A file that did not exist is made`() async throws {
      try await withTemporaryFolder { folder in
        let new = try await Replacement.begin("\(folder)/f", permissions: 0o600)
        try await new.commit()
        #expect(try await File.facts(of: "\(folder)/f").permissions == 0o600)
        await #expect(throws: SystemError.self) { try await new.commit() }
        new.abandon()
        #expect(try await read("\(folder)/f") == "")
      }
    }

    @Test func `A link is kept and its target replaced`() async throws {
      try await withFile("old") { path, folder in
        #expect(symlink("f", "\(folder)/l") == 0)
        let new = try await Replacement.begin("\(folder)/l")
        try await new.descriptor.write(Array("new".utf8))
        try await new.commit()
        #expect(try await File.facts(of: "\(folder)/l", followsLink: false).kind == .link)
        #expect(try await read(path) == "new")
      }
    }

    @Test func `A folder cannot be replaced, nor a file in none`() async throws {
      try await withTemporaryFolder { folder in
        let first = await #expect(throws: SystemError.self) { _ = try await Replacement.begin(folder) }
        #expect(first.map { "\($0)" } == "cannot replace `\(folder)`: Is a directory")
        let second = await #expect(throws: SystemError.self) { _ = try await Replacement.begin("\(folder)/a/b") }
        #expect(second?.isMissing == true)
      }
    }

    private func withFile(_ text: String, _ body: (String, String) async throws -> Void) async throws {
      try await withTemporaryFolder { folder in
        try await File.open("\(folder)/f", for: .creating).write(Array(text.utf8))
        try await body("\(folder)/f", folder)
      }
    }

    private func read(_ path: String) async throws -> String {
      String(decoding: try await File.open(path, for: .reading).readToEnd(limit: 1000), as: UTF8.self)
    }
  }
}
