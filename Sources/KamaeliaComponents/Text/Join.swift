import Kamaelia

/// Makes one text of a list of texts.
struct Join: Transform {
  static let summary = "Makes one text of each list of texts."
  static let details = """
    A list of one text is that text, and an empty list an empty text. To join messages that come one by one, gather them first:

        lines -> Batch(10) -> Join(" | ") -> ConsoleWriter()
    """

  @Parameter("What to put between the texts.", main: true) var separator = ""

  let inbox = Inbox<[String]>("The texts to join, in order.")
  let outbox = Outbox<String>("One text.")

  func transform(_ texts: [String]) -> String { texts.joined(separator: separator) }
}
