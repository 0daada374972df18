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
        #expect(try await Folder.list(folder).map(\.name.text) == ["f"])
      }
    }

    @Test(arguments: [true, false]) func `A version that is not committed leaves no trace`(byName: Bool) async throws {
      try await withFile("old") { path, folder in
        var new: Replacement? = try await Replacement.begin(path)
        try await new?.descriptor.write(Array("new".utf8))
        if byName { new?.abandon() }
        new = nil
        #expect(try await read(path) == "old")
        #expect(try await Folder.list(folder).map(\.name.text) == ["f"])
      }
    }

    @Test func `A link to a name that is no UTF-8 is not taken for one to another file`() async throws {
      try await withTemporaryFolder { folder in
        let name: [CChar] = [0x66, CChar(bitPattern: 0xE9), 0]
        #expect(symlink(name, "\(folder)/l") == 0)
        let error = await #expect(throws: SystemError.self) { _ = try await Replacement.begin("\(folder)/l") }
        #expect(error.map { "\($0)" } == "cannot replace `\(folder)/l`: it leads to a name that is no UTF-8")
        let names = try await Folder.list(folder).map(\.name.text)
        #expect(names == ["l"])
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

    @Test func `A link to a file that is not there is kept, and the file made`() async throws {
      try await withTemporaryFolder { folder in
        #expect(symlink("g", "\(folder)/l2") == 0 && symlink("l2", "\(folder)/l1") == 0)
        let new = try await Replacement.begin("\(folder)/l1")
        try await new.commit()
        #expect(try await File.facts(of: "\(folder)/l1", followsLink: false).kind == .link)
        #expect(try await Folder.list(folder).map(\.name.text) == ["g", "l1", "l2"])
      }
    }

    @Test func `A version that is being written has no name`() async throws {
      try await withFile("old") { path, folder in
        let new = try await Replacement.begin(path)
        try await new.descriptor.write(Array("new".utf8))
        #expect(try await Folder.list(folder).map(\.name.text) == ["f"])
      }
    }

    @Test func `Where every file has a name, what is left over is deleted, and what is being written is not`()
      async throws
    {
      try await withFile("old") { path, folder in
        func begin() throws -> Replacement {
          try Replacement(path, permissions: 0o666, mayBeNameless: false)
        }
        let first = try begin()
        let other = try begin()
        #expect(try await Folder.list(folder).count == 3)
        let name = try #require(try await Folder.list(folder).map(\.name.text).first { $0.hasPrefix(".f.") })
        // Nobody holds these: one is left over, the others are none of ours.
        for name in [name + "2.kamaelia", ".f.txt", ".g.1.kamaelia", "f.1.kamaelia"] {
          try await File.open("\(folder)/\(name)", for: .creating).close()
        }
        let last = try begin()
        let names = try await Folder.list(folder).map(\.name.text)
        #expect(names.filter { $0.hasPrefix(".f.") && $0.hasSuffix(".kamaelia") }.count == 3)
        #expect(Set(names).isSuperset(of: ["f", ".f.txt", ".g.1.kamaelia", "f.1.kamaelia"]))
        first.abandon()
        other.abandon()
        try await last.descriptor.write(Array("new".utf8))
        try await last.commit()
        #expect(try await read(path) == "new")
        #expect(try await Folder.list(folder).map(\.name.text) == [".f.txt", ".g.1.kamaelia", "f", "f.1.kamaelia"])
      }
    }

    @Test(arguments: [true, false]) func `A name may be as long as names can be`(mayBeNameless: Bool) async throws {
      try await withTemporaryFolder { folder in
        let path = "\(folder)/" + String(repeating: "日", count: 85)
        for _ in 0..<2 {
          let new = try Replacement(path, permissions: 0o666, mayBeNameless: mayBeNameless)
          try await new.commit()
        }
        #expect(try await Folder.list(folder).count == 1)
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
