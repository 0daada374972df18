import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct CarouselTests {
  private let library = Library(Library.flow + Library.timing)

  private func ticks(_ count: Int) -> Value {
    chain("Ticking", [("Ticks", ["interval": .duration(.seconds(1)), "count": .int(count)])], hasInbox: false)
  }

  @Test func `each request makes an instance, and the end of one asks for the next`() async throws {
    let harness = Harness(Carousel<Int, Int>.self, ["graph": ticks(3), "requestFirst": true], library: library)
    harness.feed("next", ["next"])
    harness.feed("next", at: .seconds(10), ["next"])
    let outcome = try await harness.run()
    #expect(outcome.messages("outbox", as: Int.self) == [0, 1, 2, 0, 1, 2])
    #expect(outcome.timed("outbox").map(\.after) == [0, 1, 2, 10, 11, 12].map { .seconds($0) })
    #expect(outcome.timed("requestNext").map(\.after) == [0, 2].map { .seconds($0) })
    #expect(outcome.hasEnded)
  }

  @Test func `a request ends the instance that runs`() async throws {
    let harness = Harness(Carousel<Int, Int>.self, ["graph": ticks(100)], library: library)
    harness.feed("next", ["next"])
    harness.feed("next", at: .milliseconds(2500), ["next"])
    let outcome = try await harness.run(for: .seconds(5))
    #expect(outcome.messages("outbox", as: Int.self) == [0, 1, 2, 0, 1, 2])
    #expect(outcome.timed("requestNext").isEmpty)
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `in turn each instance gets to its end, and no request is lost`(_ seed: UInt64) async throws {
    let harness = Harness(
      Carousel<Int, Int>.self, ["graph": ticks(9), "parameter": "count", "each": .name("inTurn")], seed: seed,
      library: library)
    harness.feed("next", [1, 2, 3])
    harness.feed("next", at: .seconds(2), [2])
    let outcome = try await harness.run()
    #expect(outcome.messages("outbox", as: Int.self) == [0, 0, 1, 0, 1, 2, 0, 1])
    #expect(outcome.said == [])
    #expect(outcome.hasEnded)
  }

  @Test(arguments: [(nil, 1), ("untilNext", 0)] as [(String?, Int)])
  func `where nobody has said that requests end instances, a warning says so once`(_ each: String?, _ warnings: Int)
    async throws
  {
    var arguments: [String: Value] = ["graph": ticks(100)]
    if let each { arguments["each"] = .name(each) }
    let harness = Harness(Carousel<Int, Int>.self, arguments, library: library)
    for second in 0..<3 { harness.feed("next", at: .milliseconds(2500 * second), ["next"]) }
    let said = try await harness.run(for: .seconds(7)).said
    #expect(said.count == warnings)
    #expect(said.allSatisfy { $0.contains("`each: inTurn` lets each get to its end") })
  }

  @Test func `messages are arguments`() async throws {
    let harness = Harness(Carousel<Int, Int>.self, ["graph": ticks(9), "parameter": "count"], library: library)
    harness.feed("next", [2])
    harness.feed("next", at: .seconds(10), [1])
    #expect(try await harness.run().messages("outbox", as: Int.self) == [0, 1, 0])
    let objects = Harness(Carousel<Int, Int>.self, ["graph": ticks(9)], library: library)
    objects.feed("next", [JSON.object(["count": .int(2)])])
    #expect(try await objects.run().messages("outbox", as: Int.self) == [0, 1])
  }

  @Test func `arguments that the graph does not take are said`() async throws {
    let harness = Harness(Carousel<Int, Int>.self, ["graph": ticks(1), "parameter": "count"], library: library)
    harness.feed("next", ["many"])
    harness.feed("next", [AnyMessage(1)])
    let outcome = try await harness.run()
    #expect(outcome.messages("outbox", as: Int.self) == [0])
    #expect(outcome.messages("errors", as: BadInput.self).map(\.input) == ["many"])
  }

  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
  func `data passes through the instance that runs and is not lost between two`(_ seed: UInt64) async throws {
    let graph = chain("Two", [("Take", ["count": 2])])
    let harness = Harness(Carousel<Int, Int>.self, ["graph": graph], seed: seed, library: library)
    for second in 0..<6 { harness.feed("inbox", at: .seconds(second), [second]) }
    for second in [0, 2, 4] { harness.feed("next", at: .milliseconds(second * 1000 + 1500), ["next"]) }
    let outcome = try await harness.run()
    #expect(outcome.messages("outbox", as: Int.self) == [0, 1, 2, 3, 4, 5])
    #expect(outcome.hasEnded)
  }

  @Test func `an instance that does not end is cancelled in time`() async throws {
    let slow = chain("Slow", [("Ticks", ["count": 1]), ("Delay", ["time": .duration(.seconds(100))])], hasInbox: false)
    let harness = Harness(
      Carousel<Int, Int>.self, ["graph": slow, "grace": .duration(.seconds(5))], library: library)
    harness.feed("next", ["next"])
    harness.feed("next", at: .seconds(10), ["next"])
    let outcome = try await harness.run()
    #expect(outcome.timed("outbox").map(\.after) == [.seconds(115)])
  }

  @Test func `an instance that fails fails it`() async throws {
    let bad = chain("Bad", [("Fail", [:])])
    let harness = Harness(Carousel<Int, Int>.self, ["graph": bad], library: library)
    harness.feed("next", ["next"])
    let failure = try await harness.run().failure
    #expect(failure == "`Carousel/Bad#1/link0` (Fail, test:1:1) failed: failed on purpose")
  }

  @Test func `on several threads nothing is lost between instances that end by themselves`() async throws {
    let graph = chain("Ten", [("Take", ["count": 10])])
    let harness = Harness(Carousel<Int, Int>.self, ["graph": graph], clock: .real, capacity: 1, library: library)
    harness.feed("inbox", Array(0..<500))
    harness.feed("next", Array(repeating: "next", count: 600))
    let outcome = try await harness.run()
    #expect(outcome.hasEnded)
    #expect(outcome.messages("outbox", as: Int.self) == outcome.messages("outbox", as: Int.self).sorted())
  }
}
