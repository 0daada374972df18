import KGraph
import Kamaelia

/// A graph under test, step by step; remembers what of its messages has been looked at.
final class TestBench {
  private let bed: TestBed
  private let scheduler: SeededScheduler
  /// How much real time the test has, and when that is over.
  private let limit: Duration
  private let end: ContinuousClock.Instant
  /// Whether what comes where something is recorded is taken as it is.
  private let isRecording: Bool
  /// What came there.
  private(set) var recordings: [TestRecording] = []
  /// How many messages of each box earlier steps have dealt with.
  private var seen: [String: Int] = [:]

  init(bed: TestBed, scheduler: SeededScheduler, limit: Duration, isRecording: Bool) {
    self.isRecording = isRecording
    self.limit = limit
    end = .now + limit
    self.bed = bed
    self.scheduler = scheduler
  }

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
      return await drive(for: time, patience: Self.glance) { false }
    case .expect(let box, let values, let inAnyOrder):
      return await expect(box, wishes(values, box), inAnyOrder: inAnyOrder, within: step.within)
    case .expectMatching(let box, let patterns, let inAnyOrder):
      let wishes = patterns.map { pattern in
        Wish(text: "a match of \(Value.text(pattern.source))") { $0.text.firstMatch(of: pattern.regex) != nil }
      }
      return await expect(box, wishes, inAnyOrder: inAnyOrder, within: step.within)
    case .expectRecorded(let box, let values, let inAnyOrder):
      return await expectRecorded(box, values, inAnyOrder: inAnyOrder, step)
    case .expectClosed(let box): return await expectClosed(box, within: step.within)
    case .expectNothing(let box):
      return await expectNothing(box.map { [$0] } ?? bed.taps.keys.sorted(), within: step.within)
    }
  }

  /// What a message has to be.
  struct Wish {
    let text: String
    let isMet: (any Message) -> Bool
  }

  // MARK: Expectations

  private func expect(_ box: String, _ wishes: [Wish], inAnyOrder: Bool, within: Duration?) async -> TestMiss? {
    guard let tap = bed.taps[box] else { return TestMiss(message: "there is no outbox `\(box)`") }
    let first = seen[box] ?? 0
    let last = first + wishes.count
    let obstacle = await drive(for: within, patience: patience(within)) { tap.count >= last || tap.closed != nil }
    let came = tap.arrivals.dropFirst(first).prefix(wishes.count).map(\.message)
    seen[box] = first + came.count
    return judge(box, wishes, came, inAnyOrder: inAnyOrder, obstacle: obstacle, isClosed: tap.closed != nil)
  }

  /// Compares what came with what was to come.
  private func judge(
    _ box: String, _ wishes: [Wish], _ came: [any Message], inAnyOrder: Bool, obstacle: TestMiss?, isClosed: Bool
  ) -> TestMiss? {
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
    if let obstacle { return obstacle }
    return .missing(
      box, expected: open.map(\.text), came: came.count, isClosed: isClosed, waits: waits, outside: outside,
      table: inAnyOrder ? [] : TestMiss.sideBySide(wishes.map(\.text), came, wrong: came.count))
  }

  /// All that comes until the box closes or nothing can move any more.
  private func expectRecorded(
    _ box: String, _ values: [Value]?, inAnyOrder: Bool, _ step: CheckedStep
  ) async -> TestMiss? {
    guard let tap = bed.taps[box] else { return TestMiss(message: "there is no outbox `\(box)`") }
    let first = seen[box] ?? 0
    let obstacle = await drive(for: step.within, patience: patience(step.within)) {
      tap.closed != nil || tap.count - first > TestRecording.most
    }
    let came = rest(tap, box)
    seen[box] = first + came.count
    if let obstacle { return obstacle }
    if came.count > TestRecording.most { return .tooManyToRecord(box) }
    guard let values else { return isRecording ? record(came, box, at: step.place) : .notRecorded(box, came) }
    let wishes = wishes(values, box)
    var miss = judge(
      box, wishes, Array(came.prefix(wishes.count)), inAnyOrder: inAnyOrder, obstacle: nil,
      isClosed: tap.closed != nil)
    if miss == nil, came.count > wishes.count {
      miss = .extra(box, Array(came.dropFirst(wishes.count)), "nothing more was recorded")
    }
    // What holds stays as it is, in the order in which it is written.
    return isRecording && miss != nil ? record(came, box, at: step.place) : miss?.recorded
  }

  /// Takes messages down; where one cannot be written that is a miss.
  private func record(_ came: [any Message], _ box: String, at place: Place) -> TestMiss? {
    var literals: [Value] = []
    for message in came {
      guard let literal = Value(of: message), bed.taps[box]?.isMade(of: literal, message) == true else {
        return .unwritable(box, message)
      }
      literals.append(literal)
    }
    recordings.append(TestRecording(place: place, values: literals))
    return nil
  }

  private func expectClosed(_ box: String, within: Duration?) async -> TestMiss? {
    guard let tap = bed.taps[box] else { return TestMiss(message: "there is no outbox `\(box)`") }
    let first = seen[box] ?? 0
    let obstacle = await drive(for: within, patience: patience(within)) { tap.closed != nil || tap.count > first }
    if tap.count > first { return .extra(box, rest(tap, box), "it was to close") }
    if tap.closed != nil { return nil }
    return obstacle ?? .stillOpen(box, waits: waits, outside: outside)
  }

  private func expectNothing(_ boxes: [String], within: Duration?) async -> TestMiss? {
    let taps = boxes.compactMap { box in bed.taps[box].map { (name: box, tap: $0, first: seen[box] ?? 0) } }
    let obstacle = await drive(for: within, patience: patience(within) ?? Self.glance) {
      taps.contains { $0.tap.count > $0.first }
    }
    for (name, tap, first) in taps where tap.count > first {
      return .extra(name, rest(tap, name), "nothing was to come")
    }
    return obstacle
  }

  private func rest(_ tap: any Tap, _ box: String) -> [any Message] {
    tap.arrivals.dropFirst(seen[box] ?? 0).map(\.message)
  }

  private func wishes(_ values: [Value], _ box: String) -> [Wish] {
    values.map { value in Wish(text: "\(value)") { [bed] in bed.taps[box]?.isMade(of: value, $0) ?? false } }
  }

  // MARK: Running

  /// How long something outside of the graph is waited for where no message is: nobody knows whether any will come.
  private static let glance = Duration.seconds(1)

  /// How long something outside of the graph is waited for in real time: `within`, though not less than a second, since
  /// other programs may keep the machine busy; nil for as long as the test may take.
  private func patience(_ within: Duration?) -> Duration? { within.map { max($0, Self.glance) } }

  /// Lets the graph run until something holds, or a time is over; without one only as far as no time passes.
  ///
  /// - Parameter patience: how long, in real time, something outside of the graph is waited for.
  /// - Returns: what has kept it from coming so far.
  private func drive(
    for time: Duration?, patience: Duration?, until isDone: @escaping @Sendable () -> Bool
  ) async -> TestMiss? {
    let bounds = SeededScheduler.Bounds(patience: patience, end: end)
    return switch await scheduler.drive(to: scheduler.clock.now + (time ?? .zero), bounds, until: isDone) {
    case .idle, .done: nil
    case .restless: .restless
    case .overdue: .overdue(limit, outside: outside)
    }
  }

  /// Who waits for whom, where no time that passes can change it.
  private var waits: [Wait] { scheduler.clock.nextDue == nil ? bed.network.waits : [] }

  /// Who waits for something outside of the graph.
  private var outside: [String] { bed.network.waitingOutside }

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
  ///
  /// - Parameter time: how long that may take in real time; what has not ended by then is left to itself.
  func end(within time: Duration) async {
    bed.end()
    bed.network.cancel()
    let network = bed.network
    let bounds = SeededScheduler.Bounds(end: .now + time)
    _ = await scheduler.drive(to: scheduler.clock.now, bounds) { network.hasEnded }
  }
}
