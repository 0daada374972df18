import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct InstantTests {
  @Test(
    arguments: [(0, 10, 0, 10), (0, 10, 9, 10), (0, 10, 10, 20), (0, 10, 95, 100), (5, 10, 3, 15)]
      as [(Int64, Int64, Int64, Int64)])
  func `steps go past the present and leave missed moments out`(
    _ start: Int64, _ step: Int64, _ now: Int64, _ next: Int64
  ) {
    var moment = Instant(nanoseconds: start)
    moment.advance(by: .nanoseconds(step), past: Instant(nanoseconds: now))
    #expect(moment == Instant(nanoseconds: next))
  }
}
