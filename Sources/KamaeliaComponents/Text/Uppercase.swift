import Kamaelia

/// Turns text into upper case, by Unicode's rules and no locale's.
struct Uppercase: Transform {
  static let summary = "Turns text into upper case."
  static let details = """
    By the rules of Unicode that hold for all languages: `ß` becomes `SS`, and `i` becomes `I` also in Turkish text.
    """

  let inbox = Inbox<String>("Text in any case.")
  let outbox = Outbox<String>("The same text in upper case.")

  func transform(_ text: String) -> String { text.uppercased() }
}
