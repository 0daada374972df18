import Kamaelia
import KamaeliaIO

/// Shows text word by word at a pace that can be read.
struct Ticker: Component {
  static let summary = "Shows text on the terminal word by word, at a pace that can be read."
  static let details = """
    The words of all texts run on, with a blank between; a line feed inside a text begins a new line. Each word is shown one \
    pace after the one before, and at once where nothing has been shown for that long. Texts that come faster wait, and \
    their senders with them.

    On a terminal the text fills a page of `width` columns and `height` lines, which then scrolls by a line or begins \
    again at the top. When standard output is no terminal, the words are written at the same pace as plain text in \
    lines of `width` columns. Characters that would move the cursor are shown as signs. Where a person can type at the same \
    terminal, the page ends whenever no text is waiting, so that what is typed goes below it.

    `shown` gets each word when it is shown. The component stops when whoever reads standard output leaves; whether somebody \
    reads `shown` is all the same to it.

        ConsoleReader() -> Ticker(pace: 5/s)
    """

  @Parameter("Words for each unit of time.", in: Rate(perSecond: 0.01)...Rate(perSecond: 1000), main: true)
  var pace = Rate(perSecond: 8)
  @Parameter("Columns of the page; as many as the terminal has, or 80, if left out.", in: 2...1000)
  var width: Int? = nil
  @Parameter("Lines of the page.", in: 1...200) var height = 5
  @Parameter("Where a line is cut: between words, or at the edge.") var wrap = TickerPage.Wrap.words
  @Parameter("What happens when the page is full: it moves up by a line, or begins again.")
  var scroll = TickerPage.Scroll.line

  let inbox = Inbox<String>("Text to show.")
  let shown = Outbox<String>("A word, when it is shown.", isReport: true)

  func check() throws(ParameterError) {
    if pace.isBytes { throw ParameterError("parameter `pace` takes words for each unit of time, such as `8/s`") }
  }

  func main() async throws {
    let output = try StandardStream(.output)
    var page = page(on: output.descriptor)
    let isShared = output.descriptor?.isTerminal == true && Self.hasKeyboard()
    let pause = Duration.seconds(1 / pace.perSecond)
    var due = Time.now
    while true {
      guard let text = try await next(before: due, page: &page, isShared ? output : nil) else { break }
      for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
        if index > 0 { try await output.write(Array(page.breakLine().utf8)) }
        for word in line.split(whereSeparator: \.isWhitespace) {
          try await Time.sleep(until: due)
          try await output.write(Array(page.add(word).utf8))
          try await shown.send(String(word))
          // From now where the component has waited for text, so that it does not catch up in a rush.
          due = max(due, Time.now) + pause
        }
      }
    }
    try await output.write(Array(page.end().utf8))
  }

  /// The next text; ends the page first when there is none before `due` and somebody may type below it.
  private func next(before due: Instant, page: inout TickerPage, _ shared: StandardStream?) async throws -> String? {
    guard let shared else { return await inbox.next() }
    switch await inbox.next(until: due) {
    case .message(let text): return text
    case .finished: return nil
    case .timeout:
      try await shared.write(Array(page.end().utf8))
      return await inbox.next()
    }
  }

  /// Whether a person can type; not so where there is no standard input at all.
  private static func hasKeyboard() -> Bool {
    do {
      return try Descriptor.standard(.input).isTerminal
    } catch {
      return false
    }
  }

  private func page(on output: Descriptor?) -> TickerPage {
    let size = output.flatMap(Terminal.size)
    // One line less than the terminal has: the cursor ends up below the page.
    return TickerPage(
      width: width ?? size?.columns ?? 80, height: min(height, max(1, (size?.rows ?? 201) - 1)), wrap: wrap,
      scroll: scroll, isTerminal: output?.isTerminal ?? false)
  }
}
