import Kamaelia

/// Lets each message through once.
struct Dedupe<T: Message>: GenericComponent {
  static var summary: String { "Passes on only the first of equal messages." }
  static var details: String {
    """
    Messages are equal when their texts are, or those of the field `by`, to the last Unicode scalar, and binary ones when \
    their bytes are; with `capture`, when the pattern's first group \
    captures the same. A message that lacks the field, or in which the pattern is not found, is equal to none and passes.

    What has passed is remembered for `within`, counted from when it passed, and until `remember` others have passed \
    since. `remember: 1` lets through every message that differs from the one before. Order is kept. Ends with the \
    inbox, or when the readers of both outboxes have left. Keeps some 100 bytes for each \
    of at most `remember` messages in memory, however long they are, and remembers fewer where that is more than the run may \
    have (`--max-memory`). A message may pass again once it is forgotten.

        alarms -> Dedupe(by: "host", within: 10min) -> ConsoleWriter()
    """
  }
  static var sendsFewer: Bool { true }
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
      if let digest = try await digest(of: message, key), !memory.insert(digest, at: Time.now) {
        try await duplicates.send(message)
      } else {
        try await outbox.send(message)
      }
    }
  }
}

extension Dedupe {
  private func digest(of message: T, _ key: Key) async throws -> KeyDigest? {
    // The text of bytes is the same for all that is no UTF-8.
    if by.isEmpty, capture == nil, let bytes = message.base(as: Bytes.self) { return KeyDigest(bytes.storage) }
    return try await key.text(of: message).map { KeyDigest($0.utf8) }
  }
}

/// Stands for a key of any length: 128 bits of it, by two hashes of a function (SipHash) with a secret of this process.
///
/// Two keys of ten million have the same digest once in 10²⁴ runs, and nobody who does not know the secret can make such.
struct KeyDigest: Hashable {
  private let first: Int
  private let second: Int

  init(_ key: some Collection<UInt8>) {
    var (first, second) = (Hasher(), Hasher())
    first.combine(1)
    second.combine(2)
    let isDone: Void? = key.withContiguousStorageIfAvailable { bytes in
      first.combine(bytes: UnsafeRawBufferPointer(bytes))
      second.combine(bytes: UnsafeRawBufferPointer(bytes))
    }
    if isDone == nil {
      Array(key).withUnsafeBytes { bytes in
        first.combine(bytes: bytes)
        second.combine(bytes: bytes)
      }
    }
    (self.first, self.second) = (first.finalize(), second.finalize())
  }
}

/// The keys that were put in most recently.
struct RecentKeys {
  let capacity: Int
  let lifetime: Duration?
  private var keys: Set<KeyDigest> = []
  private var order = Queue<(key: KeyDigest, at: Instant)>()
  private let kept = KeptBytes()
  /// About what a key takes in both.
  private static let bytesPerKey = 100

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
  mutating func insert(_ key: KeyDigest, at now: Instant) -> Bool {
    while let lifetime, let oldest = order.first, oldest.at + lifetime <= now { forgetOldest() }
    if keys.contains(key) { return false }
    if order.count == capacity { forgetOldest() }
    while kept.isTooMuch, !order.isEmpty { forgetOldest() }
    kept.add(Self.bytesPerKey)
    keys.insert(key)
    order.append((key, now))
    return true
  }

  private mutating func forgetOldest() {
    if let oldest = order.removeFirst() {
      keys.remove(oldest.key)
      kept.remove(Self.bytesPerKey)
    }
  }
}
