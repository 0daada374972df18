import Glibc
import Testing

@testable import KamaeliaIO

extension IO {
  @Suite struct FileTests {
    @Test func `Each way of opening does what it says`() async throws {
      try await withTemporaryFolder { folder in
        let path = "\(folder)/f"
        try await write("abc", to: path, .creating)
        #expect(try await read(path) == "abc")
        try await write("de", to: path, .appending)
        #expect(try await read(path) == "abcde")
        try await write("X", to: path, .updating)
        #expect(try await read(path) == "Xbcde")
        try await write("new", to: path, .replacing)
        #expect(try await read(path) == "new")
        let error = await #expect(throws: SystemError.self) { try await write("x", to: path, .creating) }
        #expect(error.map { "\($0)" } == "cannot create `\(path)`: File exists")
      }
    }

    @Test(arguments: [
      (File.Access.reading, "cannot open `F/none` for reading: No such file or directory"),
      (.updating, "cannot open `F/none` for writing: No such file or directory"),
    ])
    func `A missing file is named`(access: File.Access, text: String) async throws {
      try await withTemporaryFolder { folder in
        let error = await #expect(throws: SystemError.self) {
          _ = try await File.open("\(folder)/none", for: access)
        }
        #expect(error?.isMissing == true)
        #expect(error.map { "\($0)" } == text.split(separator: "F").joined(separator: folder))
      }
    }

    @Test func `A folder is no file, and a NUL is no name`() async throws {
      let folder = await #expect(throws: SystemError.self) { _ = try await File.open("/usr", for: .reading) }
      #expect(folder?.errno == EISDIR)
      let nul = await #expect(throws: SystemError.self) { _ = try await File.open("/etc/passwd\0x", for: .reading) }
      #expect(nul?.errno == EINVAL)
    }

    @Test func `The facts of a file are known by its name and by its descriptor`() async throws {
      try await withTemporaryFolder { folder in
        let path = "\(folder)/f"
        let file = try await File.open(path, for: .creating, permissions: 0o640)
        try await file.write([1, 2, 3])
        let facts = try file.facts()
        #expect(facts.kind == .file)
        #expect(facts.size == 3)
        #expect(facts.permissions == 0o640)
        #expect(try await File.facts(of: path) == facts)
        #expect(symlink("f", "\(folder)/l") == 0)
        #expect(try await File.facts(of: "\(folder)/l") == facts)
        #expect(try await File.facts(of: "\(folder)/l", followsLink: false).kind == .link)
        try await File.rename(path, to: "\(folder)/g")
        #expect(try await File.facts(of: "\(folder)/g").inode == facts.inode)
        try await File.delete("\(folder)/g")
        #expect(try file.facts().links == 0)
      }
    }

    @Test func `A file is read on, gone back in and cut off`() async throws {
      try await withTemporaryFolder { folder in
        try await write("hello", to: "\(folder)/f", .creating)
        let file = try await File.open("\(folder)/f", for: .updating)
        #expect(try await file.read(upTo: 2) == Array("he".utf8))
        #expect(try file.position() == 2)
        try file.seek(to: 4)
        #expect(try await file.read(upTo: 9) == Array("o".utf8))
        try await file.truncate(to: 3)
        try await file.sync(metadata: false)
        #expect(try await read("\(folder)/f") == "hel")
      }
    }

    @Test func `A named pipe is waited for and ends with its writer`() async throws {
      try await withTemporaryFolder { folder in
        let path = "\(folder)/p"
        #expect(mkfifo(path, 0o600) == 0)
        let early = await #expect(throws: SystemError.self) { _ = try await File.open(path, for: .replacing) }
        #expect(early.map { "\($0)" } == "cannot open `\(path)` for writing: nobody has opened it for reading")
        let reading = try await File.open(path, for: .reading)
        async let got = reading.readToEnd(limit: 100)
        try await reading.untilWaited()
        try await write("hello", to: path, .replacing)
        #expect(try await got == Array("hello".utf8))
      }
    }

    @Test func `A name that is no UTF-8 is shown as far as it can be, and its kind is known`() async throws {
      try await withTemporaryFolder { folder in
        let path = Array("\(folder)/é".utf8) + [0xE9, 0xFF, 0x62, 0]
        #expect(path.map { CChar(bitPattern: $0) }.withUnsafeBufferPointer { mkdir($0.baseAddress!, 0o700) } == 0)
        let entries = try await Folder.list(folder)
        #expect(entries.map(\.name.text) == [#"é\xE9\xFFb"#])
        #expect(entries.map(\.name.isExact) == [false])
        #expect(entries.map(\.kind) == [.folder])
      }
    }

    @Test func `A folder is listed in order`() async throws {
      try await withTemporaryFolder { folder in
        for name in ["b", "a", "é", ".c"] { try await write("", to: "\(folder)/\(name)", .creating) }
        try await File.makeFolder("\(folder)/d")
        #expect(symlink("nowhere", "\(folder)/l") == 0)
        let entries = try await Folder.list(folder)
        #expect(entries.map(\.name.text) == [".c", "a", "b", "d", "l", "é"])
        #expect(entries.map(\.kind) == [.file, .file, .file, .folder, .link, .file])
        let error = await #expect(throws: SystemError.self) { _ = try await Folder.list(folder, limit: 5) }
        #expect(error?.errno == E2BIG)
        try await File.deleteFolder("\(folder)/d")
        #expect(try await Folder.list(folder).count == 5)
        try await File.syncFolder(folder)
      }
    }

    @Test(.enabled(if: geteuid() == 0, "mounting a small disk needs root"))
    func `A disk that fills up says how much went through, and takes more when there is room`() async throws {
      try await withTemporaryFolder { folder in
        let mounted = try await Child.start(
          Launch("/bin/mount", ["-t", "tmpfs", "-o", "size=1m", "small", folder])
        ).exitStatus()
        guard mounted.isSuccess else { try Test.cancel("mounting is not possible here: \(mounted)") }
        let (ballast, path) = ("\(folder)/ballast", "\(folder)/f")
        try await write(String(repeating: "b", count: 500_000), to: ballast, .creating)
        let sent = (0..<800_000).map { UInt8(truncatingIfNeeded: $0 &* 13) }
        let file = try await File.open(path, for: .creating)
        let error = try #require(await #expect(throws: SystemError.self) { try await file.write(sent) })
        #expect(error.isFull)
        #expect(error.transferred > 0)
        #expect(try file.facts().size == Int64(error.transferred))
        try await File.delete(ballast)
        try await file.write(sent, from: error.transferred)
        #expect(try await File.open(path, for: .reading).readToEnd(limit: .max) == sent)
        file.close()
        #expect(try await Child.start(Launch("/bin/umount", ["-l", folder])).exitStatus() == .exited(0))
      }
    }

    private func write(_ text: String, to path: String, _ access: File.Access) async throws {
      try await File.open(path, for: access).write(Array(text.utf8))
    }

    private func read(_ path: String) async throws -> String {
      String(decoding: try await File.open(path, for: .reading).readToEnd(limit: 1000), as: UTF8.self)
    }
  }
}
