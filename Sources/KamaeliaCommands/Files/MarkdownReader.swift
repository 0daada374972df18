/// Reads a Markdown file line by line for its blocks of graphs.
///
/// - Note: CommonMark 0.31.2, 5 "Container blocks" for the signs that lines begin with.
struct MarkdownReader {
  /// What a line stands in.
  private enum Container {
    case quote
    /// An item of a list whose text begins so many columns behind the item's own place.
    case item(columns: Int)
  }

  private struct Open {
    let fence: MarkdownFence
    /// How many containers it is in.
    let depth: Int
    let start: Int
    let prefix: String
    var texts: [Int] = []
  }

  private let bytes: [UInt8]
  private var containers: [Container] = []
  private var open: Open?
  private var html: HTMLBlock?
  /// How many containers the block of HTML is in.
  private var htmlDepth = 0
  private(set) var blocks: [Markdown.Block] = []

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Takes the next line, with its end.
  mutating func read(_ line: Range<Int>) {
    var cursor = MarkdownCursor(bytes, line)
    // The containers that go on in this line; whatever is in one that does not ends with it.
    var depth = 0
    while depth < containers.count, goesOn(containers[depth], &cursor) { depth += 1 }
    if let block = open, depth < block.depth { close(at: line.lowerBound) }
    if html != nil, depth < htmlDepth { html = nil }
    if depth < containers.count { containers.removeSubrange(depth...) }
    if var block = open {
      if let fence = cursor.fence, fence.closes(block.fence) { return close(at: line.lowerBound) }
      cursor.take(upTo: block.fence.columns)
      block.texts.append(cursor.offset)
      open = block
      return
    }
    if let block = html {
      if block.ends(in: bytes[cursor.offset..<line.upperBound], isBlank: cursor.isBlank) { html = nil }
      return
    }
    while true {
      if cursor.takeQuote() {
        containers.append(.quote)
      } else if let columns = cursor.takeItem() {
        containers.append(.item(columns: columns))
      } else {
        break
      }
    }
    if let fence = cursor.fence {
      cursor.take(upTo: fence.columns)
      // The sign of a list stands in its first line only.
      let prefix = bytes[line.lowerBound..<cursor.offset].map { $0 == UInt8(ascii: ">") ? $0 : UInt8(ascii: " ") }
      open = Open(
        fence: fence, depth: containers.count, start: line.upperBound, prefix: String(decoding: prefix, as: UTF8.self))
    } else if cursor.columns < 4, let block = HTMLBlock(bytes[cursor.offset..<line.upperBound].drop { $0 == 0x20 }) {
      guard !block.ends(in: bytes[cursor.offset..<line.upperBound], isBlank: false) else { return }
      html = block
      htmlDepth = containers.count
    }
  }

  /// Whether a line is in a container that the line before was in.
  private func goesOn(_ container: Container, _ cursor: inout MarkdownCursor) -> Bool {
    switch container {
    case .quote: return cursor.takeQuote()
    case .item(let columns):
      // A blank line ends no item.
      if cursor.isBlank { return true }
      return cursor.take(columns: columns)
    }
  }

  /// The file is at its end, which ends whatever is open.
  mutating func finish() { close(at: bytes.count) }

  private mutating func close(at end: Int) {
    guard let block = open else { return }
    open = nil
    guard block.fence.isGraph else { return }
    // After the last line's end there is one more line, which is empty.
    let range = min(block.start, end)..<end
    blocks.append(
      Markdown.Block(range: range, texts: block.texts.filter { $0 < end || range.isEmpty }, prefix: block.prefix))
  }
}

/// A place in a line, and what stands there.
struct MarkdownCursor {
  private let bytes: [UInt8]
  private let end: Int
  private(set) var offset: Int
  /// The column of the place, from 0.
  private var column = 0

  init(_ bytes: [UInt8], _ line: Range<Int>) {
    self.bytes = bytes
    offset = line.lowerBound
    var end = line.upperBound
    while end > offset, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    self.end = end
  }

