/// What characters are counted in.
package enum PositionEncoding: String, Sendable, Hashable {
  case utf8 = "utf-8"
  case utf16 = "utf-16"
}

/// Where the lines of a text begin, for turning places of the protocol into offsets and back.
///
/// Lines end with LF, CR LF or CR. Offsets are in bytes of UTF-8. Places that do not exist are moved to the nearest one
/// before them: the end of the line or of the text, the beginning of a character.
package struct LineTable: Sendable {
  private let bytes: [UInt8]
  private let starts: [Int]

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var starts = [0]
    bytes.withUnsafeBufferPointer { bytes in
      var offset = 0
      while offset < bytes.count {
        let byte = bytes[offset]
        offset += 1
        if byte == 0x0A {
          starts.append(offset)
        } else if byte == 0x0D {
          if offset < bytes.count, bytes[offset] == 0x0A { offset += 1 }
          starts.append(offset)
        }
      }
    }
    self.starts = starts
  }

  package var count: Int { starts.count }

  package func start(ofLine line: Int) -> Int { starts[min(max(line, 0), starts.count - 1)] }

  /// Where the line's text ends, before its line end.
  package func end(ofLine line: Int) -> Int {
    var end = line + 1 < starts.count ? starts[line + 1] : bytes.count
    let start = start(ofLine: line)
    if line + 1 < starts.count {
      if end > start, bytes[end - 1] == 0x0A { end -= 1 }
      if end > start, bytes[end - 1] == 0x0D { end -= 1 }
    }
    return end
  }

  /// The line, from 0, that holds `offset`.
  package func line(of offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  func offset(of position: TextPosition, _ encoding: PositionEncoding) -> Int {
    guard position.line >= 0 else { return 0 }
    guard position.line < starts.count else { return bytes.count }
    let start = starts[position.line]
    let end = end(ofLine: position.line)
    var offset = start
    switch encoding {
    case .utf8:
      offset = position.character < 0 ? start : min(end, start.addingReportingOverflow(position.character).partialValue)
      if offset < start { offset = end }
      while offset > start, offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
    case .utf16:
      var units = 0
      while offset < end, units < position.character {
        let (length, width) = Self.extent(bytes[offset])
        // The middle of a pair of surrogates is no place.
        if units + width > position.character { break }
        units += width
        offset = min(end, offset + length)
      }
    }
    return offset
  }

  func position(of offset: Int, _ encoding: PositionEncoding) -> TextPosition {
    let offset = min(max(offset, 0), bytes.count)
    let line = line(of: offset)
    let start = starts[line]
    let end = min(offset, end(ofLine: line))
    guard encoding == .utf16 else { return TextPosition(line: line, character: end - start) }
    var units = 0
    var cursor = start
    while cursor < end {
      let (length, width) = Self.extent(bytes[cursor])
      units += width
      cursor += length
    }
    return TextPosition(line: line, character: units)
  }

  /// How many bytes a character has that begins with this one, and how many units of UTF-16.
  private static func extent(_ byte: UInt8) -> (length: Int, width: Int) {
    switch byte {
    case 0xF0...: (4, 2)
    case 0xE0...: (3, 1)
    case 0xC0...: (2, 1)
    default: (1, 1)
    }
  }
}
