import KGraph

/// The one form of a graph, for the whole text and for stretches of it.
extension LanguageServer {
  struct OnTypeParameters: Decodable {
    let textDocument: TextDocument
    let position: TextPosition
    let ch: String
  }

  func format(_ parameters: DocumentParameters) throws -> any Encodable {
    let document = try document(parameters.textDocument.uri)
    guard let text = Formatter.format(document.tree) else {
      // Not as an error, which editors would show at each save of a file that is half written.
      send(
        .notification(
          "window/logMessage",
          ["type": 3, "message": .text("`\(document.path)` has errors of syntax, so it is not formatted")] as Plain))
      return [TextEdit]()
    }
    return edits(of: document, Array(text.utf8), 0..<document.bytes.count)
  }

  func formatRange(_ parameters: RangeParameters) throws -> any Encodable {
    let document = try document(parameters.textDocument.uri)
    let start = document.lines.offset(of: parameters.range.start, client.encoding)
    let end = document.lines.offset(of: parameters.range.end, client.encoding)
    guard let stretch = FormattedStretch(document.tree, start..<max(start, end)) else { return [TextEdit]() }
    return edits(of: document, stretch.replacement, stretch.range)
  }

  /// Formats the statement that a line end or a brace has ended, unless it has errors of syntax.
  func formatOnType(_ parameters: OnTypeParameters) throws -> any Encodable {
    let document = try document(parameters.textDocument.uri)
    var offset = document.lines.offset(of: parameters.position, client.encoding)
    if parameters.ch == "\n" {
      let line = document.lines.line(of: offset)
      guard line > 0 else { return [TextEdit]() }
      offset = document.lines.end(ofLine: line - 1)
    }
    guard let stretch = FormattedStretch(document.tree, offset..<offset) else { return [TextEdit]() }
    return edits(of: document, stretch.replacement, stretch.range)
  }

  /// What makes `replacement` of a stretch of the text: the lines that differ.
  private func edits(of document: Document, _ replacement: [UInt8], _ range: Range<Int>) -> [TextEdit] {
    let old = Self.lines(document.bytes[range])
    let new = Self.lines(replacement[...])
    let isUnix = document.lineEnd == "\n"
    func written(_ lines: ArraySlice<[UInt8]>) -> String {
      let text = String(decoding: lines.joined(), as: UTF8.self)
      return isUnix ? text : text.replacing("\n", with: "\r\n")
    }
    // Line ends are no difference where the file has its own.
    let plain = isUnix ? old : old.map { $0.suffix(2) == [0x0D, 0x0A] ? $0.dropLast(2) + [0x0A] : $0 }
    var edits: [TextEdit] = []
    var offset = range.lowerBound
    for hunk in Self.hunks(plain, new) {
      let start = offset + old[hunk.skipped].reduce(0) { $0 + $1.count }
      let end = start + old[hunk.old].reduce(0) { $0 + $1.count }
      offset = end
      edits.append(
        TextEdit(
          range: TextRange(
            start: document.lines.position(of: start, client.encoding),
            end: document.lines.position(of: end, client.encoding)),
          newText: written(new[hunk.new])))
    }
    return edits
  }

  private struct Hunk {
    /// Lines that stay, before it.
    let skipped: Range<Int>
    let old: Range<Int>
    let new: Range<Int>
  }

  /// Lines with their ends.
  private static func lines(_ bytes: ArraySlice<UInt8>) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var start = bytes.startIndex
    while start < bytes.endIndex {
      let end = bytes[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.endIndex
      lines.append(Array(bytes[start..<end]))
      start = end
    }
    return lines
  }

  /// Above this the lines between the first and the last difference are replaced as a whole: to find the fewest changes
  /// takes the square of their number.
  private static let mostCompared = 4000

  private static func hunks(_ old: [[UInt8]], _ new: [[UInt8]]) -> [Hunk] {
    var head = 0
    while head < old.count, head < new.count, old[head] == new[head] { head += 1 }
    var tail = 0
    while tail < old.count - head, tail < new.count - head, old[old.count - 1 - tail] == new[new.count - 1 - tail] {
      tail += 1
    }
    let (oldEnd, newEnd) = (old.count - tail, new.count - tail)
    if head == oldEnd, head == newEnd { return [] }
    guard oldEnd - head < mostCompared, newEnd - head < mostCompared else {
      return [Hunk(skipped: 0..<head, old: head..<oldEnd, new: head..<newEnd)]
    }
    let difference = new[head..<newEnd].difference(from: old[head..<oldEnd])
    var removed: Set<Int> = []
    var added: Set<Int> = []
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(head + offset)
      case .insert(let offset, _, _): added.insert(head + offset)
      }
    }
    var hunks: [Hunk] = []
    var (i, j, last) = (head, head, 0)
    while i < oldEnd || j < newEnd {
      guard removed.contains(i) || added.contains(j) else {
        i += 1
        j += 1
        continue
      }
      let (oldStart, newStart) = (i, j)
      while removed.contains(i) { i += 1 }
      while added.contains(j) { j += 1 }
      hunks.append(Hunk(skipped: last..<oldStart, old: oldStart..<i, new: newStart..<j))
      last = i
    }
    return hunks
  }
}

