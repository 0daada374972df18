import Kamaelia

/// Puts a text before each text.
struct Prefix: Transform {
  static let summary = "Puts the same words before each text."
  static let details = """
        messages -> Prefix("${nick}: ") -> @room
    """

  @Parameter("What to put before each text.", main: true) var text: String

  let inbox = Inbox<String>("Text to go after the prefix.")
  let outbox = Outbox<String>("The prefix and the text.")

  func transform(_ message: String) -> String { text + message }
}
