import Kamaelia

/// Counts the most frequent of any number of keys with a bounded number of counters.
///
/// The Space-Saving algorithm of Metwally, Agrawal and El Abbadi, "Efficient Computation of Frequent and Top-k
/// Elements in Data Streams" (ICDT 2005), with a heap for the rarest key in place of the linked buckets. A count is never
/// too small, too large by at most its error, and no error exceeds the number of keys added divided by `capacity`.
struct FrequentKeys {
  let capacity: Int
  /// A binary heap, the smallest count first.
  private var heap: [Counted] = []
  private var places: [TextKey: Int] = [:]
  private let kept = KeptBytes()

  /// - Parameter capacity: how many counters, 1 or more.
  init(capacity: Int) { self.capacity = capacity }

  mutating func add(_ key: String) {
    if let place = places[TextKey(key)] {
      heap[place] = Counted(key: key, count: heap[place].count + 1, error: heap[place].error)
      sink(place)
    } else if heap.count < capacity, heap.isEmpty || !kept.isTooMuch {
      kept.add(Self.bytes(key))
      heap.append(Counted(key: key, count: 1))
      places[TextKey(key)] = heap.count - 1
      rise(heap.count - 1)
    } else {
      places[TextKey(heap[0].key)] = nil
      kept.remove(Self.bytes(heap[0].key))
      kept.add(Self.bytes(key))
      heap[0] = Counted(key: key, count: heap[0].count + 1, error: heap[0].count)
      places[TextKey(key)] = 0
      sink(0)
    }
  }

  /// About what a counter takes.
  private static func bytes(_ key: String) -> Int { key.utf8.count + 96 }

  /// The most frequent keys, the most frequent first.
  func top(_ k: Int) -> [Counted] { Array(heap.sorted { $0.precedes($1) }.prefix(k)) }

  private mutating func rise(_ start: Int) {
    var place = start
    while place > 0, heap[place].count < heap[(place - 1) / 2].count {
      exchange(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  private mutating func sink(_ start: Int) {
    var place = start
    while true {
      var smallest = place
      for child in [2 * place + 1, 2 * place + 2] where child < heap.count && heap[child].count < heap[smallest].count {
        smallest = child
      }
      if smallest == place { return }
      exchange(place, smallest)
      place = smallest
    }
  }

  private mutating func exchange(_ a: Int, _ b: Int) {
    heap.swapAt(a, b)
    places[TextKey(heap[a].key)] = a
    places[TextKey(heap[b].key)] = b
  }
}
