import KGraph
import Kamaelia

/// A graph under test, step by step; remembers what of its messages has been looked at.
final class TestBench {
  private let bed: TestBed
  private let scheduler: SeededScheduler
  /// How many messages of each box earlier steps have dealt with.
  private var seen: [String: Int] = [:]

  init(bed: TestBed, scheduler: SeededScheduler) {
    self.bed = bed
    self.scheduler = scheduler
  }

  var now: Duration { scheduler.clock.now - .start }

  /// Runs a step; nil where it holds.
  func run(_ step: CheckedStep) async -> TestMiss? {
    switch step.action {
    case .send(let box, let values):
      for value in values where bed.feeds[box]?.send(value, at: scheduler.clock.now) != true {
        return TestMiss(message: "`\(box)` takes no \(value)")
      }
      return nil
    case .close(let box):
      bed.feeds[box]?.close()
      return nil
    case .advance(let time):
      return await drive(for: time) { false } ? .restless : nil
    case .expect(let box, let values, let inAnyOrder):
      let wishes = values.map { value in
        Wish(text: "\(value)") { [bed] in bed.taps[box]?.isMade(of: value, $0) ?? false }
      }
      return await expect(box, wishes, inAnyOrder: inAnyOrder, within: step.within)
    case .expectMatching(let box, let patterns, let inAnyOrder):
      let wishes = patterns.map { pattern in
        Wish(text: "a match of \(Value.text(pattern.source))") { $0.text.firstMatch(of: pattern.regex) != nil }
      }
      return await expect(box, wishes, inAnyOrder: inAnyOrder, within: step.within)
    case .expectClosed(let box): return await expectClosed(box, within: step.within)
    case .expectNothing(let box):
      return await expectNothing(box.map { [$0] } ?? bed.taps.keys.sorted(), within: step.within)
    }
  }

  // MARK: Expectations

  /// What a message has to be.
  private struct Wish {
    let text: String
    let isMet: (any Message) -> Bool
  }

  private func expect(_ box: String, _ wishes: [Wish], inAnyOrder: Bool, within: Duration?) async -> TestMiss? {
    guard let tap = bed.taps[box] else { return TestMiss(message: "there is no outbox `\(box)`") }
    let first = seen[box] ?? 0
    let last = first + wishes.count
    let isRestless = await drive(for: within) { tap.count >= last || tap.closed != nil }
    let came = tap.arrivals.dropFirst(first).prefix(wishes.count).map(\.message)
    seen[box] = first + came.count
    var open = wishes
    for (count, message) in came.enumerated() {
      guard
        let index = inAnyOrder
          ? open.firstIndex(where: { $0.isMet(message) }) : open.first?.isMet(message) == true ? 0 : nil
      else {
        let expected = inAnyOrder ? "one of " + open.map(\.text).joined(separator: ", ") : open[0].text
        let table = inAnyOrder ? [] : TestMiss.sideBySide(wishes.map(\.text), came, wrong: count)
        return .other(box, expected: expected, came: message, after: count, table: table)
      }
      open.remove(at: index)
    }
    if open.isEmpty { return nil }
    if isRestless { return .restless }
    return .missing(
      box, expected: open.map(\.text), came: came.count, isClosed: tap.closed != nil, waits: waits,
      table: inAnyOrder ? [] : TestMiss.sideBySide(wishes.map(\.text), came, wrong: came.count))
  }

  private func expectClosed(_ box: String, within: Duration?) async -> TestMiss? {
    guard let tap = bed.taps[box] else { return TestMiss(message: "there is no outbox `\(box)`") }
    let first = seen[box] ?? 0
    let isRestless = await drive(for: within) { tap.closed != nil || tap.count > first }
    if tap.count > first { return .extra(box, rest(tap, box), "it was to close") }
    if tap.closed != nil { return nil }
    return isRestless ? .restless : .stillOpen(box, waits: waits)
  }

  private func expectNothing(_ boxes: [String], within: Duration?) async -> TestMiss? {
    let taps = boxes.compactMap { box in bed.taps[box].map { (name: box, tap: $0, first: seen[box] ?? 0) } }
    let isRestless = await drive(for: within) { taps.contains { $0.tap.count > $0.first } }
    for (name, tap, first) in taps where tap.count > first {
      return .extra(name, rest(tap, name), "nothing was to come")
    }
    return isRestless ? .restless : nil
  }

  private func rest(_ tap: any Tap, _ box: String) -> [any Message] {
    tap.arrivals.dropFirst(seen[box] ?? 0).map(\.message)
  }

  // MARK: Running

  /// Lets the graph run until something holds, or a time is over; without one only as far as no time passes.
  ///
  /// - Returns: whether it would not come to rest.
  private func drive(for time: Duration?, until isDone: @escaping @Sendable () -> Bool) async -> Bool {
    let pause = await scheduler.drive(to: scheduler.clock.now + (time ?? .zero), until: isDone)
    if case .restless = pause { return true }
    return false
  }

  /// Who waits for whom, where no time that passes can change it.
  private var waits: [Wait] { scheduler.clock.nextDue == nil ? bed.network.waits : [] }

  /// The last messages of each box.
  var lastMessages: [String] {
    bed.taps.sorted { $0.key < $1.key }.map { box, tap in
      let last = tap.arrivals.suffix(5).map { TestMiss.quote($0.message) }
      let end = tap.closed == nil ? "" : ", then it closed"
      if last.isEmpty { return "`\(box)` sent nothing\(end)" }
      return "`\(box)` sent \(tap.count > 5 ? "…, " : "")\(last.joined(separator: ", "))\(end)"
    }
  }

  /// Components that have failed, whatever the steps say.
  var failures: [Failure] { bed.network.failures }

  /// Ends all that is left of the graph.
  func end() async {
    bed.end()
    bed.network.cancel()
    let network = bed.network
    _ = await scheduler.drive(to: scheduler.clock.now) { network.hasEnded }
  }
}
