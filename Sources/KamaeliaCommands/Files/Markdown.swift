import KGraph

/// The graphs in a Markdown file: its fenced blocks whose info string begins with the word `kgraph`.
///
/// A block with a second word `ignore` is passed over, for what is shown because it is wrong. Blocks in quotes and lists
/// count; what is in a comment or another block of HTML, and what is indented so far that it is code, does not.
///
/// - Note: CommonMark 0.31.2, 4.4 "Indented code blocks", 4.5 "Fenced code blocks" and 4.6 "HTML blocks".
struct Markdown {
  /// One block.
  struct Block: Equatable {
    /// The bytes between the lines of its fences.
    let range: Range<Int>
    /// Where the line's own text begins in each of its lines: behind the signs of quotes, and behind the blanks that
    /// the fence has before it.
    let texts: [Int]
    /// What stands before each line: signs of quotes, and blanks.
    let prefix: String
  }

  /// The most graphs that a file may have.
  static let mostBlocks = 1000

  let source: Source
  /// In order; one more than ``mostBlocks`` where there are too many.
  let blocks: [Block]

  /// Whether a file is one, by its name.
  static func isNamed(_ path: String) -> Bool {
    let name = path.lowercased()
    return name.hasSuffix(".md") || name.hasSuffix(".markdown")
  }

  init(_ source: Source) {
    self.source = source
    var reader = MarkdownReader(source.bytes)
    for (number, start) in source.lineStarts.enumerated() where reader.blocks.count <= Self.mostBlocks {
      let end = number + 1 < source.lineStarts.count ? source.lineStarts[number + 1] : source.bytes.count
      reader.read(start..<end)
    }
    reader.finish()
    blocks = Array(reader.blocks.prefix(Self.mostBlocks + 1))
  }

  /// A block as a text of its own that knows where it stands in the file, with blanks for what is not the graph's.
  func graph(of block: Block) -> Source {
    var bytes = Array(source.bytes[block.range])
    for (line, text) in zip(lines(of: block), block.texts) {
      for index in line.lowerBound..<text { bytes[index - block.range.lowerBound] = UInt8(ascii: " ") }
    }
    return Source(
      name: source.name, bytes: bytes, linesBefore: source.line(of: block.range.lowerBound),
      bytesBefore: block.range.lowerBound)
  }

  /// What stands in a block, without what stands before each of its lines.
  func text(of block: Block) -> String {
    let bytes = zip(lines(of: block), block.texts).flatMap { line, text in source.bytes[text..<line.upperBound] }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The whole file with other texts in its blocks, each line behind what stood before it.
  ///
  /// - Parameter texts: one a block, in order.
  func replacing(_ texts: [String]) -> String {
    var (result, end) = ([UInt8](), 0)
    for (block, text) in zip(blocks, texts) {
      result += source.bytes[end..<block.range.lowerBound]
      let prefix = Array(block.prefix.utf8)
      let blank = Array(prefix.reversed().drop { $0 == UInt8(ascii: " ") }.reversed())
      let newline = UInt8(ascii: "\n")
      let lines = text.utf8.split(separator: newline, omittingEmptySubsequences: false)
      for (number, line) in lines.enumerated() {
        if number == lines.count - 1, line.isEmpty { break }
        result += (line.isEmpty ? blank : prefix) + line
        if number < lines.count - 1 { result.append(newline) }
      }
      end = block.range.upperBound
    }
    return String(decoding: result + source.bytes[end...], as: UTF8.self)
  }

  /// The lines of a block, with their ends.
  private func lines(of block: Block) -> [Range<Int>] {
    if block.texts.isEmpty { return [] }
    let first = source.line(of: block.range.lowerBound)
    return block.texts.indices.map { index in
      let line = first + index
      let end = line + 1 < source.lineStarts.count ? source.lineStarts[line + 1] : source.bytes.count
      return source.lineStarts[line]..<end
    }
  }
}
