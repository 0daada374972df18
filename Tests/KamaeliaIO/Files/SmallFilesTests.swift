import KamaeliaIO
import Testing

extension IO {
  @Suite struct SmallFilesTests {
    @Test func `Names that only look the same are those of other files`() {
      let files = SmallFiles<String>()
      files.keep("composed", of: 10, at: 100, as: "caf\u{e9}")
      files.keep("decomposed", of: 10, at: 100, as: "cafe\u{301}")
      #expect(files.file("caf\u{e9}", since: 100) == "composed")
      #expect(files.file("cafe\u{301}", since: 100) == "decomposed")
    }

    @Test func `A file is kept as it was, and known by its age`() {
      let files = SmallFiles<String>()
      files.keep("old", of: 3, at: 10, as: "a")
      #expect(files.file("a", since: 10) == "old")
      #expect(files.file("a", since: 11) == nil)
      #expect(files.file("b", since: 0) == nil)
      files.keep("new", of: 3, at: 12, as: "a")
      #expect(files.file("a", since: 11) == "new")
    }

    @Test func `A long file is not kept, and never more than fits in all`() {
      let files = SmallFiles<Int>(largest: 1000, total: 3000)
      files.keep(0, of: 1001, at: 0, as: "long")
      #expect(files.file("long", since: 0) == nil)
      for number in 0..<100 {
        files.keep(number, of: 1000, at: 0, as: "\(number)")
        #expect(files.file("\(number)", since: 0) == number)
      }
      let count = (0..<100).count { files.file("\($0)", since: 0) != nil }
      #expect(count <= 2)
    }
  }
}
