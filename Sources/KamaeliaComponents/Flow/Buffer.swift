import Kamaelia

/// Takes what comes, whether or not its reader is ready.
struct Buffer<T: Message>: GenericComponent {
  enum Overflow: String, ChoiceParameter { case wait, dropOldest, dropNewest }

  static var summary: String { "Holds messages for a reader that is slower at times." }
  static var answersLate: Bool { true }
  static var waitsOnlyForGraph: Bool { true }
  static var details: String {
    """
    Up to `size` messages wait here, beside the one that the reader is offered. When there is no room, `wait` lets the \
    producers wait, `dropOldest` drops the message that has waited longest and `dropNewest` the one that has just come. \
    What is dropped goes to `dropped`, if the graph links that: there lies the difference from a linkage's own policy, \
    which only counts what it loses.

    Order is kept within each outbox. Ends when the inbox is finished and all that waits is sent, or when the reader \
    has left. Keeps at most `size` + 1 messages in memory. When the run has used up its memory (`--max-memory`), there is no \
    room either: `dropNewest` drops what comes then, and the other two let the producers wait.

        camera -> Buffer(50, overflow: dropOldest) as frames -> encoder
        frames.dropped -> Count(every: 1min) -> ConsoleWriter()
    """
  }
  static var endsWithReaders: Bool { true }

  @Parameter("How many messages wait at most.", in: 1...10_000_000, main: true) var size = 1000
  @Parameter("What happens to messages when there is no room.") var overflow = Overflow.wait

  let inbox = Inbox<T>("A message.")
  let outbox = Outbox<T>("A message, as soon as the reader takes it.")
  let dropped = Outbox<T>("A message for which there was no room.")

  static func specialised<A: Message>(for type: A.Type) -> any Component.Type { Buffer<A>.self }

  func main() async throws {
    let (waiting, entrance) = AsyncStream<T>.makeStream(
      bufferingPolicy: overflow == .dropOldest ? .bufferingNewest(size) : .bufferingOldest(size))
    let kept = KeptBytes()
    let (room, exit) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        defer { entrance.finish() }
        try await fill(entrance, room, kept)
      }
      for await message in waiting {
        kept.remove(message)
        exit.yield()
        try await outbox.send(message)
      }
      try await group.waitForAll()
    }
  }

  /// Puts in what comes until the inbox is finished.
  ///
  /// - Parameter room: says that a message has been taken out, though perhaps one before the last look.
  private func fill(_ entrance: AsyncStream<T>.Continuation, _ room: AsyncStream<Void>, _ kept: KeptBytes) async throws
  {
    var departures = room.makeAsyncIterator()
    for await message in inbox {
      while kept.isFull, overflow != .dropNewest { if await departures.next() == nil { return } }
      if kept.isFull {
        try await dropped.send(message)
        continue
      }
      kept.add(message)
      while case .dropped(let excess) = entrance.yield(message) {
        if overflow == .wait {
          if await departures.next() == nil { return }
        } else {
          kept.remove(excess)
          try await dropped.send(excess)
          break
        }
      }
    }
  }
}
