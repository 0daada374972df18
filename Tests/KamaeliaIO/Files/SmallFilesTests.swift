import Foundation
import KamaeliaIO
import Testing

extension IO {
  @Suite struct SmallFilesTests {
    private func file(_ count: Int, at time: Int64 = 0) async throws -> SmallFiles.Kept {
      SmallFiles.Kept(
        bytes: [UInt8](repeating: 1, count: count), facts: try await File.facts(of: #filePath), time: time)
    }

    @Test func `A file is kept as it was, and known by its age`() async throws {
      let files = SmallFiles()
      files.keep(try await file(5, at: 10), as: "a")
      #expect(files.file("a", since: 10)?.bytes.count == 5)
      #expect(files.file("a", since: 11) == nil)
      #expect(files.file("b", since: 0) == nil)
      files.keep(try await file(6, at: 12), as: "a")
      #expect(files.file("a", since: 11)?.bytes.count == 6)
    }

    @Test func `A long file is not kept, and never more than fits in all`() async throws {
      let files = SmallFiles(largest: 1000, total: 3000)
      files.keep(try await file(1001), as: "long")
      #expect(files.file("long", since: 0) == nil)
      for number in 0..<100 {
        files.keep(try await file(1000), as: "\(number)")
        #expect(files.file("\(number)", since: 0) != nil)
      }
      let count = (0..<100).count { files.file("\($0)", since: 0) != nil }
      #expect(count <= 2)
    }
  }
}
