import Kamaelia

/// Turns text into what any terminal or page can show.
struct Printable: Transform {
  static let summary = "Makes text harmless to show: control characters become signs."
  static let details = """
    What would move a cursor, change colours, ring or hide is shown as a sign: Escape as `␛`, a character that turns the \
    direction of writing as `�`. Tabs stay. For text that comes from others and goes to a terminal, or into a log.

        stranger -> Lines() -> Printable() -> ConsoleWriter()
    """

  let inbox = Inbox<String>("Text of any kind.")
  let outbox = Outbox<String>("The same text, all of which can be seen.")

  func transform(_ text: String) -> String {
    text.split(separator: "\t", omittingEmptySubsequences: false).map { DisplayWidth.printable(String($0)) }
      .joined(separator: "\t")
  }
}
