import Kamaelia

/// Joins linkages that meet in boxes of graphs to linkages between components.
struct Collapse {
  /// A linkage between components, backplanes and boxes of the whole.
  struct Joined {
    let from: FlatEnd
    let to: FlatEnd
    let options: PartialOptions
    /// The part of it that is written furthest outside.
    let outermost: Int
  }

  /// A stretch of linkages that is followed as one.
  private struct Stretch {
    var to: FlatEnd
    var options: RankedOptions
    var outermost: Int
  }

  private let flat: Flat
  /// What leaves each junction; where only one linkage leaves, it goes on to where there is a choice again.
  private var leaving: [[Stretch]]
  private let isOwn: [Bool]

  init(_ flat: Flat) {
    self.flat = flat
    var leaving: [[Stretch]] = Array(repeating: [], count: flat.junctions.count)
    for (number, linkage) in flat.linkages.enumerated() {
      if let junction = linkage.from.junction {
        leaving[junction].append(
          Stretch(to: linkage.to, options: RankedOptions(linkage.options, linkage.depth), outermost: number))
      }
    }
    self.leaving = leaving
    var isOwn = Array(repeating: false, count: flat.junctions.count)
    for number in flat.inboxes + flat.outboxes { isOwn[number] = true }
    self.isOwn = isOwn
  }

  /// Whether messages come to a junction only to go on.
  private func passed(_ end: FlatEnd) -> Int? {
    guard let junction = end.junction, !isOwn[junction] else { return nil }
    return junction
  }

  /// A circle of junctions, as its linkages; nil if there is none.
  func circle() -> [Int]? {
    var state = Array(repeating: 0, count: flat.junctions.count)
    for start in flat.junctions.indices where state[start] == 0 {
      // The path to here: junctions, with the next of their linkages to follow.
      var path: [(junction: Int, next: Int)] = [(start, 0)]
      state[start] = 1
      while let last = path.last {
        guard last.next < leaving[last.junction].count else {
          state[last.junction] = 2
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        guard let target = passed(leaving[last.junction][last.next].to) else { continue }
        if state[target] == 1, let first = path.firstIndex(where: { $0.junction == target }) {
          return path[first...].map { leaving[$0.junction][$0.next - 1].outermost }
        }
        if state[target] == 0 {
          state[target] = 1
          path.append((target, 0))
        }
      }
    }
    return nil
  }

  /// Counts the linkages there will be, and makes ready for `joined`. There must be no circle.
  ///
  /// - Returns: their number; stops at the largest there is.
  mutating func count() -> Int {
    var known: [Int?] = Array(repeating: nil, count: flat.junctions.count)
    for start in flat.junctions.indices {
      var waiting = [start]
      while let junction = waiting.last {
        if known[junction] != nil {
          waiting.removeLast()
          continue
        }
        let unknown = leaving[junction].compactMap { passed($0.to) }.filter { known[$0] == nil }
        guard unknown.isEmpty else {
          waiting += unknown
          continue
        }
        waiting.removeLast()
        // What leads nowhere is not followed again.
        let open = leaving[junction].filter { stretch in passed(stretch.to).map { known[$0] != 0 } ?? true }
        known[junction] = open.reduce(0) { sum, stretch in
          Extent.sum(sum, passed(stretch.to).flatMap { known[$0] } ?? 1)
        }
        leaving[junction] = open.map(prolonged)
      }
    }
    return flat.linkages.reduce(0) { sum, linkage in
      if passed(linkage.from) != nil { return sum }
      return Extent.sum(sum, passed(linkage.to).map { known[$0] ?? 0 } ?? 1)
    }
  }

  /// A stretch with what follows, where nothing else can.
  private func prolonged(_ stretch: Stretch) -> Stretch {
    guard let junction = passed(stretch.to), leaving[junction].count == 1 else { return stretch }
    return join(stretch, leaving[junction][0])
  }

  private func join(_ first: Stretch, _ second: Stretch) -> Stretch {
    let isDeeper = flat.linkages[second.outermost].depth < flat.linkages[first.outermost].depth
    return Stretch(
      to: second.to, options: first.options.joined(with: second.options),
      outermost: isDeeper ? second.outermost : first.outermost)
  }

  /// All linkages, in the order of the graph. After `count`.
  func joined() -> [Joined] {
    var result: [Joined] = []
    result.reserveCapacity(flat.linkages.count)
    for (number, linkage) in flat.linkages.enumerated() where passed(linkage.from) == nil {
      if passed(linkage.to) == nil {
        result.append(Joined(from: linkage.from, to: linkage.to, options: linkage.options, outermost: number))
        continue
      }
      let start = Stretch(
        to: linkage.to, options: RankedOptions(linkage.options, linkage.depth), outermost: number)
      follow(start) { stretch in
        result.append(
          Joined(
            from: linkage.from, to: stretch.to, options: stretch.options.options, outermost: stretch.outermost))
      }
    }
    return result
  }

  /// The ends that an end stands for: itself, or what a junction leads on to. After `count`.
  func targets(of end: FlatEnd) -> [FlatEnd] {
    guard let junction = passed(end) else { return [end] }
    var result: [FlatEnd] = []
    for stretch in leaving[junction] { follow(stretch) { result.append($0.to) } }
    return result
  }

  private func follow(_ start: Stretch, _ visit: (Stretch) -> Void) {
    var waiting = [start]
    while let stretch = waiting.popLast() {
      guard let junction = passed(stretch.to) else {
        visit(stretch)
        continue
      }
      for next in leaving[junction].reversed() { waiting.append(join(stretch, next)) }
    }
  }
}

/// Options of a linkage made of several, each with the depth of the graph that says it: what is said further outside
/// counts, and any arrow counts before any defaults.
private struct RankedOptions {
  private struct Ranked<Value> {
    let value: Value
    let depth: Int

