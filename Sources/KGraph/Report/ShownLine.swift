import Kamaelia

/// A line of a source as it is printed: tabs widened, what does not print made visible, and cut where it is too long.
struct ShownLine {
  /// Bytes of the source that are shown together, and where.
  private struct Piece {
    var bytes: Range<Int>
    var text: String
    var column: Int
    var width: Int
  }

  private var pieces: [Piece] = []
  private var width = 0
  /// The bytes of the line without its end.
  private let bytes: Range<Int>

  var text: String { pieces.map(\.text).joined() }

  /// - Parameters:
  ///   - line: from 0.
  ///   - marks: byte ranges that must stay visible at both ends.
  ///   - room: columns the line may take. With many marks it takes more rather than hide one.
  init(_ source: Source, line: Int, marks: [Range<Int>], room: Int) {
    bytes = source.bytesOfLine(line)
    let ends = marks.flatMap { [$0.lowerBound, $0.upperBound] }
    var offset = bytes.lowerBound
    for stretch in Self.stretches(bytes, around: ends, source) {
      addGap(offset..<stretch.lowerBound)
      add(source, stretch)
      offset = stretch.upperBound
    }
    addGap(offset..<bytes.upperBound)
    if width > room { cut(to: room, around: marks.map { columns(of: $0) }) }
  }

  /// The columns, from 0, over which `range` is shown; empty for an empty range.
  func columns(of range: Range<Int>) -> Range<Int> {
    let first = pieces.partitioningIndex { $0.bytes.upperBound > range.lowerBound }
    let start = first < pieces.count ? pieces[first].column : width
    guard !range.isEmpty else { return start..<start }
    let next = pieces.partitioningIndex { $0.bytes.lowerBound >= range.upperBound }
    let end = next > 0 ? pieces[next - 1].column + pieces[next - 1].width : 0
    return start..<max(start, end)
  }

  /// Whether nothing but blanks comes before `offset`.
  func isIndent(before offset: Int) -> Bool {
    pieces.prefix { $0.bytes.lowerBound < offset }.allSatisfy { $0.text.allSatisfy { $0 == " " } }
  }

  /// What of a huge line is looked at at all, so that the work depends on the marks and not on the line.
  private static func stretches(_ bytes: Range<Int>, around ends: [Int], _ source: Source) -> [Range<Int>] {
    let reach = 1000
    guard bytes.count > 8 * reach else { return [bytes] }
    var result: [Range<Int>] = []
    for end in ends.isEmpty ? [bytes.lowerBound] : ends.sorted() {
      let low = source.scalarStart(max(bytes.lowerBound, min(end, bytes.upperBound) - reach))
      let high = source.scalarStart(min(bytes.upperBound, max(end, bytes.lowerBound) + reach))
      if let last = result.last, low <= last.upperBound {
        result[result.count - 1] = last.lowerBound..<max(last.upperBound, high)
      } else {
        result.append(low..<high)
      }
    }
    return result
  }

  private mutating func addGap(_ range: Range<Int>) {
    if !range.isEmpty { append("…", range, 1) }
  }

  private mutating func append(_ text: String, _ range: Range<Int>, _ columns: Int) {
    pieces.append(Piece(bytes: range, text: text, column: width, width: columns))
    width += columns
  }

  private mutating func add(_ source: Source, _ stretch: Range<Int>) {
    let (text, lengths) = source.scalars(stretch)
    var offset = stretch.lowerBound
    var scalar = 0
    for character in text {
      let next = scalar + character.unicodeScalars.count
      let end = offset + lengths[scalar..<next].reduce(0, +)
      if character == "\t" {
        let columns = 4 - width % 4
        append(String(repeating: " ", count: columns), offset..<end, columns)
      } else {
        let shown = DisplayWidth.printable(character)
        append(shown, offset..<end, DisplayWidth.of(shown))
      }
      offset = end
      scalar = next
    }
  }

  /// Keeps as much around each end of each mark as there is room for.
  private mutating func cut(to room: Int, around marks: [Range<Int>]) {
    let ends = (marks.isEmpty ? [0..<0] : marks).flatMap { [$0.lowerBound, $0.upperBound] }.sorted()
    var low = 8
    var high = max(low, room)
    while low < high {
      let middle = (low + high + 1) / 2
      let kept = Self.kept(ends, reach: middle, of: width)
      if kept.reduce(0, { $0 + $1.count + 1 }) + 1 <= room { low = middle } else { high = middle - 1 }
    }
    let kept = Self.kept(ends, reach: low, of: width)
    let old = pieces
    pieces = []
    width = 0
    var window = 0
    var gap: Range<Int>?
    for piece in old {
      while window < kept.count, kept[window].upperBound <= piece.column { window += 1 }
      if window < kept.count, kept[window].lowerBound <= piece.column {
        if let range = gap { addGap(range) }
        gap = nil
        append(piece.text, piece.bytes, piece.width)
      } else {
        gap = (gap?.lowerBound ?? piece.bytes.lowerBound)..<piece.bytes.upperBound
      }
    }
    if let range = gap { addGap(range) }
  }

  private static func kept(_ ends: [Int], reach: Int, of width: Int) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for end in ends {
      let next = max(0, end - reach)..<min(width, end + reach)
      if let last = result.last, next.lowerBound <= last.upperBound {
        result[result.count - 1] = last.lowerBound..<max(last.upperBound, next.upperBound)
      } else {
        result.append(next)
      }
    }
    return result
  }
}

extension Array {
  /// The first index whose element fits, where all that fit come after all that do not.
  func partitioningIndex(where fits: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if fits(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension Source {
  /// The byte range of a line, from 0, without its end.
  func bytesOfLine(_ line: Int) -> Range<Int> {
    let start = lineStarts[line]
    var end = line + 1 < lineStarts.count ? lineStarts[line + 1] - 1 : bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return start..<end
  }

  /// `offset`, or the start of the UTF-8 sequence that it lies in.
  fileprivate func scalarStart(_ offset: Int) -> Int {
    var start = offset
    while start > 0, start < bytes.count, offset - start < 3, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    return start
  }

  /// The text of `range`, and the bytes behind each of its Unicode scalars: one to three for the U+FFFD of what is not
  /// UTF-8.
  fileprivate func scalars(_ range: Range<Int>) -> (text: String, lengths: [Int]) {
    var text = String.UnicodeScalarView()
    var lengths: [Int] = []
    var input = bytes[range].makeIterator()
    var parser = Unicode.UTF8.ForwardParser()
    while true {
      switch parser.parseScalar(from: &input) {
      case .valid(let encoded):
        text.append(Unicode.UTF8.decode(encoded))
        lengths.append(encoded.count)
      case .error(let length):
        text.append("\u{FFFD}")
        lengths.append(length)
      case .emptyInput:
        return (String(text), lengths)
      }
    }
  }
}