  /// Columns of blanks before the next sign; a tab reaches to the next multiple of four.
  var columns: Int {
    var column = column
    for byte in bytes[offset..<end] {
      guard byte == 0x20 || byte == 0x09 else { break }
      column += byte == 0x09 ? 4 - column % 4 : 1
    }
    return column - self.column
  }

  var isBlank: Bool { bytes[offset..<end].allSatisfy { $0 == 0x20 || $0 == 0x09 } }

  /// The fence that stands here, where one does: it is indented by less than four columns.
  var fence: MarkdownFence? { columns < 4 ? MarkdownFence(bytes[offset..<end], columns: columns) : nil }

  private mutating func step() {
    column += bytes[offset] == 0x09 ? 4 - column % 4 : 1
    offset += 1
  }

  /// Passes over so many columns of blanks; nothing where there are fewer.
  mutating func take(columns count: Int) -> Bool {
    guard columns >= count else { return false }
    take(upTo: count)
    return true
  }

  mutating func take(upTo count: Int) {
    let target = column + count
    while offset < end, column < target, bytes[offset] == 0x20 || bytes[offset] == 0x09 { step() }
  }

  mutating func takeQuote() -> Bool {
    var next = self
    guard next.columns < 4 else { return false }
    next.take(upTo: 3)
    guard next.offset < end, bytes[next.offset] == UInt8(ascii: ">") else { return false }
    next.step()
    next.take(upTo: 1)
    self = next
    return true
  }

  /// - Returns: how many columns behind this place the item's text begins.
  mutating func takeItem() -> Int? {
    var next = self
    guard next.columns < 4 else { return nil }
    next.take(upTo: 3)
    let digits = bytes[next.offset..<end].prefix { (0x30...0x39).contains($0) }.count
    guard digits < 10, next.offset + digits < end else { return nil }
    let sign = bytes[next.offset + digits]
    let isSign =
      digits == 0
      ? [UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+")].contains(sign)
      : sign == UInt8(ascii: ".") || sign == UInt8(ascii: ")")
    guard isSign else { return nil }
    for _ in 0...digits { next.step() }
    guard next.offset == end || bytes[next.offset] == 0x20 || bytes[next.offset] == 0x09 else { return nil }
    // A line of such signs parts two paragraphs.
    if digits == 0, bytes[next.offset..<end].allSatisfy({ $0 == sign || $0 == 0x20 }),
      bytes[next.offset..<end].contains(sign), sign != UInt8(ascii: "+")
    {
      return nil
    }
    // Behind five blanks and more there is code in the item, one column behind the sign.
    let gap = next.isBlank || next.columns > 4 ? 1 : next.columns
    let width = next.column - column + gap
    next.take(upTo: gap)
    self = next
    return width
  }
}

/// A line that begins or ends a block of code.
struct MarkdownFence {
  /// Blanks before it.
  let columns: Int
  private let sign: UInt8
  private let length: Int
  private let info: [Substring]

  /// Nil where the line is none.
  init?(_ line: ArraySlice<UInt8>, columns: Int) {
    let rest = line.drop { $0 == 0x20 || $0 == 0x09 }
    guard let sign = rest.first, sign == UInt8(ascii: "`") || sign == UInt8(ascii: "~") else { return nil }
    let end = rest.drop { $0 == sign }
    // Three backticks with more of them behind are code in a line.
    guard rest.count - end.count >= 3, sign == UInt8(ascii: "~") || !end.contains(sign) else { return nil }
    self.columns = columns
    self.sign = sign
    length = rest.count - end.count
    info = String(decoding: end, as: UTF8.self).split(whereSeparator: \.isWhitespace)
  }

  func closes(_ opening: MarkdownFence) -> Bool { sign == opening.sign && length >= opening.length && info.isEmpty }

  var isGraph: Bool { info.first == "kgraph" && info.dropFirst().first != "ignore" }
}
