import Kamaelia

/// One person's end of ``Rooms``.
struct Visitor: Component {
  static let summary = "Is one person's place in Rooms: lines go in, and what happens in the room comes out."
  static var waitsOnlyForGraph: Bool { true }
  static let details = """
    Asks for a name first, which is the first line that is no command. Then each line is said to the room, but for `/name NAME`, \
    `/join ROOM`, `/who`, `/rooms`, `/help` and `/quit`; `//` at the beginning stands for a `/` that is said.

    What leaves is for this person: what happens in the room where they are, and the answers to what they ask. Where a text \
    is wanted, an event is the line that a terminal shows (`Format("{}")`); as a record or as JSON it has more.

    When the inbox ends or `/quit` comes, the person leaves the room, hears of all that was asked before, and the component \
    ends; the person leaves too when it is stopped. When the readers of the outbox have left, nobody is there any more: what was \
    typed before is said for two seconds yet, and then the person leaves. Reads `told` as fast as its own readers take, so that these want a linkage \
    that drops rather than one that waits: else one slow reader holds up the room.

        person = Visitor()
        lines -> person -[1024, dropOldest]-> Format("{}") -> ConsoleWriter()
        @told -> person.told
        person.asks -> @asked
    """
  static let sendsUnasked = true

  let inbox = Inbox<String>("A line that the person types.")
  let told = Inbox<RoomEvent>("What happens in all rooms.")
  let outbox = Outbox<RoomEvent>("What the person is to know.")
  let asks = Outbox<RoomRequest>("What the person wants.", needsReader: true)

  func main() async throws {
    guard let visitor = Instance.current?.name else { return }
    try await outbox.send(RoomRegister.ask(visitor))
    do {
      if try await !talk(as: visitor) { await leave(as: visitor) }
    } catch {
      await leave(as: visitor)
      throw error
    }
  }

  /// Whatever ends it, nobody stays behind in a room.
  private func leave(as visitor: String) async {
    // Who does not read holds up the rooms, and so the end.
    told.close()
    do { try await asks.sendInTheEnd(RoomRequest(visitor: visitor, verb: .leave)) } catch {
      // All is ended at once.
    }
  }

  /// - Returns: whether the visitor has left, and not only the rooms ended.
  private func talk(as visitor: String) async throws -> Bool {
    try await withThrowingTaskGroup(of: Bool?.self) { group in
      group.addTask {
        try await speak(as: visitor)
        return nil
      }
      group.addTask { try await listen(as: visitor) }
      if outbox.isLinked {
        group.addTask {
          await outbox.untilAbandoned()
          try await Time.sleep(for: Self.timeForLastWords)
          inbox.close()
          return nil
        }
      }
      defer { group.cancelAll() }
      while let hasLeft = try await group.next() {
        if let hasLeft { return hasLeft }
      }
      return false
    }
  }

  private static let timeForLastWords = Duration.seconds(2)

  private func speak(as visitor: String) async throws {
    lines: for await line in inbox {
      switch VisitorLine(line) {
      case .wants(let verb, let words):
        try await asks.send(RoomRequest(visitor: visitor, verb: verb, words: words))
      case .quit: break lines
      case .help: try await outbox.send(note(VisitorLine.words, to: visitor))
      case .unknown(let word):
        let shown = RoomWords.said(word, longest: 20).text
        try await outbox.send(note("there is no \(shown), only \(VisitorLine.words)", to: visitor))
      case .nothing: break
      }
    }
    // Told to stop, or where the rooms have ended, it leaves in another way.
    try Task.checkCancellation()
    try await asks.send(RoomRequest(visitor: visitor, verb: .leave))
  }

  private func note(_ words: String, to visitor: String) -> RoomEvent {
    RoomEvent(kind: .note, to: visitor, words: words)
  }

  /// - Returns: whether the visitor has left, and not only the rooms ended.
  private func listen(as visitor: String) async throws -> Bool {
    var room: String?
    for await event in told where event.to == visitor || (event.to.isEmpty && event.room == room) {
      if event.kind == .you { room = event.room }
      try await outbox.send(event)
      if event.kind == .bye { return true }
    }
    return false
  }
}
