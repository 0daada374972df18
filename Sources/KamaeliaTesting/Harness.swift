import KGraph
import Kamaelia
import KamaeliaRuntime

/// A component on a test bench: feed its inboxes, run it, look at what its outboxes sent.
///
/// ```swift
/// let harness = Harness(Batch<Int>.self, ["size": 3])
/// harness.feed("inbox", [1, 2, 3, 4])
/// let outcome = try await harness.run()
/// #expect(outcome.messages("outbox", as: [Int].self) == [[1, 2, 3], [4]])
/// ```
/// Under virtual time no real time passes, and a seed decides who runs first: the same seed gives the same run.
public final class Harness {
  /// Which clock the component sees.
  public enum Clock: Sendable {
    /// Time goes on when nothing else can move.
    case virtual
    /// For components that use real files, programs and sockets.
    case real
  }

  private struct Meal {
    let box: String
    let moment: Instant
    let messages: [any Message]
  }

  private let type: any Component.Type
  private let arguments: [String: Value]
  private let clock: Clock
  private let seed: UInt64
  private let capacity: Int
  private let library: Library
  private let memory: MemoryBudget?
  private var meals: [Meal] = []
  private var openEnded: Set<String> = []
  private var unlinked: Set<String> = []
  private var leaving: [String: Int] = [:]

  /// - Parameters:
  ///   - type: the component; of a generic one as it is made for one type.
  ///   - arguments: for its parameters.
  ///   - capacity: of the linkages to and from it.
  ///   - library: what the graphs that it is given as parameters are made of.
  ///   - memory: how many bytes of messages may wait in all, as `--max-memory` says; nil for any number.
  public init(
    _ type: any Component.Type, _ arguments: [String: Value] = [:], clock: Clock = .virtual, seed: UInt64 = 1,
    capacity: Int = 256, library: Library = Library(), memory: Int? = nil
  ) {
    self.type = type
    self.arguments = arguments
    self.clock = clock
    self.seed = seed
    self.capacity = capacity
    self.library = library
    self.memory = memory.map { MemoryBudget(limit: $0) }
  }

  /// Sends `messages` to an inbox once `moment` has come; the inbox ends behind the last of what it is fed. A name with an
  /// index, `in[0]` or `in["left"]`, is a box of an array.
  public func feed<M: Message>(_ box: String, at moment: Duration = .zero, _ messages: [M]) {
    meals.append(Meal(box: box, moment: Instant.start + moment, messages: messages))
  }

  /// Leaves the inbox open behind what it is fed.
  public func keepOpen(_ box: String) { openEnded.insert(box) }

  /// Leaves an outbox without a reader.
  public func leaveUnlinked(_ box: String) { unlinked.insert(box) }

  /// Lets the reader of an outbox leave when it has taken `count` messages.
  public func leave(_ box: String, after count: Int) { leaving[box] = count }

  /// Links boxes of an outbox array, such as `out["left"]`.
  public func link(_ box: String) { meals.append(Meal(box: box, moment: .start, messages: [])) }

  /// Runs the component until it ends, or until `limit` has passed.
  ///
  /// - Throws: what is wrong with the arguments or the boxes that were fed.
  public func run(for limit: Duration? = nil) async throws -> Outcome {
    let library = library.pinning(type)
    let plan = try makePlan()
    let scheduler = SeededScheduler(seed: seed)
    let surroundings =
      clock == .virtual
      ? Surroundings(library: library, seeded: scheduler, memory: memory)
      : Surroundings(library: library, memory: memory)
    let bed = try TestBed(plan, in: surroundings)
    for (box, feed) in bed.feeds {
      for meal in meals where meal.box == box {
        for message in meal.messages where !feed.send(message, at: meal.moment) {
          throw HarnessError(description: "the inbox `\(box)` takes no \(Swift.type(of: message))")
        }
      }
      if !openEnded.contains(box) { feed.close() }
    }
    for (box, count) in leaving {
      guard let tap = bed.taps[box] else {
        throw HarnessError(description: "`\(Signature(of: type).name)` has no outbox `\(box)`")
      }
      tap.leave(after: count)
    }
    bed.start()
    let ending = await end(bed, scheduler, limit)
    return Outcome(
      ending: ending, arrivals: bed.taps.mapValues(\.arrivals), isClosed: bed.taps.mapValues { $0.closed != nil },
      said: surroundings.journal.take().entries.map(\.text), mostMemory: memory?.peak)
  }

  private func end(_ bed: TestBed, _ scheduler: SeededScheduler, _ limit: Duration?) async -> Ending? {
    guard clock == .virtual else {
      let ending = await bed.network.ended()
      await bed.allTaken()
      return ending
    }
    let isDone: @Sendable () -> Bool = { bed.network.hasEnded && bed.taps.values.allSatisfy { $0.closed != nil } }
    let end = limit.map { Instant.start + $0 } ?? .distantFuture
    let pause = await scheduler.drive(to: end, until: isDone)
    if case .idle(nil) = pause, limit == nil {
      bed.network.endStill()
      _ = await scheduler.drive(to: .distantFuture, until: isDone)
    }
    let ending = bed.network.hasEnded ? await bed.network.ended() : nil
    bed.network.cancel()
    _ = await scheduler.drive(to: .distantFuture) { bed.network.hasEnded }
    return ending
  }

  /// The component alone, all its boxes exported under their own names.
  private func makePlan() throws -> Plan {
    let signature = Signature(of: type)
    let place = Place(Source(name: "test", text: ""), 0..<0)
    var plan = Plan(name: signature.name)
    var instance = PlannedInstance(path: signature.name, component: signature.name, place: place)
    instance.arguments = arguments
    plan.instances = [instance]
    let options = LinkageOptions(capacity: capacity)
    for name in Set(meals.map(\.box)).sorted() {
      let (base, index) = Self.split(name)
      if let box = signature.outboxes.first(where: { $0.name == base }), box.isArray {
        add(&plan, outbox: name, base, index, box.type, options, place)
        continue
      }
      guard let box = signature.inboxes.first(where: { $0.name == base }) else {
        throw HarnessError(description: "`\(signature.name)` has no inbox `\(name)`")
      }
      plan.inboxes.append(PlannedBox(name: name, type: box.type))
      plan.linkages.append(
        PlannedLinkage(
          from: .exported(name), to: .box(instance: 0, name: base, index: index), type: box.type, options: options,
          place: place))
    }
    for box in signature.outboxes where !box.isArray && !unlinked.contains(box.name) {
      add(&plan, outbox: box.name, box.name, nil, box.type, options, place)
    }
    return plan
  }

  private func add(
    _ plan: inout Plan, outbox name: String, _ base: String, _ index: BoxIndex?, _ type: MessageType,
    _ options: LinkageOptions, _ place: Place
  ) {
    plan.outboxes.append(PlannedBox(name: name, type: type))
    plan.linkages.append(
      PlannedLinkage(
        from: .box(instance: 0, name: base, index: index), to: .exported(name), type: type, options: options,
        place: place))
  }

  private static func split(_ name: String) -> (String, BoxIndex?) {
    guard let bracket = name.firstIndex(of: "["), name.hasSuffix("]") else { return (name, nil) }
    let inside = name[name.index(after: bracket)..<name.index(before: name.endIndex)]
    let index = Int(inside).map { BoxIndex.number($0) } ?? .text(inside.filter { $0 != "\"" })
    return (String(name[..<bracket]), index)
  }
}

/// A mistake in a test: a box that is not there, a message of another type.
public struct HarnessError: Error, Sendable, CustomStringConvertible {
  public let description: String
}
