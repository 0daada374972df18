import Kamaelia

/// Thins a stream out.
struct Sample<T: Message>: GenericComponent {
  static var summary: String { "Passes on one of several messages: each nth, or the newest of each interval." }
  static var answersLate: Bool { true }
  static var details: String {
    """
    `Sample(10)` passes on the first message and each tenth after it. `Sample(every: 1s)` passes on, each second, the \
    newest message of that second, and nothing where none came; at the end, the newest that has not been passed on. All \
    others are dropped on purpose.

    Order is kept. Ends with the inbox. Keeps at most one message in memory.

        sensor -> Sample(every: 1min) -> FileWriter("minutes.log")
    """
  }
  static var sendsFewer: Bool { true }
  static var endsWithReaders: Bool { true }

  @Parameter("Of how many messages one is passed on.", in: 1..., main: true) var each: Int? = nil
  @Parameter("After which time the newest message is passed on.", in: .nanoseconds(1)...) var every: Duration? = nil

  let inbox = Inbox<T>("A message.")
  let outbox = Outbox<T>("One of several messages.")

  static func specialised<A: Message>(for type: A.Type) -> any Component.Type { Sample<A>.self }

  func check() throws(ParameterError) {
    guard (each == nil) != (every == nil) else { throw ParameterError("takes either `each` or `every`") }
  }

  func main() async throws {
    if let each { try await thinOut(each) }
    if let every { try await thinOut(every) }
  }

  private func thinOut(_ each: Int) async throws {
    var left = 0
    for await message in inbox {
      if left == 0 {
        try await outbox.send(message)
        left = each
      }
      left -= 1
    }
  }

  private func thinOut(_ every: Duration) async throws {
    var newest: T?
    var due = Time.now + every
    while true {
      let arrival = await inbox.next(until: newest == nil ? nil : due)
      let now = Time.now
      if now >= due {
        if let message = newest.take() { try await outbox.send(message) }
        due.advance(by: every, past: now)
      }
      switch arrival {
      case .message(let message): newest = message
      case .timeout: break
      case .finished:
        if let newest { try await outbox.send(newest) }
        return
      }
    }
  }
}
