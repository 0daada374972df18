import Kamaelia

/// Gathers messages into lists that may overlap.
struct Window<T: Message>: GenericComponent {
  static var summary: String { "Sends lists of the most recent messages, by number or by time." }
  static var answersLate: Bool { true }
  static var details: String {
    """
    `Window(size: 10)` sends lists of 10 messages, one after the other; with `step: 1` it sends, from the tenth message \
    on, the last 10 after every message. `Window(time: 1min)` sends every minute what came in that minute; with \
    `every: 10s` it sends every 10 seconds what came in the last minute. A message belongs to the moment at which it \
    was taken from the inbox; a window holds its beginning and not its end. Windows in which nothing came are \
    left out unless `empty` asks for them.

    Order is kept. At the end, if there is a message that no list has held yet, a last list is sent: the rest, or where \
    lists overlap, all that the next one would have had so far. Ends with the inbox. Keeps at most `size` messages in \
    memory, and windows by time at most `limit`: more in one window is an error, and so are messages that take more than the \
    run may have (`--max-memory`). Under `restart` it begins anew, without the messages that it had.

        prices -> Window(size: 20, step: 1) -> average
    """
  }
  static var sendsFewer: Bool { true }
  static var endsWithReaders: Bool { true }

  @Parameter("How many messages a list has.", in: 1...1_000_000, main: true) var size: Int? = nil
  @Parameter("After how many messages the next list is sent, at most `size`; `size` if left out.", in: 1...1_000_000)
  var step: Int? = nil
  @Parameter("How much time a list covers.", in: .microseconds(1)...) var time: Duration? = nil
  @Parameter("After which time the next list is sent, at most `time`; `time` if left out.", in: .microseconds(1)...)
  var every: Duration? = nil
  @Parameter("Whether windows of time in which nothing came are sent, as empty lists.") var empty = false
  @Parameter("How many messages a window of time may hold.", in: 1...100_000_000) var limit = 100_000

  let inbox = Inbox<T>("A message.")
  let outbox = Outbox<[T]>("The messages of a window, in the order in which they came.")

  static func specialised<A: Message>(for type: A.Type) -> any Component.Type { Window<A>.self }

  func check() throws(ParameterError) {
    guard (size == nil) != (time == nil) else { throw ParameterError("takes either `size` or `time`") }
    if size == nil, step != nil { throw ParameterError("takes `step` only beside `size`; beside `time` it is `every`") }
    if time == nil, every != nil {
      throw ParameterError("takes `every` only beside `time`; beside `size` it is `step`")
    }
    if let size, let step, step > size {
      throw ParameterError("would lose messages: `step` (\(step)) is greater than `size` (\(size))")
    }
    if let time, let every, every > time {
      throw ParameterError("would lose messages: `every` (\(every.text)) is longer than `time` (\(time.text))")
    }
  }

  func main() async throws {
    if let size { try await slide(by: CountWindow(size: size, step: step ?? size)) }
    if let time {
      let every = every ?? time
      try await slide(by: TimeWindow(time: time, every: every, end: Time.now + every, sendsEmpty: empty))
    }
  }

  private func slide(by window: CountWindow<T>) async throws {
    var window = window
    for await message in inbox {
      if window.isTooLarge { throw FlowError.tooLarge("the messages of a window take") }
      if let list = window.take(message) { try await outbox.send(list) }
    }
    if let list = window.rest() { try await outbox.send(list) }
  }

  private func slide(by window: TimeWindow<T>) async throws {
    var window = window
    while true {
      let arrival = await inbox.next(until: window.deadline)
      let now = Time.now
      while let list = window.close(at: now) { try await outbox.send(list) }
      switch arrival {
      case .message(let message):
        window.take(message, at: now)
        if window.count > limit { throw FlowError.tooMuch("messages in a window", limit: limit, parameter: "limit") }
        if window.isTooLarge { throw FlowError.tooLarge("the messages of a window take") }
      case .timeout: break
      case .finished:
        if let list = window.rest() { try await outbox.send(list) }
        return
      }
    }
  }
}
