import Glibc
import Testing

@testable import KamaeliaIO

extension IO {
  @Suite struct ProgramTests {
    @Test func `A program is found in the first folder that has one`() async throws {
      try await withTemporaryFolder { folder in
        for (name, permissions) in [("a/tool", mode_t(0o600)), ("b/tool", 0o700), ("c/tool", 0o700)] {
          try await File.makeFolder("\(folder)/\(name.prefix(1))")
          _ = try await File.open("\(folder)/\(name)", for: .creating, permissions: permissions)
        }
        try await File.makeFolder("\(folder)/b/folder")
        let path = "\(folder)/none:\(folder)/a:\(folder)/b:\(folder)/c"
        #expect(Program.find("tool", path: path) == "\(folder)/b/tool")
        #expect(Program.find("folder", path: path) == nil)
        #expect(Program.find("other", path: path) == nil)
        #expect(Program.find("\(folder)/c/tool", path: path) == "\(folder)/c/tool")
        #expect(Program.find("\(folder)/a/tool", path: path) == nil)
      }
    }

    @Test func `Programs of the system are found by PATH`() {
      #expect(Program.find("sort")?.hasSuffix("/sort") == true)
      #expect(Program.find("no-such-program-here") == nil)
    }

    @Test(arguments: ["", "a\0b"]) func `What is no name is not found`(name: String) {
      #expect(Program.find(name) == nil)
    }
  }
}
