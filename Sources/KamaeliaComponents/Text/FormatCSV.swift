import Kamaelia

/// Writes records as lines of comma-separated values.
struct FormatCSV: Component {
  static let summary = "Writes records as lines of comma-separated values."
  static let details = """
    By RFC 4180. The columns are those of `columns`, or the fields of the first record in their order; a line with their \
    names goes first under `header: true`. A field that a record lacks is empty, and so is null; lists and records inside \
    a record are written as JSON. Lists become lines in their order, anything else a line of one field.

    A record with a field that is no column leaves through `errors`; if nobody has linked that, the component fails. Lines \
    have no end, which ConsoleWriter, FileWriter and Encode(lineEnding: crlf) add.

        events -> ParseJSON() -> FormatCSV(columns: ["time", "level"]) -> FileWriter("events.csv")
    """
  static let endsWithReaders = true

  @Parameter("The fields to write, in order; those of the first record if left out.") var columns: [String]? = nil
  @Parameter("Whether a line with the names of the columns goes first.") var header = true
  @Parameter("What stands between fields: one ASCII character.") var separator = ","

  let inbox = Inbox<AnyMessage>("A record or a list.")
  let outbox = Outbox<String>("A line, without its end.")
  let errors = Outbox<BadInput>("A record that does not fit the columns, and why.", needsReader: true)

  func check() throws(ParameterError) { try CSVSeparator.check(separator) }

  func main() async throws {
    var names = columns
    var isAtBeginning = true
    for await message in inbox {
      let value = message.json
      if names == nil, case .object(let members) = value { names = members.map(\.name) }
      if isAtBeginning, header, let names { try await send(names) }
      isAtBeginning = false
      switch value {
      case .object(let members):
        if let stranger = members.first(where: { !(names ?? []).contains($0.name) }) {
          try await errors.send(BadInput("`\(stranger.name)` is no column", value.encoded))
        } else {
          try await send((names ?? []).map { Self.field(value[$0] ?? .null) })
        }
      case .array(let elements):
        if let names, names.count != elements.count {
          let reason = "a list of \(elements.count), and the columns are \(names.count)"
          try await errors.send(BadInput(reason, value.encoded))
        } else {
          try await send(elements.map(Self.field))
        }
      case .null, .bool, .int, .double, .string: try await send([Self.field(value)])
      }
    }
  }

  private func send(_ fields: [String]) async throws {
    try await outbox.send(CSVWriter.line(fields, separator: separator))
  }

  private static func field(_ value: JSON) -> String { value == .null ? "" : value.text }
}
