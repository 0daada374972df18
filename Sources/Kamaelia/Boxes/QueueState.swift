/// What a shared queue knows of its messages: in which slots of a circle they are, how large they are, and until when they may wait.
struct QueueState {
  static let fewestSlots = 4

  private struct Mark {
    var bytes = 0
    var due = Instant.distantFuture
  }

  private var marks = [Mark](repeating: Mark(), count: fewestSlots)
  /// The slot of the message that has waited longest.
  private(set) var first = 0
  /// Messages in the queue.
  private(set) var count = 0
  /// Bytes in the queue.
  private(set) var bytes = 0
  private(set) var sent = 0
  private(set) var sentBytes = 0
  var lost = 0
  /// Bytes of messages that have left and are still to be given back to the budget.
  var freed = 0

  /// A power of two.
  var slotCount: Int { marks.count }
  var isFull: Bool { count == marks.count }
  var firstDue: Instant? { count == 0 ? nil : marks[first].due }

  /// - Returns: the slot of one more message; there must be a free one.
  mutating func append(_ bytes: Int, _ due: Instant) -> Int {
    let slot = (first + count) & (marks.count - 1)
    marks[slot] = Mark(bytes: bytes, due: due)
    count += 1
    self.bytes += bytes
    sent += 1
    sentBytes += bytes
    return slot
  }

  /// - Returns: the slot of the first message, which leaves.
  mutating func removeFirst() -> Int {
    let slot = first
    bytes -= marks[slot].bytes
    freed += marks[slot].bytes
    first = (first + 1) & (marks.count - 1)
    count -= 1
    return slot
  }

  /// Doubles the slots; the first message is in slot 0 then, and the others follow.
  mutating func enlarge() {
    marks = Array(marks[first...] + marks[..<first]) + [Mark](repeating: Mark(), count: marks.count)
    first = 0
  }
}
