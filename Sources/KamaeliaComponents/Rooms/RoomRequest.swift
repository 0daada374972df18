import Kamaelia

/// What a visitor wants of ``Rooms``.
struct RoomRequest: Message, Hashable {
  enum Verb: String {
    /// Says the words to all in the visitor's room; those of a visitor without a name are the name.
    case say
    /// Wants the words for a name.
    case name
    /// Wants to be in the room that the words name.
    case join
    /// Asks who is in the visitor's room.
    case who
    /// Asks which rooms there are.
    case rooms
    /// Goes, and is no visitor any more.
    case leave
  }

  /// Who asks: a text that no other visitor has.
  let visitor: String
  let verb: Verb
  /// In the language the field `text`.
  var words = ""

  static let messageType = MessageType.record(["visitor": .text, "verb": .text, "text": .text])
  static var hasVariableSize: Bool { true }
  var byteCount: Int { 32 + visitor.utf8.count + words.utf8.count }
  var text: String { "\(visitor): \(verb.rawValue) \(words)" }
  var json: JSON {
    .object(["visitor": .string(visitor), "verb": .string(verb.rawValue), "text": .string(words)])
  }
}

extension RoomRequest {
  /// A record with these fields.
  init?(literal: Value) {
    guard case .record(let fields) = literal, fields.count == 3 else { return nil }
    let values = Dictionary(fields.map { ($0.name, $0.value) }) { $1 }
    guard case .text(let visitor)? = values["visitor"], case .text(let verb)? = values["verb"],
      let verb = Verb(rawValue: verb), case .text(let words)? = values["text"]
    else { return nil }
    self.init(visitor: visitor, verb: verb, words: words)
  }
}
