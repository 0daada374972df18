import KamaeliaIO

/// What programs that follow one upon the other are given to read, so that the next one gets what the last has left.
///
/// What was written to a program and is still in its pipe when it ends was read by nobody. What it has read is its own:
/// whether it has dealt with that nobody can know.
actor Feed {
  /// As much as a pipe holds, in bytes: what was written before that has been read.
  private static let mostInPipe = 65_536

  /// Whether what has begun to be read is given again from its beginning: a line is, and bytes are not.
  private let isWhole: Bool
  /// To be written before anything new.
  private var pending: ArraySlice<[UInt8]> = []
  /// What was written to the program that runs now, the last of it, and how many bytes that is.
  private var written: [[UInt8]] = []
  private var first = 0
  private var count = 0
  /// What is being written, and how much of it is.
  private var current: (bytes: [UInt8], done: Int)?

  init(isWhole: Bool) { self.isWhole = isWhole }

  /// Whether the inbox is kept from its end, since there is more to come, whatever its producers say.
  private var isHolding = false

  /// Whether the inbox is to be held from now on: something is left for the next program.
  func mustHold() -> Bool {
    defer { isHolding = isHolding || !pending.isEmpty }
    return !pending.isEmpty && !isHolding
  }

  /// Whether the inbox is to be let go of: nothing is left.
  func mayRelease() -> Bool {
    defer { isHolding = false }
    return isHolding
  }

  /// What is to be written next and was taken from the inbox before.
  func next() -> [UInt8]? { pending.popFirst() }

  /// The program's pipe, where all is written and this end of it closed.
  private var pipe: Descriptor?

  /// All there is has been written: the program is to see the end, and what it leaves is still to be known.
  func finish(_ input: Descriptor) {
    pipe = input.reader
    input.close()
  }

  func begin(_ bytes: [UInt8]) { current = (bytes, 0) }

  /// So many more bytes of that are written.
  func wrote(_ bytes: Int) {
    guard var current else { return }
    current.done += bytes
    self.current = current
    guard current.done == current.bytes.count else { return }
    self.current = nil
    written.append(current.bytes)
    count += current.bytes.count
    while count - written[first].count >= Self.mostInPipe {
      count -= written[first].count
      written[first] = []
      first += 1
    }
    if first > 1024, first > written.count / 2 {
      written.removeFirst(first)
      first = 0
    }
  }

  /// The program has ended.
  ///
  /// - Parameter unread: how many bytes it has left in its pipe, as far as this end of it is open.
  func programEnded(unread: Int) {
    var unread = pipe?.unread ?? unread
    pipe?.close()
    pipe = nil
    var left: [[UInt8]] = []
    if let current {
      let unreadOfIt = min(unread, current.done)
      unread -= unreadOfIt
      left.append(isWhole ? current.bytes : Array(current.bytes[(current.done - unreadOfIt)...]))
    }
    var index = written.count
    while unread > 0, index > first {
      index -= 1
      let bytes = written[index]
      left.append(isWhole ? bytes : bytes.suffix(unread))
      unread -= min(unread, bytes.count)
    }
    pending = (left.reversed() + pending)[...]
    (written, first, count, current) = ([], 0, 0, nil)
  }
}
