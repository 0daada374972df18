import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct DebounceTests {
  private func run(_ arguments: [String: Value], _ times: [Int], seed: UInt64 = 1) async throws -> [(Duration, String)]
  {
    let harness = Harness(
      Debounce<Int>.self, arguments.merging(["quiet": .duration(.milliseconds(100))]) { $1 }, seed: seed)
    for time in times { harness.feed("inbox", at: .milliseconds(time), [time]) }
    return try await harness.run().timed("outbox").map { ($0.after, $0.text) }
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
  func `the last of a burst passes once it is quiet`(_ seed: UInt64) async throws {
    let passed = try await run([:], [0, 50, 100, 300, 400, 1000], seed: seed)
    #expect(passed.map(\.1) == ["100", "300", "400", "1000"])
    #expect(passed.map(\.0) == [200, 400, 500, 1000].map { .milliseconds($0) })
  }

  @Test func `a burst without end passes in time`() async throws {
    let passed = try await run(["atMost": .duration(.milliseconds(250))], Array(stride(from: 0, through: 600, by: 60)))
    #expect(passed.map(\.1) == ["240", "540", "600"])
    #expect(passed.map(\.0) == [250, 550, 600].map { .milliseconds($0) })
  }
}
