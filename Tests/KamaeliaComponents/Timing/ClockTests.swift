import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct ClockTests {
  @Test(
    arguments: [
      ("iso8601", ["2000-01-01T00:00:00Z", "2000-01-01T00:01:00Z"]),
      ("milliseconds", ["2000-01-01T00:00:00.000Z", "2000-01-01T00:01:00.000Z"]),
      ("date", ["2000-01-01", "2000-01-01"]), ("time", ["00:00:00", "00:01:00"]),
      ("seconds", ["946684800", "946684860"]),
    ])
  func `the time is written as asked`(_ format: String, _ texts: [String]) async throws {
    let harness = Harness(Clock.self, ["every": .duration(.seconds(60)), "format": .name(format)])
    let outcome = try await harness.run(for: .seconds(100))
    #expect(outcome.messages("outbox", as: String.self) == texts)
  }

  @Test(arguments: [(0, 10, 10), (3, 10, 7), (10, 10, 10), (-3, 10, 3), (25, 10, 5)] as [(Int64, Int64, Int64)])
  func `it sends at whole multiples`(_ now: Int64, _ every: Int64, _ wait: Int64) {
    #expect(Clock.next(after: now, every) == now + wait)
  }
}

@Suite struct CalendarTimeTests {
  @Test(
    arguments: [
      (0, nil, "1970-01-01T00:00:00.000Z"), (-1, nil, "1969-12-31T23:59:59.999Z"),
      (951_782_400_000_000_000, nil, "2000-02-29T00:00:00.000Z"),
      (951_868_800_123_999_999, nil, "2000-03-01T00:00:00.123Z"),
      (4_107_542_400_000_000_000, nil, "2100-03-01T00:00:00.000Z"),
      (1_735_689_599_000_000_000, nil, "2024-12-31T23:59:59.000Z"),
      (1_735_689_599_000_000_000, 3600, "2025-01-01T00:59:59.000+01:00"),
      (0, -12_600, "1969-12-31T20:30:00.000-03:30"), (0, 0, "1970-01-01T00:00:00.000+00:00"),
      (.max, nil, "2262-04-11T23:47:16.854Z"), (.min, nil, "1677-09-21T00:12:43.145Z"),
    ] as [(Int64, Int?, String)])
  func `moments are written in the Gregorian calendar`(_ nanoseconds: Int64, _ offset: Int?, _ text: String) {
    #expect(CalendarTime(nanoseconds: nanoseconds, offset: offset).text(.milliseconds) == text)
  }
}
