/// A stretch of HTML in a Markdown file, in which nothing is Markdown.
///
/// - Note: CommonMark 0.31.2, 4.6 "HTML blocks": the first six of its seven kinds. The seventh, any other tag alone on its
///   line, is left out, since it ends with an empty line as the sixth does and is rare before a block of code.
enum HTMLBlock {
  /// Ends with the line that has one of these in it.
  case until([String])
  case untilBlank

  /// Nil where no such block begins.
  ///
  /// - Parameter line: without the blanks before it.
  init?(_ line: ArraySlice<UInt8>) {
    guard line.first == UInt8(ascii: "<") else { return nil }
    let text = String(decoding: line, as: UTF8.self).lowercased()
    if text.hasPrefix("<!--") {
      self = .until(["-->"])
    } else if text.hasPrefix("<?") {
      self = .until(["?>"])
    } else if text.hasPrefix("<![cdata[") {
      self = .until(["]]>"])
    } else if text.hasPrefix("<!"), text.dropFirst(2).first?.isLetter == true {
      self = .until([">"])
    } else {
      let name = text.dropFirst(text.hasPrefix("</") ? 2 : 1).prefix { $0.isLetter || $0.isNumber }
      let rest = text.dropFirst((text.hasPrefix("</") ? 2 : 1) + name.count)
      guard rest.first.map({ $0.isWhitespace || $0 == ">" || $0 == "/" }) ?? true else { return nil }
      if Self.literal.contains(String(name)), !text.hasPrefix("</") {
        self = .until(Self.literal.map { "</\($0)>" })
      } else if Self.blocks.contains(String(name)) {
        self = .untilBlank
      } else {
        return nil
      }
    }
  }

  /// Whether the block ends in a line, or before it where the line is blank.
  func ends(in line: ArraySlice<UInt8>, isBlank: Bool) -> Bool {
    switch self {
    case .untilBlank: return isBlank
    case .until(let ends):
      let text = String(decoding: line, as: UTF8.self).lowercased()
      return ends.contains { text.contains($0) }
    }
  }

  private static let literal = ["script", "pre", "style", "textarea"]
  private static let blocks: Set<String> = [
    "address", "article", "aside", "base", "basefont", "blockquote", "body", "caption", "center", "col", "colgroup",
    "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frame",
    "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "iframe", "legend", "li", "link",
    "main", "menu", "menuitem", "nav", "noframes", "ol", "optgroup", "option", "p", "param", "search", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "track", "ul",
  ]
}
