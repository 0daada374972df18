import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct ComparisonTests {
  private static let large = 9_007_199_254_740_993  // 2⁵³ + 1, which no `Double` is.

  @Test(
    arguments: [
      (.int(large), .int(large - 1), .greater), (.int(large), .double(9_007_199_254_740_992), .greater),
      (.int(large), .double(9_007_199_254_740_994), .less), (.double(9_007_199_254_740_992), .int(large), .less),
      (.int(3), .double(3), .equal), (.int(3), .double(3.5), .less), (.int(-3), .double(-3.5), .greater),
      (.int(.max), .double(0x1p63), .less), (.int(.min), .double(-0x1p63), .equal), (.int(.max), .double(1e300), .less),
      (.int(.min), .double(-1e300), .greater), (.int(0), .double(.infinity), .less),
      (.int(0), .double(.nan), .different),
      (.double(.nan), .double(.nan), .different), (.double(.nan), .int(0), .different),
      (.double(-0.0), .int(0), .equal),
      (.string("e\u{301}"), .string("\u{e9}"), .less), (.string("\u{212A}"), .string("K"), .greater),
      (.string("a"), .string("a"), .equal), (.string("1"), .int(1), .different), (.null, .null, .equal),
      (.array([.int(1), .int(large)]), .array([.double(1), .int(large)]), .equal),
      (.array([.int(large)]), .array([.double(9_007_199_254_740_992)]), .different),
      (.array([.string("e\u{301}")]), .array([.string("\u{e9}")]), .different),
      (.object(["a": .int(1), "b": .null]), .object(["b": .null, "a": .int(1)]), .equal),
    ] as [(JSON, JSON, Comparison)])
  func `values are compared exactly`(_ a: JSON, _ b: JSON, _ comparison: Comparison) {
    #expect(Comparison(a, b) == comparison)
  }

  @Test(
    arguments: [
      ("equals", [large]), ("above", [large + 1]), ("below", [large - 1]), ("atLeast", [large, large + 1]),
      ("atMost", [large - 1, large]),
    ] as [(String, [Int])])
  func `Filter tells large numbers apart`(_ condition: String, _ passed: [Int]) async throws {
    let harness = Harness(Filter<JSON>.self, ["by": "id", condition: .int(Self.large)])
    let numbers = [Self.large - 1, Self.large, Self.large + 1]
    harness.feed("inbox", numbers.map { JSON.object(["id": .int($0)]) })
    #expect(
      try await harness.run().messages("outbox", as: JSON.self) == passed.map { JSON.object(["id": .int($0)]) })
  }

  @Test func `Filter tells durations apart that are the same number of seconds`() async throws {
    let time = Duration.seconds(100 * 365 * 86_400)
    let harness = Harness(Filter<Duration>.self, ["equals": .duration(time)])
    harness.feed("inbox", [time, time + .nanoseconds(1)])
    #expect(try await harness.run().messages("outbox", as: Duration.self) == [time])
  }

  @Test func `Merge keeps large numbers in order`() async throws {
    let harness = Harness(Merge<Int>.self, ["rule": .name("sorted")])
    harness.feed("in[0]", [Self.large, Self.large + 2])
    harness.feed("in[1]", [Self.large - 1, Self.large + 1])
    #expect(try await harness.run().messages("outbox", as: Int.self) == (-1...2).map { Self.large + $0 })
  }

  @Test func `a large number belongs to the bucket that it lies in`() {
    var tally = Tally(edges: [0x1p53, 0x1p53 + 4])
    tally.add(.int(Self.large + 2))
    tally.add(.int(Self.large + 3))
    #expect(tally.buckets.map(\.count) == [0, 1, 1])
  }
}
