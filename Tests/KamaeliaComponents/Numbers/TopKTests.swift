import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct TopKTests {
  @Test func `the most frequent come first`() async throws {
    let harness = Harness(TopK<String>.self, ["k": 2])
    harness.feed("inbox", ["b", "a", "c", "a", "b", "a"])
    #expect(
      try await harness.run().messages("outbox", as: [Counted].self)
        == [[Counted(key: "a", count: 3), Counted(key: "b", count: 2)]])
  }

  @Test func `fewer counters than keys are refused`() throws {
    #expect(
      try problem(TopK<Int>(), ["k": 10, "counters": 5])
        == "needs a counter for each key: `counters` (5) is less than `k` (10)")
  }
}

@Suite struct FrequentKeysTests {
  /// Keys of which number n comes about 1/n as often as number 1.
  private func stream(_ seed: UInt64) -> [Int] {
    var generator = Generator(state: seed)
    return (0..<20_000).map { _ in Int(pow2(Double.random(in: 0..<10, using: &generator))) }
  }

  private func pow2(_ exponent: Double) -> Double {
    let whole = Int(exponent)
    return Double(1 << whole) * (1 + (exponent - Double(whole)))
  }

  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
  func `with room for all keys the counts are exact`(_ seed: UInt64) {
    var (keys, exact) = (FrequentKeys(capacity: 2000), [String: Int]())
    for number in stream(seed) {
      keys.add("\(number)")
      exact["\(number)", default: 0] += 1
    }
    let table = exact.map { Counted(key: $0.key, count: $0.value) }.sorted { $0.precedes($1) }
    #expect(keys.top(50) == Array(table.prefix(50)))
  }

  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64], [1, 10, 100])
  func `without room, counts are too large by their error at most and no frequent key is missed`(
    _ seed: UInt64, _ capacity: Int
  ) {
    var (keys, exact) = (FrequentKeys(capacity: capacity), [String: Int]())
    let stream = stream(seed)
    for number in stream {
      keys.add("\(number)")
      exact["\(number)", default: 0] += 1
    }
    let table = keys.top(capacity)
    #expect(table.count == capacity)
    for row in table {
      #expect(row.count >= exact[row.key, default: 0])
      #expect(row.count - row.error <= exact[row.key, default: 0])
      #expect(row.error <= stream.count / capacity)
    }
    let found = Set(table.map(\.key))
    for (key, count) in exact where count > stream.count / capacity { #expect(found.contains(key)) }
  }
}

/// SplitMix64, by Sebastiano Vigna.
private struct Generator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
