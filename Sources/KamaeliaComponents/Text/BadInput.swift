import Kamaelia

/// Something that a component could not make sense of, with the reason: what error outboxes carry.
///
/// A component whose error outbox no graph has linked fails with the text of it, so that nothing is lost unseen.
struct BadInput: Message {
  /// What is wrong and where, as a sentence without its full stop.
  let error: String
  /// What came in, whole.
  let input: String

  init(_ error: String, _ input: String) {
    self.error = error
    self.input = input
  }

  static let messageType = MessageType.record(["error": .text, "input": .text])
  static var hasVariableSize: Bool { true }
  var byteCount: Int { error.utf8.count + input.utf8.count }
  var text: String { "\(error): \(Excerpt.of(input))" }
  var json: JSON { .object(["error": .string(error), "input": .string(input)]) }

  /// A record with these fields.
  init?(literal: Value) {
    guard case .record(let fields) = literal, fields.count == 2 else { return nil }
    let values = Dictionary(fields.map { ($0.name, $0.value) }) { $1 }
    guard case .text(let error)? = values["error"], case .text(let input)? = values["input"] else { return nil }
    self.init(error, input)
  }
}

/// The beginning of a text for a message: quoted, on one line, and never long.
enum Excerpt {
  /// - Parameter length: characters at most.
  static func of(_ text: String, length: Int = 60) -> String {
    // Only the beginning is looked at, however long the text is.
    let beginning = text.prefix(length)
    let mark = beginning.endIndex < text.endIndex ? "…" : ""
    return JSON.string(String(beginning) + mark).encoded
  }
}
