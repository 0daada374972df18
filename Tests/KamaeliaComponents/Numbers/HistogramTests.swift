import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct HistogramTests {
  private func counts(_ numbers: [Double], _ arguments: [String: Value]) async throws -> [[Int]] {
    let harness = Harness(Histogram<Double>.self, arguments)
    harness.feed("inbox", numbers)
    return try await harness.run().messages("outbox", as: [Bucket].self).map { $0.map(\.count) }
  }

  @Test func `an interval holds its lower end and not its upper one`() async throws {
    let numbers = [-1, 0, 4.9, 5, 9.9, 10, 11]
    #expect(try await counts(numbers, ["range": .range(0, 10), "buckets": 2]) == [[1, 2, 2, 2]])
    #expect(try await counts(numbers, ["edges": [0, 5, 10]]) == [[1, 2, 2, 2]])
    #expect(try await counts(numbers, ["edges": [5]]) == [[3, 4]])
  }

  @Test func `nothing is counted as nothing`() async throws {
    #expect(try await counts([], ["edges": [1]]) == [[0, 0]])
  }

  @Test func `counts come from time to time`() async throws {
    #expect(try await counts([0, 2, 2], ["edges": [1], "each": 2]) == [[1, 1], [1, 2]])
    #expect(try await counts([0, 2, 2], ["edges": [1], "each": 2, "reset": true]) == [[1, 1], [0, 1]])
  }

  @Test func `intervals read well`() {
    var tally = Tally(edges: Tally.edges(of: 0...1, count: 2))
    tally.add(.double(0.7))
    #expect(tally.buckets.text == "below 0.0: 0\n0.0 to 0.5: 0\n0.5 to 1.0: 1\nfrom 1.0: 0")
    #expect(tally.buckets.first?.json.encoded == #"{"from":null,"to":0.0,"count":0}"#)
  }

  @Test(
    arguments: [
      ([:], "takes either `range` or `edges`"),
      (["edges": [1], "range": .range(0, 1)], "takes either `range` or `edges`"),
      (["edges": [1, 3, 2]], "takes `edges` in ascending order, and 2.0 comes after 3.0"),
      (["edges": [1, 1]], "takes `edges` in ascending order, and 1.0 comes after 1.0"),
      (["range": .range(1, 1)], "takes a `range` that is not empty"), (["range": .range(0, 100)], nil),
    ] as [([String: Value], String?)])
  func `intervals that make no sense are refused`(_ arguments: [String: Value], _ words: String?) throws {
    #expect(try problem(Histogram<Double>(), arguments) == words)
  }
}
