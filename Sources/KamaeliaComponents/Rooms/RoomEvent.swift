import Kamaelia

/// Something that happens in ``Rooms``, for all in a room or for one visitor.
struct RoomEvent: Message, Hashable {
  enum Kind: String {
    /// The visitor has no name yet, and the words ask for it.
    case ask
    /// The visitor is called `name` and is in `room` from now on, with `names`.
    case you
    /// `name` says the words.
    case said
    /// `name` has come into the room.
    case joined
    /// `name` has left the room.
    case left
    /// `name` is called by the words from now on.
    case renamed
    /// In `room` are `names`, and the words say how many more.
    case who
    /// There are the rooms `names`, and the words say how many more.
    case rooms
    /// The words are something that the visitor should know.
    case note
    /// The visitor has left, and hears nothing more.
    case bye
  }

  let kind: Kind
  /// The one visitor whom it is for; empty where it is for all in `room`.
  var to = ""
  var room = ""
  var name = ""
  /// In the language the field `text`.
  var words = ""
  var names: [String] = []

  static let messageType = MessageType.record([
    "kind": .text, "to": .text, "room": .text, "name": .text, "text": .text, "names": .list(.text),
  ])
  static var hasVariableSize: Bool { true }
  var byteCount: Int {
    64 + to.utf8.count + room.utf8.count + name.utf8.count + words.utf8.count
      + names.reduce(0) { $0 + 16 + $1.utf8.count }
  }
  var json: JSON {
    .object([
      "kind": .string(kind.rawValue), "to": .string(to), "room": .string(room), "name": .string(name),
      "text": .string(words), "names": .array(names.map { .string($0) }),
    ])
  }

  /// The event as a line of a terminal: what people say stands behind their name, and all else behind a `*`, with which no
  /// name begins.
  var text: String {
    switch kind {
    case .ask: words
    case .you where names.count < 2: "* you are \(name), alone in \(room)"
    case .you: "* you are \(name), in \(room) with \(list(names.filter { $0 != name }))"
    case .said: "\(name): \(words)"
    case .joined: "* \(name) has come"
    case .left: "* \(name) has left"
    case .renamed: "* \(name) is now called \(words)"
    case .who: "* in \(room): \(list(names))"
    case .rooms: "* rooms: \(list(names))"
    case .note: "* \(words)"
    case .bye: "* goodbye"
    }
  }

  private func list(_ names: [String]) -> String {
    (words.isEmpty ? names : names + [words]).joined(separator: ", ")
  }
}

extension RoomEvent {
  /// A record with these fields.
  init?(literal: Value) {
    guard case .record(let fields) = literal, fields.count == 6 else { return nil }
    let values = Dictionary(fields.map { ($0.name, $0.value) }) { $1 }
    func text(_ name: String) -> String? { if case .text(let text)? = values[name] { text } else { nil } }
    guard let kind = text("kind").flatMap(Kind.init), let to = text("to"), let room = text("room"),
      let name = text("name"), let words = text("text"), case .list(let elements)? = values["names"]
    else { return nil }
    let names = elements.compactMap { if case .text(let text) = $0 { text } else { nil } }
    guard names.count == elements.count else { return nil }
    self.init(kind: kind, to: to, room: room, name: name, words: words, names: names)
  }
}
