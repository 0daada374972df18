import Kamaelia

/// Turns text into lower case, by Unicode's rules and no locale's.
struct Lowercase: Transform {
  static let summary = "Turns text into lower case."
  static let details = """
    By the rules of Unicode that hold for all languages: `I` becomes `i` also in Turkish text.

        FileReader("book.txt") -> Lines() -> Lowercase() -> Words() -> TopK(10)
    """

  let inbox = Inbox<String>("Text in any case.")
  let outbox = Outbox<String>("The same text in lower case.")

  func transform(_ text: String) -> String { text.lowercased() }
}
