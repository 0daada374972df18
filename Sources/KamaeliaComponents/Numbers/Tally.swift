import Kamaelia

/// How many numbers lie in an interval: the record `{from: Double, to: Double, count: Int}`.
struct Bucket: Message, Hashable {
  /// Belongs to the interval; -∞ for the first.
  let from: Double
  /// Does not belong to the interval; ∞ for the last.
  let to: Double
  let count: Int

  static let messageType = MessageType.record(["from": .double, "to": .double, "count": .int])
  var json: JSON { .object(["from": .double(from), "to": .double(to), "count": .int(count)]) }

  var text: String {
    if from == -.infinity { return "below \(to): \(count)" }
    if to == .infinity { return "from \(from): \(count)" }
    return "\(from) to \(to): \(count)"
  }

  init(from: Double, to: Double, count: Int) {
    self.from = from
    self.to = to
    self.count = count
  }

  /// A record with these fields; without `from` or `to` the interval is infinite there.
  init?(literal: Value) {
    guard case .record(let fields) = literal else { return nil }
    let values = Dictionary(fields.map { ($0.name, $0.value) }) { $1 }
    guard Set(values.keys).isSubset(of: ["from", "to", "count"]), case .int(let count)? = values["count"],
      let from = values["from"].map({ Double(literal: $0) }) ?? -Double.infinity,
      let to = values["to"].map({ Double(literal: $0) }) ?? Double.infinity
    else { return nil }
    self.init(from: from, to: to, count: count)
  }
}

/// Counts numbers by the interval that they lie in.
struct Tally {
  private let edges: [Double]
  private var counts: [Int]

  /// - Parameter edges: in ascending order, 1 or more.
  init(edges: [Double]) {
    self.edges = edges
    counts = Array(repeating: 0, count: edges.count + 1)
  }

  /// The ends of `count` intervals of equal width.
  static func edges(of range: ClosedRange<Double>, count: Int) -> [Double] {
    let (low, high) = (range.lowerBound, range.upperBound)
    return (0...count).map { step in
      let share = Double(step) / Double(count)
      return step == count ? high : low * (1 - share) + high * share
    }
  }

  mutating func add(_ number: Number) {
    var (low, high) = (0, edges.count)
    while low < high {
      let middle = (low + high) / 2
      if number.isAtLeast(edges[middle]) { low = middle + 1 } else { high = middle }
    }
    counts[low] += 1
  }

  /// All intervals in ascending order, the infinite ones included.
  var buckets: [Bucket] {
    counts.indices.map { index in
      Bucket(
        from: index == 0 ? -.infinity : edges[index - 1], to: index == edges.count ? .infinity : edges[index],
        count: counts[index])
    }
  }
}
