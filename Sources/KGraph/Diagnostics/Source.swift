/// A text with its name, and the lines it falls into.
///
/// Offsets are in bytes of UTF-8 from 0; lines and columns that people read count from 1.
package final class Source: Sendable {
  /// The path as the user wrote it, or `-e` for a text from the command line.
  package let name: String
  package let bytes: [UInt8]
  /// The offset at which each line begins; the first is 0.
  package let lineStarts: [Int]
  /// Of a text that is a part of a file: how many lines of the file are before it, and how many bytes. Offsets, and lines
  /// from 0, are those of the text itself; what people and other programs read are those of the file.
  package let linesBefore: Int
  package let bytesBefore: Int

  /// - Parameters:
  ///   - linesBefore: of a text that is a part of a file, how many whole lines are before it.
  ///   - bytesBefore: the same in bytes.
  package init(name: String, bytes: [UInt8], linesBefore: Int = 0, bytesBefore: Int = 0) {
    self.name = name
    self.bytes = bytes
    self.linesBefore = linesBefore
    self.bytesBefore = bytesBefore
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(offset + 1) }
    self.lineStarts = starts
  }

  package convenience init(name: String, text: String) { self.init(name: name, bytes: Array(text.utf8)) }

  /// The text of `range`, with U+FFFD where it is not UTF-8. Offsets beyond the end are cut off.
  package func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }

  /// The line, from 0, that holds `offset`.
  package func line(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The number by which people know a line, from 1.
  package func number(ofLine line: Int) -> Int { linesBefore + line + 1 }

  /// The line and the column in characters (Unicode scalars), both from 1.
  package func position(of offset: Int) -> (line: Int, column: Int) {
    let line = line(of: min(offset, bytes.count))
    return (number(ofLine: line), text(lineStarts[line]..<max(lineStarts[line], offset)).unicodeScalars.count + 1)
  }

  /// The text of a line, from 0, without its end.
  package func lineText(_ line: Int) -> String {
    let start = lineStarts[line]
    var end = line + 1 < lineStarts.count ? lineStarts[line + 1] - 1 : bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return text(start..<end)
  }
}

/// A stretch of a source.
package struct Place: Sendable, Hashable {
  package let source: Source
  /// Byte offsets; empty for a point.
  package let range: Range<Int>

  package init(_ source: Source, _ range: Range<Int>) {
    self.source = source
    self.range = range
  }

  package var text: String { source.text(range) }

  package static func == (a: Place, b: Place) -> Bool { a.source === b.source && a.range == b.range }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(source))
    hasher.combine(range)
  }
}

extension Place: CustomStringConvertible {
  /// `file:line:column`, as editors and terminals make a link of.
  package var description: String {
    let (line, column) = source.position(of: range.lowerBound)
    return "\(source.name):\(line):\(column)"
  }
}
