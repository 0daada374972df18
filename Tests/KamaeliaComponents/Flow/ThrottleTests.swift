import KGraph
import Kamaelia
import KamaeliaRuntime
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct ThrottleTests {
  private func times(
    _ arguments: [String: Value], _ meals: [(at: Duration, number: Int)]
  ) async throws -> [Duration] {
    let harness = Harness(Throttle<Int>.self, arguments)
    for (at, number) in meals { harness.feed("inbox", at: at, Array(0..<number)) }
    return try await harness.run().timed("outbox").map(\.after)
  }

  private func rate(_ perSecond: Double, isBytes: Bool = false) -> Value {
    .rate(perSecond: perSecond, isBytes: isBytes)
  }

  @Test func `messages keep their distance and none is lost`() async throws {
    let passed = try await times(["rate": rate(2)], [(.zero, 5)])
    #expect(passed == [0, 500, 1000, 1500, 2000].map { .milliseconds($0) })
  }

  @Test func `a pause gives no more than the burst back`() async throws {
    let passed = try await times(["rate": rate(1), "burst": 2], [(.zero, 4), (.seconds(60), 3)])
    #expect(passed == [0, 0, 1, 2, 60, 60, 61].map { .seconds($0) })
  }

  /// A clock that goes on in steps, as that of a busy system seems to.
  @Test(arguments: [(7, 700), (50, 700), (100, 700), (350, 200)])
  func `a late wake is caught up, up to a tenth of a second`(_ step: Int, _ least: Int) async throws {
    let place = Place(Source(name: "test", text: ""), 0..<0)
    var plan = Plan(name: "Test")
    var throttle = PlannedInstance(path: "throttle", component: "Throttle", place: place)
    throttle.arguments = ["rate": rate(1000)]
    plan.instances = [throttle]
    plan.inboxes = [PlannedBox(name: "inbox", type: .any)]
    plan.outboxes = [PlannedBox(name: "outbox", type: .any)]
    for (from, to) in [
      (PlannedEnd.exported("inbox"), PlannedEnd.box(instance: 0, name: "inbox", index: nil)),
      (.box(instance: 0, name: "outbox", index: nil), .exported("outbox")),
    ] {
      plan.linkages.append(
        PlannedLinkage(from: from, to: to, type: .any, options: LinkageOptions(), place: place))
    }
    let scheduler = SeededScheduler(seed: 1)
    let bed = try TestBed(plan, in: Surroundings(library: Library(Library.flow), seeded: scheduler))
    for number in 0..<2000 { _ = bed.feeds["inbox"]?.send(.int(number), at: .start) }
    bed.start()
    for _ in 0..<700 / step {
      _ = await scheduler.drive { false }
      scheduler.clock.advance(to: scheduler.clock.now + .milliseconds(step))
    }
    _ = await scheduler.drive { false }
    let passed = try #require(bed.taps["outbox"]).count
    #expect(passed >= least - 10 && passed <= (step > 100 ? 210 : 702), "\(passed)")
    bed.end()
    bed.network.cancel()
    _ = await scheduler.drive { bed.network.hasEnded }
  }

  @Test func `slow messages are not held up`() async throws {
    let passed = try await times(["rate": rate(1)], (0..<4).map { (.seconds(2 * $0), 1) })
    #expect(passed == [0, 2, 4, 6].map { .seconds($0) })
  }

  @Test func `bytes can be counted, and a message larger than the burst passes alone`() async throws {
    let arguments: [String: Value] = ["rate": rate(10, isBytes: true), "burstSize": .size(10)]
    let harness = Harness(Throttle<Bytes>.self, arguments)
    harness.feed("inbox", ["12345", "12345", "123456789012345678901234567890", "1"] as [Bytes])
    let outcome = try await harness.run()
    #expect(outcome.timed("outbox").map(\.after) == [0, 0, 3000, 3100].map { .milliseconds($0) })
  }

  @Test func `what comes too early can be rejected`() async throws {
    let harness = Harness(Throttle<Int>.self, ["rate": rate(1), "excess": .name("reject")])
    harness.feed("inbox", [1, 2, 3])
    harness.feed("inbox", at: .seconds(1), [4, 5])
    let outcome = try await harness.run()
    #expect(outcome.messages("outbox", as: Int.self) == [1, 4])
    #expect(outcome.messages("rejected", as: Int.self) == [2, 3, 5])
  }

  @Test func `a rate that does not divide a second is kept over a long time`() async throws {
    let passed = try await times(["rate": rate(3)], [(.zero, 3001)])
    #expect(passed.last.map { $0 - .seconds(1000) < .microseconds(1) } == true)
    #expect(passed.last.map { .seconds(1000) - $0 < .microseconds(1) } == true)
  }
}
