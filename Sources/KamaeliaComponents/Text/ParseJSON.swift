import Kamaelia

/// Reads texts as JSON values.
struct ParseJSON: Component {
  static let summary = "Reads each text as a JSON value."
  static let details = """
    One value for each text, which may go over several lines; for files with a value on each line put Lines before it. Texts \
    of blanks are passed over, and so is a byte order mark before the value. The members of objects keep their order; of \
    two with one name, the last one counts for all that asks for it by its name. Names are the same that have the same \
    Unicode scalars: an accent written in another way makes another name.

    Whole numbers are kept exactly: those beyond 64 bits become texts of their digits, or what `largeNumbers` says. Other \
    numbers are kept to some 16 digits (IEEE 754 binary64); one beyond 1.8e308 makes the text an error.

    A text that is no JSON (RFC 8259, without leniency), or is nested deeper than `depth`, leaves through `errors` with the \
    reason and the place; if nobody has linked that, the component fails.

        FileReader("events.json") -> Lines() -> ParseJSON() -> Format("{time} {level}") -> ConsoleWriter()
    """
  static let endsWithReaders = true

  @Parameter("How many arrays and objects may be inside each other.", in: 1...512) var depth = 64
  @Parameter("What becomes of whole numbers that a signed number of 64 bits cannot hold.") var largeNumbers = JSONParser
    .LargeNumbers.text

  let inbox = Inbox<String>("A JSON text.")
  let outbox = Outbox<JSON>("The value that the text stands for.")
  let errors = Outbox<BadInput>("A text that is no JSON, and why.", needsReader: true)

  func main() async throws {
    for await message in inbox {
      let text = ByteOrderMark.removed(from: message)
      if text.utf8.allSatisfy({ $0 == 0x20 || 0x09...0x0D ~= $0 }) { continue }
      switch parse(text) {
      case .success(let value): try await outbox.send(value)
      case .failure(let error): try await errors.send(BadInput(error.description, text))
      }
    }
  }

  private func parse(_ text: String) -> Result<JSON, JSONParser.Failure> {
    Result { () throws(JSONParser.Failure) in
      try JSONParser.parse(text, depth: depth, largeNumbers: largeNumbers)
    }
  }
}
