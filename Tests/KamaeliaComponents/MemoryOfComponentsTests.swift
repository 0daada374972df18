import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

/// What components keep counts as part of the memory that a run may have.
@Suite struct MemoryOfComponentsTests {
  private static let limit = 1 << 20
  /// 64 messages of 64 KiB: four times the limit, all different.
  private static let messages = (0..<64).map { number in Bytes(Array(repeating: UInt8(number), count: 64 << 10)) }

  private func run(_ type: any Component.Type, _ arguments: [String: Value]) async throws -> Outcome {
    let harness = Harness(type, arguments, capacity: 4, memory: Self.limit)
    harness.feed("inbox", Self.messages)
    return try await harness.run()
  }

  /// Besides the limit a message on each linkage and in each hand.
  private func isWithin(_ outcome: Outcome) -> Bool { outcome.mostMemory ?? .max <= Self.limit + 6 * (64 << 10) }

  @Test func `Delay takes no more than there is room for, and all arrives in order`() async throws {
    let outcome = try await run(Delay<Bytes>.self, ["time": .duration(.seconds(1))])
    #expect(outcome.messages("outbox", as: Bytes.self) == Self.messages)
    #expect(isWithin(outcome))
    let last = try #require(outcome.timed("outbox").last?.after)
    #expect(last >= .seconds(4) && last <= .seconds(6))
  }

  @Test func `Batch sends what it has where there is no room for more, and says so once`() async throws {
    let outcome = try await run(Batch<Bytes>.self, ["size": 1000])
    let lists = outcome.messages("outbox", as: [Bytes].self)
    #expect(lists.flatMap { $0 } == Self.messages)
    #expect(lists.count >= 4 && lists.count <= 8)
    #expect(outcome.said == ["sends lists of fewer than 1000 messages, since `--max-memory` is used up"])
  }

  @Test func `Batch and Window with room are as ever`() async throws {
    let batch = try await run(Batch<Bytes>.self, ["size": 8])
    #expect(batch.messages("outbox", as: [Bytes].self).map(\.count) == Array(repeating: 8, count: 8))
    #expect(batch.said == [])
    let window = try await run(Window<Bytes>.self, ["size": 8, "step": 1])
    #expect(window.messages("outbox", as: [Bytes].self).count == 57)
  }

  @Test(arguments: [["size": 1000], ["time": .duration(.seconds(10))]] as [[String: Value]])
  func `Window fails where its messages take more than there is`(_ arguments: [String: Value]) async throws {
    let outcome = try await run(Window<Bytes>.self, arguments)
    #expect(outcome.failure == "the messages of a window take more memory than `--max-memory` allows")
    #expect(isWithin(outcome))
  }

  @Test(arguments: ["wait", "dropOldest", "dropNewest"])
  func `Buffer has no room where the run has none`(_ policy: String) async throws {
    let slow = chain(
      "Slow",
      [
        ("Buffer", ["size": 1000, "overflow": .name(policy)]),
        ("Throttle", ["rate": .rate(perSecond: 1, isBytes: false)]),
      ], of: .bytes)
    let harness = Harness(
      Carousel<Bytes, Bytes>.self, ["graph": slow], capacity: 4, library: Library(Library.flow), memory: Self.limit)
    harness.feed("next", ["next"])
    harness.feed("inbox", Self.messages)
    let outcome = try await harness.run()
    #expect(outcome.mostMemory ?? .max <= Self.limit + 12 * (64 << 10))
    let passed = outcome.messages("outbox", as: Bytes.self)
    #expect(policy == "dropNewest" ? passed.count < 40 : passed == Self.messages)
  }

  @Test func `Dedupe keeps little, however long messages are`() async throws {
    let harness = Harness(Dedupe<Bytes>.self, capacity: 4, memory: Self.limit)
    harness.feed("inbox", Self.messages + Self.messages)
    let outcome = try await harness.run()
    #expect(outcome.messages("outbox", as: Bytes.self) == Self.messages)
    #expect(outcome.messages("duplicates", as: Bytes.self) == Self.messages)
    #expect(isWithin(outcome))
  }

  @Test func `Dedupe remembers fewer where there is no room`() async throws {
    let harness = Harness(Dedupe<Int>.self, ["remember": 1000], memory: 10_000)
    harness.feed("inbox", Array(0..<500) + [499, 0])
    let outcome = try await harness.run()
    #expect(outcome.messages("duplicates", as: Int.self) == [499])
    #expect(outcome.messages("outbox", as: Int.self).last == 0)
  }

  @Test func `CountBy fails where its keys take more than there is, and TopK keeps fewer`() async throws {
    let count = try await run(CountBy<Bytes>.self, [:])
    #expect(count.failure == "the keys take more memory than `--max-memory` allows")
    let top = try await run(TopK<Bytes>.self, ["k": 1])
    #expect(isWithin(top))
    #expect(top.messages("outbox", as: [Counted].self).first?.count == 1)
  }
}
