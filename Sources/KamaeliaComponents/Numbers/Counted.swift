import Kamaelia

/// How often a key came: the record `{key: Text, count: Int, error: Int}`.
struct Counted: Message, Hashable {
  let key: String
  /// Never less than the true number.
  let count: Int
  /// By how much `count` may be too large.
  let error: Int

  static let messageType = MessageType.record(["key": .text, "count": .int, "error": .int])
  static let hasVariableSize = true
  var byteCount: Int { key.utf8.count + 16 }
  var text: String { "\(count) \(key)" + (error > 0 ? " (at most \(error) too many)" : "") }
  var json: JSON { .object(["key": .string(key), "count": .int(count), "error": .int(error)]) }

  init(key: String, count: Int, error: Int = 0) {
    self.key = key
    self.count = count
    self.error = error
  }

  /// A record with these fields; `error` may be left out for 0.
  init?(literal: Value) {
    guard case .record(let fields) = literal else { return nil }
    let values = Dictionary(fields.map { ($0.name, $0.value) }) { $1 }
    guard case .text(let key)? = values["key"], case .int(let count)? = values["count"],
      Set(values.keys).isSubset(of: ["key", "count", "error"]),
      let error = values["error"].map({ Int(literal: $0) }) ?? 0
    else { return nil }
    self.init(key: key, count: count, error: error)
  }

  /// Whether it comes before `other` in a table: the more frequent first, then by the key's Unicode scalars.
  func precedes(_ other: Counted) -> Bool {
    count == other.count ? TextKey(key) < TextKey(other.key) : count > other.count
  }
}
