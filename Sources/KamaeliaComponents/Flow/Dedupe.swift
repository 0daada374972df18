import Kamaelia

/// Lets each message through once.
struct Dedupe<T: Message>: GenericComponent {
  static var summary: String { "Passes on only the first of equal messages." }
  static var details: String {
    """
    Messages are equal when their texts are, or those of the field `by`; with `capture`, when the pattern's first group \
    captures the same. A message that lacks the field, or in which the pattern is not found, is equal to none and passes.

    What has passed is remembered for `within`, counted from when it passed, and until `remember` others have passed \
    since. `remember: 1` lets through every message that differs from the one before. Order is kept. Ends with the \
    inbox, or when the readers of both outboxes have left. Keeps at most `remember` keys in memory, so that \
    a message may pass again once it is forgotten.

        alarms -> Dedupe(by: "host", within: 10min) -> ConsoleWriter()
    """
  }
  static var endsWithReaders: Bool { true }

  @Parameter("The field to compare, such as `user.name`; the whole message if empty.", main: true) var by = ""
  @Parameter("What of the field's text to compare; all of it if left out.") var capture: Pattern? = nil
  @Parameter("How long what has passed is remembered; as long as there is room if left out.", in: .nanoseconds(1)...)
  var within: Duration? = nil
  @Parameter("How many different messages are remembered.", in: 1...100_000_000) var remember = 10_000

  let inbox = Inbox<T>("A message.")
  let outbox = Outbox<T>("A message unlike those that are remembered.")
  let duplicates = Outbox<T>("A message equal to one that is remembered.")

  var fieldsRead: [String] { by.isEmpty ? [] : [by] }

  static func specialised<A: Message>(for type: A.Type) -> any Component.Type { Dedupe<A>.self }

  func main() async throws {
    let key = Key(field: by, pattern: capture)
    var memory = RecentKeys(capacity: remember, lifetime: within)
    for await message in inbox {
      if let text = try key.text(of: message), !memory.insert(text, at: Time.now) {
        try await duplicates.send(message, orSkipWhile: outbox.isLinked)
      } else {
        try await outbox.send(message, orSkipWhile: duplicates.isLinked)
      }
    }
  }
}

/// The keys that were put in most recently.
struct RecentKeys {
  let capacity: Int
  let lifetime: Duration?
  private var keys: Set<String> = []
  private var order = Queue<(key: String, at: Instant)>()

  /// - Parameters:
  ///   - capacity: how many keys at most, 1 or more; a further one takes the place of the oldest.
  ///   - lifetime: after which time a key is forgotten; never where nil.
  init(capacity: Int, lifetime: Duration?) {
    self.capacity = capacity
    self.lifetime = lifetime
  }

  /// Puts a key in; whether it was not there.
  ///
  /// - Parameter now: not before the moments of earlier calls.
  mutating func insert(_ key: String, at now: Instant) -> Bool {
    while let lifetime, let oldest = order.first, oldest.at + lifetime <= now { forgetOldest() }
    if keys.contains(key) { return false }
    if order.count == capacity { forgetOldest() }
    keys.insert(key)
    order.append((key, now))
    return true
  }

  private mutating func forgetOldest() {
    if let oldest = order.removeFirst() { keys.remove(oldest.key) }
  }
}
