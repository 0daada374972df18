import Kamaelia

/// Writes messages as JSON.
struct FormatJSON: Transform {
  static let summary = "Writes each message as JSON text."
  static let details = """
    Records become objects, lists arrays; numbers and truth values stay what they are, durations become seconds, sizes \
    bytes, frequencies hertz, rates messages or bytes a second, and all else becomes text; bytes that are no UTF-8 become U+FFFD in it. Numbers that JSON does not have, such as infinity, become null. Without `pretty`, a \
    value is on one line.

        readings -> FormatJSON() -> FileWriter("readings.json")
    """

  @Parameter("Whether to write on several lines, two blanks for each level.", main: true) var pretty = false

  let inbox = Inbox<AnyMessage>("Anything.")
  let outbox = Outbox<String>("The message as JSON, without a line's end.")

  func transform(_ message: AnyMessage) -> String { pretty ? Self.pretty(message.json) : message.json.encoded }

  /// The value on several lines; empty arrays and objects stay on one.
  static func pretty(_ value: JSON, indent: String = "") -> String {
    let inner = indent + "  "
    switch value {
    case .array(let elements) where !elements.isEmpty:
      let lines = elements.map { inner + pretty($0, indent: inner) }
      return "[\n\(lines.joined(separator: ",\n"))\n\(indent)]"
    case .object(let members) where !members.isEmpty:
      let lines = members.map { "\(inner)\(JSON.string($0.name).encoded): \(pretty($0.value, indent: inner))" }
      return "{\n\(lines.joined(separator: ",\n"))\n\(indent)}"
    default: return value.encoded
    }
  }
}
