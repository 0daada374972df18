import Kamaelia

/// Reads lines of comma-separated values as records.
struct ParseCSV: Component {
  static let summary = "Reads lines of comma-separated values as records."
  static let details = """
    By RFC 4180: fields in quotes may hold separators, doubled quotes and line ends. Each text is one line or several; a \
    field in quotes may go on in the next text, with a line feed in between. Lines end with a line feed, a carriage return or \
    both; empty lines are passed over, and so is a byte order mark at the beginning.

    With `header: first`, the first record names the columns and each further one becomes an object with these names; \
    with `columns`, the names are given and the first record is data. With neither, records are lists. A second column \
    named `name` becomes `name_2`, with a warning; names are the same that have the same Unicode scalars. `rows` has the fields of the same records as they are. \
    Fields are texts; under `numbers`, whole ones of more than 64 bits and those beyond 1.8e308 stay texts.

    A line that is wrong, or has another number of fields than there are columns, leaves through `errors` with the \
    number of the line, and reading goes on with the next line. If nobody has linked `errors`, the component fails, and so it \
    does where the line that should name the columns is wrong.

        FileReader("people.csv") -> Lines() -> ParseCSV() -> Format("{name} is {age}") -> ConsoleWriter()
    """
  static let endsWithReaders = true

  /// Where the names of the columns come from.
  enum Header: String, ChoiceParameter { case first, none }

  @Parameter("Where the names of the columns are: in the first record, or nowhere.") var header = Header.first
  @Parameter("The names of the columns; the first record is data then.") var columns: [String]? = nil
  @Parameter("What stands between fields: one ASCII character.") var separator = ","
  @Parameter("Whether fields that are numbers as JSON writes them become numbers.") var numbers = false
  @Parameter("The most bytes that a record may have.", in: Size(bytes: 1)...Size.mebibytes(1024))
  var longest = Size.mebibytes(1)

  let inbox = Inbox<String>("One line or several, with or without the last line's end.")
  let outbox = Outbox<JSON>("A record: an object, or a list where the columns have no names.")
  let rows = Outbox<[String]>("The fields of a record, in order.")
  let errors = Outbox<BadInput>("A line that is no record, and why.", needsReader: true)

  func check() throws(ParameterError) {
    try CSVSeparator.check(separator)
    try CSVColumns.check(columns)
  }

  func fieldsSent(by outbox: String) -> [String]? { outbox == "outbox" ? columns : nil }

  func main() async throws {
    var reader = CSVReader(separator: CSVSeparator.byte(separator), longest: longest.bytes)
    var names = columns ?? (header == .first ? nil : [])
    for await text in inbox {
      reader.add(text.utf8)
      if text.utf8.last != UInt8(ascii: "\n") { reader.add("\n".utf8) }
      while let item = reader.next() { try await send(item, &names) }
    }
    while let item = reader.finish() { try await send(item, &names) }
  }

  /// - Parameter names: of the columns; nil before the record that names them, empty where they have none.
  private func send(_ item: CSVReader.Item, _ names: inout [String]?) async throws {
    switch item {
    case .failure(let problem, let line, let raw):
      // The next line would be taken for the names, and all that follows would have wrong ones.
      if names == nil { throw NoColumns(reason: "line \(line): \(problem)", line: raw) }
      try await errors.send(BadInput("line \(line): \(problem)", raw))
    case .record(let fields, let line):
      guard let columns = names else {
        names = CSVColumns.unique(fields) { Notice.warning($0) }
        return
      }
      if !columns.isEmpty, columns.count != fields.count {
        let reason = "line \(line): \(counted(fields.count, "field")) for \(counted(columns.count, "column"))"
        return try await errors.send(BadInput(reason, CSVWriter.line(fields, separator: separator)))
      }
      if rows.isLinked { try await rows.send(fields) }
      guard outbox.isLinked else { return }
      let values = fields.map(value)
      try await outbox.send(
        columns.isEmpty ? .array(values) : .object(zip(columns, values).map { JSON.Member($0, $1) }))
    }
  }

  private func value(_ field: String) -> JSON {
    guard numbers, let first = field.utf8.first, first == UInt8(ascii: "-") || 0x30...0x39 ~= first else {
      return .string(field)
    }
    let read = Result { () throws(JSONParser.Failure) in try JSONParser.parse(field, largeNumbers: .text) }
    if case .success(let number) = read { return number }
    return .string(field)
  }
}

/// The line that should name the columns is none.
struct NoColumns: Error, Hashable, CustomStringConvertible {
  let reason: String
  let line: String
  var description: String { "the columns have no names: \(reason): \(Excerpt.of(line))" }
}

/// What stands between fields: one character of ASCII that is none of those that mean something else.
enum CSVSeparator {
  static func check(_ text: String) throws(ParameterError) {
    guard text.utf8.count == 1, let byte = text.utf8.first, byte < 0x80, !"\"\r\n".utf8.contains(byte) else {
      throw ParameterError("parameter `separator` takes one ASCII character that is no quote and no line's end")
    }
  }

  static func byte(_ text: String) -> UInt8 { text.utf8.first ?? UInt8(ascii: ",") }
}
