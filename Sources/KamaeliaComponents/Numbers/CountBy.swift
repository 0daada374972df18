import Kamaelia

/// Counts messages by key.
struct CountBy<T: Message>: GenericComponent {
  static var summary: String { "Counts how often each key comes." }
  static var answersLate: Bool { true }
  static var details: String {
    """
    \(Key.details) A message without a key goes to `errors`; where the graph does not link that, such a message is an error.

    Sends the whole table, the most frequent key first and equal ones in alphabetical order, at each interval `every`, \
    after `each` so many messages, and at the end unless nothing has come since. With `reset` it begins anew after each table.

    Each entry of the table has the fields `key`, `count` and `error`; the last is what TopK says of its numbers, and 0 \
    here, where they are exact.

    Ends with the inbox. Under `restart` it begins anew, without what it has counted. Keeps every key in memory; more than `keys` different ones are an error, and so are keys that \
    take more than the memory that the run may have (`--max-memory`). For the most \
    frequent of any number of keys in bounded memory there is TopK.

        log -> CountBy(capture: r"E\\d+") -> ConsoleWriter()
    """
  }
  static var sendsFewer: Bool { true }
  static var endsWithReaders: Bool { true }

  @Parameter("The field that is the key, such as `user.name`; the whole message if empty.", main: true) var by = ""
  @Parameter("What of the field's text is the key; all of it if left out.") var capture: Pattern? = nil
  let reports = Reports()
  @Parameter("How many different keys there may be.", in: 1...100_000_000) var keys = 100_000

  let inbox = Inbox<T>("A message that has a key.")
  let outbox = Outbox<[Counted]>("How often each key has come, the most frequent first.")
  let errors = Outbox<BadInput>("A message without a key.", needsReader: true)

  var fieldsRead: [String] { by.isEmpty ? [] : [by] }

  static func specialised<A: Message>(for type: A.Type) -> any Component.Type { CountBy<A>.self }

  func main() async throws {
    let key = Key(field: by, pattern: capture)
    var counts: [TextKey: Int] = [:]
    var kept = KeptBytes()
    var gathering = Gathering(inbox, reports)
    while let event = await gathering.next() {
      switch event {
      case .message(let message):
        guard let text = try await key.text(of: message) else {
          try await errors.send(BadInput(key.absence, message.text))
          continue
        }
        let before = counts.count
        counts[TextKey(text), default: 0] += 1
        if counts.count > before { kept.add(text.utf8.count + 64) }
        if counts.count > keys { throw FlowError.tooMuch("different keys", limit: keys, parameter: "keys") }
        if kept.isTooMuch { throw FlowError.tooLarge("the keys take") }
      case .report:
        let table = counts.map { Counted(key: $0.key.text, count: $0.value) }.sorted { $0.precedes($1) }
        try await outbox.send(table)
        if reports.reset { (counts, kept) = ([:], KeptBytes()) }
      }
    }
  }
}
