import Kamaelia

/// Timers in the order in which they are due; those due at the same moment in the order in which they were set.
struct TimerHeap {
  struct Timer {
    let due: Instant
    let number: Int
    let action: @Sendable () -> Void

    func isBefore(_ other: Timer) -> Bool { due != other.due ? due < other.due : number < other.number }
  }

  private var heap: [Timer] = []
  private var live: Set<Int> = []
  private var lastNumber = 0

  var count: Int { live.count }

  mutating func add(_ due: Instant, _ action: @escaping @Sendable () -> Void) -> Int {
    lastNumber += 1
    live.insert(lastNumber)
    heap.append(Timer(due: due, number: lastNumber, action: action))
    rise(heap.count - 1)
    return lastNumber
  }

  /// Forgets a timer; it stays in the heap until it comes up, unless too many have been forgotten.
  mutating func remove(_ number: Int) {
    guard live.remove(number) != nil else { return }
    guard heap.count > 64, heap.count > 2 * live.count else { return }
    heap.removeAll { !live.contains($0.number) }
    heap.sort { $0.isBefore($1) }
  }

  /// When the first timer is due.
  mutating func firstDue() -> Instant? {
    while let first = heap.first, !live.contains(first.number) { removeFirst() }
    return heap.first?.due
  }

  /// Takes the first timer out if it is due by `moment`.
  mutating func popDue(_ moment: Instant) -> Timer? {
    guard let due = firstDue(), due <= moment else { return nil }
    let timer = removeFirst()
    live.remove(timer.number)
    return timer
  }

  @discardableResult
  private mutating func removeFirst() -> Timer {
    heap.swapAt(0, heap.count - 1)
    let timer = heap.removeLast()
    sink(0)
    return timer
  }

  private mutating func rise(_ start: Int) {
    var index = start
    while index > 0, heap[index].isBefore(heap[(index - 1) / 2]) {
      heap.swapAt(index, (index - 1) / 2)
      index = (index - 1) / 2
    }
  }

  private mutating func sink(_ start: Int) {
    var index = start
    while true {
      var least = index
      for child in [2 * index + 1, 2 * index + 2] where child < heap.count && heap[child].isBefore(heap[least]) {
        least = child
      }
      if least == index { return }
      heap.swapAt(index, least)
      index = least
    }
  }
}
