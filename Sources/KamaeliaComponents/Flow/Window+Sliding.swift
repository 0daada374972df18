import Kamaelia

/// Which messages windows by number hold.
struct CountWindow<T: Message> {
  let size: Int
  /// At most `size`.
  let step: Int
  private var recent = Queue<T>()
  private let kept = KeptBytes()
  /// How many have come since the last list.
  private var unsent = 0

  init(size: Int, step: Int) {
    self.size = size
    self.step = step
  }

  /// The list that this message completes.
  mutating func take(_ message: T) -> [T]? {
    recent.append(message)
    kept.add(message)
    if recent.count > size, let first = recent.removeFirst() { kept.remove(first) }
    unsent += 1
    guard recent.count == size, unsent >= step else { return nil }
    unsent = 0
    defer {
      if step == size {
        recent.removeAll()
        kept.removeAll()
      }
    }
    return recent.all
  }

  /// Whether the messages take more than the run may have.
  var isTooLarge: Bool { kept.isTooMuch }

  /// The last list; nil where a list has held every message.
  func rest() -> [T]? { unsent > 0 ? recent.all : nil }
}

/// Which messages windows by time hold: those from `end - time` to `end`, which goes on by `every`.
struct TimeWindow<T: Message> {
  let time: Duration
  /// At most `time`.
  let every: Duration
  /// When the next list is due.
  private(set) var end: Instant
  let sendsEmpty: Bool
  private var recent = Queue<(at: Instant, message: T)>()
  private let kept = KeptBytes()
  private var unsent = 0

  init(time: Duration, every: Duration, end: Instant, sendsEmpty: Bool) {
    self.time = time
    self.every = every
    self.end = end
    self.sendsEmpty = sendsEmpty
  }

  var count: Int { recent.count }
  /// Whether the messages take more than the run may have.
  var isTooLarge: Bool { kept.isTooMuch }

  /// Until when nothing is to do unless a message comes; nil where nothing will be.
  var deadline: Instant? { sendsEmpty || !recent.isEmpty ? end : nil }

  /// - Parameter now: before `end`: lists that are due have been closed.
  mutating func take(_ message: T, at now: Instant) {
    recent.append((now, message))
    kept.add(message)
    unsent += 1
  }

  /// The next list whose time is over; nil where none is.
  mutating func close(at now: Instant) -> [T]? {
    guard end <= now else { return nil }
    if recent.isEmpty, !sendsEmpty {
      end.advance(by: every, past: now)
      return nil
    }
    let list = recent.all.map(\.message)
    unsent = 0
    end += every
    let start = end + (.zero - time)
    while let first = recent.first, first.at < start {
      recent.removeFirst()
      kept.remove(first.message)
    }
    return list
  }

  /// The last list; nil where a list has held every message.
  func rest() -> [T]? { unsent > 0 ? recent.all.map(\.message) : nil }
}
