import Kamaelia

/// Finds the most frequent keys.
struct TopK<T: Message>: GenericComponent {
  static var summary: String { "Finds the keys that come most often, in bounded memory." }
  static var answersLate: Bool { true }
  static var details: String {
    """
    \(Key.details) A message without a key goes to `errors`; where the graph does not link that, such a message is an error.

    Sends the `k` most frequent keys, the most frequent first and equal ones in alphabetical order, at each interval \
    `every`, after `each` so many messages, and at the end unless nothing has come since. With `reset` it begins anew \
    after each list.

    Keeps `counters` keys in memory, or fewer where they take more than the run may have (`--max-memory`). While no more different keys than that come, the numbers are exact. Beyond that \
    a new key takes the place of the rarest (the Space-Saving algorithm): a number may then be too large, by at most \
    `error`, which is never more than the number of messages divided by `counters`, and every key that came more often \
    than that is in the table. Ends with the inbox.

        words -> TopK(10) -> ConsoleWriter()
    """
  }
  static var sendsFewer: Bool { true }
  static var endsWithReaders: Bool { true }

  @Parameter("How many keys to send.", in: 1...1_000_000, main: true) var k = 10
  @Parameter("The field that is the key, such as `user.name`; the whole message if empty.") var by = ""
  @Parameter("What of the field's text is the key; all of it if left out.") var capture: Pattern? = nil
  let reports = Reports()
  @Parameter("How many keys are kept in memory, at least `k`.", in: 1...10_000_000) var counters = 100_000

  let inbox = Inbox<T>("A message that has a key.")
  let outbox = Outbox<[Counted]>("The most frequent keys, the most frequent first.")
  let errors = Outbox<BadInput>("A message without a key.", needsReader: true)

  var fieldsRead: [String] { by.isEmpty ? [] : [by] }

  static func specialised<A: Message>(for type: A.Type) -> any Component.Type { TopK<A>.self }

  func check() throws(ParameterError) {
    if counters < k {
      throw ParameterError("needs a counter for each key: `counters` (\(counters)) is less than `k` (\(k))")
    }
  }

  func main() async throws {
    let key = Key(field: by, pattern: capture)
    var frequent = FrequentKeys(capacity: counters)
    var gathering = Gathering(inbox, reports)
    while let event = await gathering.next() {
      switch event {
      case .message(let message):
        guard let text = try await key.text(of: message) else {
          try await errors.send(BadInput(key.absence, message.text))
          continue
        }
        frequent.add(text)
      case .report:
        try await outbox.send(frequent.top(k))
        if reports.reset { frequent = FrequentKeys(capacity: counters) }
      }
    }
  }
}
