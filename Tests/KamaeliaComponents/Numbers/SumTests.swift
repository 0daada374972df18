import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct SumTests {
  private func sum<M: Message>(_ messages: [M], _ arguments: [String: Value] = [:]) async throws -> Outcome {
    let harness = Harness(Sum<M>.self, arguments)
    harness.feed("inbox", messages)
    return try await harness.run()
  }

  @Test func `the sum has the type of the messages`() async throws {
    #expect(try await sum([1, 2, 3]).messages("outbox", as: Int.self) == [6])
    #expect(try await sum([0.5, 0.25]).messages("outbox", as: Double.self) == [0.75])
    #expect(try await sum(["1", " 2 ", "0.5"]).messages("outbox", as: String.self) == ["3.5"])
    #expect(
      try await sum([Duration.seconds(1), .milliseconds(500)]).messages("outbox", as: Duration.self) == [
        .milliseconds(1500)
      ])
    #expect(try await sum([Size(bytes: 5), Size(bytes: 7)]).messages("outbox", as: Size.self) == [Size(bytes: 12)])
    #expect(try await sum([JSON.int(1), .double(1.5)]).messages("outbox", as: JSON.self) == [.double(2.5)])
    #expect(try await sum([AnyMessage(2), AnyMessage("3")]).messages("outbox", as: Int.self) == [5])
  }

  @Test func `the sum of nothing is zero`() async throws {
    #expect(try await sum([Int]()).messages("outbox", as: Int.self) == [0])
  }

  @Test func `a field can be added up, and what has none is said`() async throws {
    let messages: [JSON] = [
      .object(["size": .int(2)]), .null, .object(["size": .string("40")]), .object(["size": .bool(true)]),
    ]
    let outcome = try await sum(messages, ["of": "size"])
    #expect(outcome.messages("outbox", as: JSON.self) == [.int(42)])
    #expect(
      outcome.messages("errors", as: BadInput.self).map(\.text) == [
        #"there is no number in the field `size`: "null""#,
        #"there is no number in the field `size`: "{\"size\":true}""#,
      ])
  }

  @Test(arguments: ["", "x", "nan", "inf", "1e999", "0x"]) func `text that is no number is said`(_ text: String)
    async throws
  {
    let outcome = try await sum([text])
    #expect(outcome.messages("errors", as: BadInput.self).map(\.error) == ["this is no number"])
  }

  @Test func `a sum too large for its type is an error and never a wrong number`() async throws {
    #expect(try await sum([Int.max, 1]).failure == "the sum is too large")
    #expect(
      try await sum([Double.greatestFiniteMagnitude, .greatestFiniteMagnitude]).failure == "the sum is too large")
  }

  @Test func `what was too large on the way does not count`() async throws {
    #expect(try await sum([Int.max, .max, -.max, 1 - .max]).messages("outbox", as: Int.self) == [1])
    #expect(try await sum([1e308, 1e308, -1e308]).messages("outbox", as: Double.self) == [1e308])
    #expect(try await sum([-1e308, -1e308, 1.5, 1e308, 1e308]).messages("outbox", as: Double.self) == [1.5])
  }

  @Test func `durations are added exactly and stay durations, whatever type the graph carries`() async throws {
    let times = [Duration.milliseconds(100), .seconds(3600), .nanoseconds(1), .seconds(100_000 * 86_400)]
    let total = times.reduce(.zero, +)
    #expect(try await sum(times).messages("outbox", as: Duration.self) == [total])
    #expect(try await sum(times.map { AnyMessage($0) }).messages("outbox", as: Duration.self) == [total])
    #expect(
      try await sum([Duration.seconds(-1), .milliseconds(1)]).messages("outbox", as: Duration.self) == [
        .milliseconds(-999)
      ])
    let sizes = [AnyMessage(Size(bytes: 5)), AnyMessage(Size(bytes: 7))]
    #expect(try await sum(sizes).messages("outbox", as: Size.self) == [Size(bytes: 12)])
    let mixed = [AnyMessage(Duration.seconds(1)), AnyMessage(2)]
    #expect(try await sum(mixed).messages("outbox", as: Double.self) == [3])
  }

  @Test func `a whole number of more than 64 bits is said, and not rounded`() async throws {
    let outcome = try await sum(["9223372036854775807", "9223372036854775808", "-1"])
    #expect(outcome.messages("outbox", as: String.self) == ["9223372036854775806"])
    #expect(outcome.messages("errors", as: BadInput.self).map(\.error) == ["a whole number of more than 64 bits"])
  }

  @Test func `sums come from time to time`() async throws {
    #expect(try await sum([1, 2, 3], ["each": 2]).messages("outbox", as: Int.self) == [3, 6])
    #expect(try await sum([1, 2, 3], ["each": 2, "reset": true]).messages("outbox", as: Int.self) == [3, 3])
  }

  @Test func `what no sum can be made of is refused`() throws {
    #expect(try problem(Sum<Counted>(), [:]) == "adds up numbers, and {key: Text, count: Int, error: Int} is none")
    #expect(try problem(Sum<Placeholder>(), [:]) == nil)
  }

  @Test func `rounding is made up for`() {
    var sum = ExactSum()
    for number in [1, 1e100, 1, -1e100] { sum.add(.double(number)) }
    #expect(sum.number == .double(2))
  }
}