    init?(_ value: Value?, _ depth: Int) {
      guard let value else { return nil }
      self.value = value
      self.depth = depth
    }
  }

  private struct Fields {
    var capacity: Ranked<Int>?
    var byteCapacity: Ranked<Int>?
    var overflow: Ranked<LinkageOptions.Overflow>?
    var timeToLive: Ranked<Duration>?

    func joined(with other: Fields) -> Fields {
      func outer<Value>(_ a: Ranked<Value>?, _ b: Ranked<Value>?) -> Ranked<Value>? {
        guard let a, let b else { return a ?? b }
        return b.depth < a.depth ? b : a
      }
      return Fields(
        capacity: outer(capacity, other.capacity), byteCapacity: outer(byteCapacity, other.byteCapacity),
        overflow: outer(overflow, other.overflow), timeToLive: outer(timeToLive, other.timeToLive))
    }
  }

  private var arrow: Fields
  private var defaults: Fields

  init(_ options: PartialOptions, _ depth: Int) {
    arrow = Fields(
      capacity: Ranked(options.capacity, depth), byteCapacity: Ranked(options.byteCapacity, depth),
      overflow: Ranked(options.overflow, depth), timeToLive: Ranked(options.timeToLive, depth))
    let inner = options.defaults
    defaults = Fields(
      capacity: Ranked(inner?.capacity, depth), byteCapacity: Ranked(inner?.byteCapacity, depth),
      overflow: Ranked(inner?.overflow, depth), timeToLive: Ranked(inner?.timeToLive, depth))
  }

  func joined(with other: RankedOptions) -> RankedOptions {
    var result = self
    result.arrow = arrow.joined(with: other.arrow)
    result.defaults = defaults.joined(with: other.defaults)
    return result
  }

  var options: PartialOptions {
    PartialOptions(
      capacity: arrow.capacity?.value, byteCapacity: arrow.byteCapacity?.value, overflow: arrow.overflow?.value,
      timeToLive: arrow.timeToLive?.value,
      defaults: .init(
        capacity: defaults.capacity?.value, byteCapacity: defaults.byteCapacity?.value,
        overflow: defaults.overflow?.value, timeToLive: defaults.timeToLive?.value))
  }
}
