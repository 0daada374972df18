import Kamaelia

/// Writes records as lines of comma-separated values.
struct FormatCSV: Component {
  static let summary = "Writes records as lines of comma-separated values."
  static let details = """
    By RFC 4180. The columns are those of `columns`, where `user.name` is a field inside another one, and other fields of a record are left out; without `columns` they are \
    the fields of the first record in their order. A line with their names goes first under `header: true`. A field that a \
    record lacks is empty, and so are null and an empty text; texts are written as they are, with line ends in them too, numbers and truth values as in JSON; lists and records inside a record are written as JSON. Lists become lines in \
    their order, anything else a line of one field; where such a line comes first, the columns have no names and no header.

    What does not fit the columns leaves through `errors`: without `columns`, a record with another field than the first \
    one or behind lines without names; a list with more or fewer elements than there are columns; an empty list, and an empty record where the columns are not known yet. If nobody has linked `errors`, \
    the component fails. Lines have no end, which ConsoleWriter, FileWriter and Encode(lineEnding: crlf) add.

        events -> ParseJSON() -> FormatCSV(columns: ["time", "level"]) -> FileWriter("events.csv")
    """
  static let endsWithReaders = true

  @Parameter("The fields to write, in order; those of the first record, and no others after it, if left out.")
  var columns: [String]? = nil
  @Parameter("Whether a line with the names of the columns goes first.") var header = true
  @Parameter("What stands between fields: one ASCII character.") var separator = ","

  let inbox = Inbox<AnyMessage>("A record or a list.")
  let outbox = Outbox<String>("A line, without its end.")
  let errors = Outbox<BadInput>("A record that does not fit the columns, and why.", needsReader: true)

  func check() throws(ParameterError) {
    try CSVSeparator.check(separator)
    try CSVColumns.check(columns)
  }

  func fieldsRead(in type: MessageType) -> FieldsRead {
    guard case .record = type else { return FieldsRead([], of: type) }
    return FieldsRead(columns ?? [], of: type)
  }

  func main() async throws {
    var layout = CSVLayout(columns: columns)
    if header, let columns { try await send(columns) }
    for await message in inbox {
      let value = message.json
      let hadNames = layout.names != nil
      switch Result(catching: { () throws(NoCSVLine) in try layout.fields(of: value) }) {
      case .success(let fields):
        if header, !hadNames, let names = layout.names { try await send(names) }
        try await send(fields.map(Self.field))
      case .failure(let problem): try await errors.send(BadInput(problem.reason, value.encoded))
      }
    }
  }

  private func send(_ fields: [String]) async throws {
    try await outbox.send(CSVWriter.line(fields, separator: separator))
  }

  private static func field(_ value: JSON) -> String { value == .null ? "" : value.text }
}
