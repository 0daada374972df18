import Kamaelia

/// Writes text as bytes.
struct Encode: Transform {
  static let summary = "Writes text as bytes, each text with a line's end if wanted."
  static let details = """
    One stretch of bytes for each text. `lineEnding` is for lines whose ends were taken off, by Lines for instance. No byte \
    order mark is written, and `utf16` writes high bytes first. A character that the encoding does not have, possible for `latin1` only, is an error.

        ConsoleReader() -> Encode(lineEnding: crlf) -> connection
    """

  /// What is written after each text.
  enum LineEnding: String, ChoiceParameter {
    case none, lf, crlf

    var text: String {
      switch self {
      case .none: ""
      case .lf: "\n"
      case .crlf: "\r\n"
      }
    }
  }

  @Parameter("What is written after each text: nothing, a line feed, or a carriage return and a line feed.")
  var lineEnding = LineEnding.none
  @Parameter("How the text is written as bytes.") var encoding = TextEncoding.utf8

  let inbox = Inbox<String>("Text to write.")
  let outbox = Outbox<Bytes>("The bytes of one text and its end.")

  func transform(_ text: String) throws -> Bytes { Bytes(try encoding.encode(text + lineEnding.text)) }
}
