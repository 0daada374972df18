import Kamaelia

/// Lays words out on a page of a terminal, one word after another.
///
/// What it returns is to be written as it is. For a terminal it holds escape sequences (ECMA-48) that keep the page in
/// place; else it is plain text. No line is wider than the page, and at most a page is held.
struct TickerPage {
  /// Where a line is cut when a word does not fit.
  enum Wrap: String, ChoiceParameter {
    /// Before the word, unless it is wider than the page.
    case words
    /// At the edge, inside the word.
    case anywhere
  }

  /// What happens when the page is full.
  enum Scroll: String, ChoiceParameter {
    /// All lines move up by one.
    case line
    /// The page is cleared, and begins at the top.
    case page
  }

  let width: Int
  let height: Int
  let wrap: Wrap
  let scroll: Scroll
  let isTerminal: Bool
  /// What is on the page, from the top; the last line is the one that is written on.
  private(set) var lines = [""]
  private var column = 0
  private var hasBegun = false

  /// - Parameters:
  ///   - width: columns, 2 or more.
  ///   - height: lines, 1 or more.
  init(width: Int, height: Int, wrap: Wrap = .words, scroll: Scroll = .line, isTerminal: Bool) {
    self.width = max(2, width)
    self.height = max(1, height)
    self.wrap = wrap
    self.scroll = scroll
    self.isTerminal = isTerminal
  }

  /// Adds a word behind a blank, or at the beginning of a line.
  ///
  /// What would move the cursor or hide is shown as a sign.
  mutating func add(_ word: some StringProtocol) -> String {
    let characters = word.map { character in
      let shown = DisplayWidth.printable(character)
      return (text: shown, width: DisplayWidth.of(shown))
    }
    hasBegun = true
    var output = ""
    let wordWidth = characters.reduce(0) { $0 + $1.width }
    if column > 0 {
      let fits = wrap == .words ? column + 1 + wordWidth <= width : column + 2 <= width
      output += fits ? put(" ", 1) : newLine()
    }
    for character in characters {
      if column + character.width > width { output += newLine() }
      output += put(character.text, character.width)
    }
    return output
  }

  /// Begins a new line, unless nothing has been added yet.
  mutating func breakLine() -> String { hasBegun ? newLine() : "" }

  /// Leaves the page: the cursor goes below it, and what is added next begins another one there.
  mutating func end() -> String {
    guard hasBegun else { return "" }
    self = TickerPage(width: width, height: height, wrap: wrap, scroll: scroll, isTerminal: isTerminal)
    return isTerminal ? "\r\n" : "\n"
  }

  private mutating func put(_ text: String, _ width: Int) -> String {
    lines[lines.count - 1] += text
    column += width
    return text
  }

  private mutating func newLine() -> String {
    column = 0
    if lines.count < height {
      lines.append("")
      return isTerminal ? "\r\n" : "\n"
    }
    guard isTerminal else {
      lines = Array(lines.dropFirst()) + [""]
      return "\n"
    }
    let toTop = height > 1 ? "\r\u{1B}[\(height - 1)A" : "\r"
    switch scroll {
    case .line:
      lines = Array(lines.dropFirst()) + [""]
      // Only the page's own lines move, whatever is above it on the screen.
      return toTop + lines.map { "\u{1B}[2K" + $0 }.joined(separator: "\r\n")
    case .page:
      lines = [""]
      return toTop + "\u{1B}[J"
    }
  }
}
