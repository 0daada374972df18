import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct LiteralTests {
  @Test func `tests in graphs can write what these components send`() {
    let row = Value.record([.init("key", "a"), .init("count", 2)])
    #expect(Counted(literal: row) == Counted(key: "a", count: 2))
    #expect([Counted](literal: .list([row])) == [Counted(key: "a", count: 2)])
    #expect(Counted(literal: .record([.init("key", "a"), .init("count", 2), .init("error", 1)]))?.error == 1)
    #expect(Bucket(literal: .record([.init("to", 1), .init("count", 2)])) == Bucket(from: -.infinity, to: 1, count: 2))
    #expect(Pair<Int, String>(literal: .record([.init("right", "a"), .init("left", 1)])) == Pair(1, "a"))
  }

  @Test(
    arguments: [
      "a", .record([.init("key", "a")]), .record([.init("count", true)]),
      .record([.init("key", "a"), .init("count", 1), .init("more", 1)]), .record([.init("key", 1), .init("count", 1)]),
      .record([.init("key", "a"), .init("count", 1), .init("error", "x")]),
    ] as [Value])
  func `other literals stand for none`(_ literal: Value) {
    #expect(Counted(literal: literal) == nil)
    #expect(Bucket(literal: literal) == nil)
    #expect(Pair<Int, String>(literal: literal) == nil)
  }
}