/// The statements that a stretch of a text touches, formatted as they are in the formatted text.
struct FormattedStretch {
  /// Whole lines of the text.
  let range: Range<Int>
  let replacement: [UInt8]

  /// Nil where what is there has errors of syntax, or no statement is there.
  init?(_ tree: GraphFile, _ range: Range<Int>) {
    // Whoever types in one place has often left another one half-written.
    let broken = tree.brokenLines
    self.init(readable: broken.isEmpty ? tree : tree.settingAside(broken), range)
    if broken.contains(where: { $0.overlaps(self.range) }) { return nil }
  }

  private init?(readable tree: GraphFile, _ range: Range<Int>) {
    guard let text = Formatter.format(tree) else { return nil }
    let formatted = GraphFile.parse(Source(name: tree.source.name, text: text))
    var before = tree.statements
    var after = formatted.statements
    while true {
      // The formatted text says the same, so that it has the same statements in the same order.
      guard before.count == after.count else { return nil }
      let touched = before.indices.filter {
        let lines = Self.lines(before[$0].place)
        let isBehind = range.lowerBound >= lines.upperBound && lines.upperBound < tree.source.bytes.count
        return !isBehind && (lines.lowerBound < range.upperBound || lines.lowerBound == range.lowerBound)
      }
      guard let first = touched.first, let last = touched.last else { return nil }
      if first == last, let inner = before[first].block, let formattedInner = after[first].block,
        inner.place.range.lowerBound < range.lowerBound, range.upperBound < inner.place.range.upperBound - 1,
        !inner.statements.isEmpty
      {
        before = inner.statements
        after = formattedInner.statements
        continue
      }
      let old = Self.lines(before[first].place).lowerBound..<Self.lines(before[last].place).upperBound
      let new = Self.lines(after[first].place).lowerBound..<Self.lines(after[last].place).upperBound
      // Statements that share a line with others are not parted from them.
      let isAlone =
        (first == 0 || Self.lines(before[first - 1].place).upperBound <= old.lowerBound)
        && (last + 1 == before.count || old.upperBound <= Self.lines(before[last + 1].place).lowerBound)
      guard isAlone else { return nil }
      self.range = old
      replacement = Array(formatted.source.bytes[new])
      return
    }
  }

  /// The lines of a place, from the beginning of the first to the end of the last.
  private static func lines(_ place: Place) -> Range<Int> {
    let source = place.source
    let first = source.line(of: place.range.lowerBound)
    let last = source.line(of: max(place.range.lowerBound, place.range.upperBound - 1))
    let end = last + 1 < source.lineStarts.count ? source.lineStarts[last + 1] : source.bytes.count
    return source.lineStarts[first]..<end
  }
}

extension GraphFile {
  /// The lines of the statements with errors of syntax; the whole text where it is not known what belongs to which graph.
  fileprivate var brokenLines: [Range<Int>] {
    (unreadable + doubtful).map { range in
      let last = source.line(of: max(range.lowerBound, range.upperBound - 1))
      let end = last + 1 < source.lineStarts.count ? source.lineStarts[last + 1] : source.bytes.count
      return source.lineStarts[source.line(of: range.lowerBound)]..<max(end, range.upperBound)
    }
  }

  /// The text with these lines as comments of the same length, so that all the rest is where it was.
  fileprivate func settingAside(_ lines: [Range<Int>]) -> GraphFile {
    var bytes = source.bytes
    for range in lines {
      var isFirst = true
      for offset in range.clamped(to: bytes.indices) {
        if bytes[offset] == UInt8(ascii: "\n") {
          isFirst = true
        } else if isFirst, bytes[offset] != UInt8(ascii: " "), bytes[offset] != UInt8(ascii: "\t") {
          bytes[offset] = UInt8(ascii: "#")
          isFirst = false
        }
      }
    }
    return GraphFile.parse(Source(name: source.name, bytes: bytes))
  }
}

extension Statement {
  /// The statements in its braces, where it has one pair of them.
  fileprivate var block: Block? {
    switch self {
    case .graph(let node): node.body
    case .loop(let node): node.body
    case .placement(let node): node.body
    default: nil
    }
  }
}
