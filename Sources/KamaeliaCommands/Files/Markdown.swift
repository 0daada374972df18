import KGraph

/// The graphs in a Markdown file: its fenced blocks whose info string begins with the word `kgraph`.
///
/// A block with a second word `ignore` is passed over, for what is shown because it is wrong.
///
/// - Note: CommonMark 0.31.2, 4.5 "Fenced code blocks". A fence may be indented by any number of columns, as it is in lists.
struct Markdown {
  /// One block.
  struct Block: Equatable {
    /// The bytes between the lines of its fences.
    let range: Range<Int>
    /// Blanks before the opening fence.
    let indent: Int
  }

  /// The most graphs that a file may have: each is looked at with the file around it.
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
    var blocks: [Block] = []
    var open: (fence: Fence, start: Int)?
    func close(at end: Int) {
      guard let block = open else { return }
      open = nil
      if block.fence.isGraph { blocks.append(Block(range: block.start..<end, indent: block.fence.indent)) }
    }
    for (number, start) in source.lineStarts.enumerated() where blocks.count <= Self.mostBlocks {
      let end = number + 1 < source.lineStarts.count ? source.lineStarts[number + 1] : source.bytes.count
      let fence = Fence(source.bytes[start..<end])
      switch (open, fence) {
      case (nil, let fence?): open = (fence, end)
      case (let block?, let fence?) where fence.closes(block.fence): close(at: start)
      default: continue
      }
    }
    close(at: source.bytes.count)
    self.blocks = blocks
  }

  /// A block as a text of its own, with everything before it blank, so that its places are those in the file.
  func graph(of block: Block) -> Source {
    var bytes = Array(source.bytes[..<block.range.upperBound])
    for index in 0..<block.range.lowerBound where bytes[index] != UInt8(ascii: "\n") {
      bytes[index] = UInt8(ascii: " ")
    }
    return Source(name: source.name, bytes: bytes)
  }

  /// What stands in a block, without the indentation of its fence.
  func text(of block: Block) -> String {
    let lines = source.text(block.range).split(separator: "\n", omittingEmptySubsequences: false)
    return lines.map { line in
      line.dropFirst(min(block.indent, line.prefix { $0 == " " }.count))
    }.joined(separator: "\n")
  }

  /// The whole file with other texts in its blocks, indented as they were.
  ///
  /// - Parameter texts: one a block, in order.
  func replacing(_ texts: [String]) -> String {
    var (result, end) = ("", 0)
    for (block, text) in zip(blocks, texts) {
      let indent = String(repeating: " ", count: block.indent)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      result += source.text(end..<block.range.lowerBound)
      result += lines.map { $0.isEmpty ? "" : indent + $0 }.joined(separator: "\n")
      end = block.range.upperBound
    }
    return result + source.text(end..<source.bytes.count)
  }
}

/// A line that begins or ends a block of code.
private struct Fence {
  let indent: Int
  let sign: UInt8
  let length: Int
  let info: [Substring]

  /// Nil where the line is none.
  init?(_ line: ArraySlice<UInt8>) {
    let rest = line.drop { $0 == UInt8(ascii: " ") }
    guard let sign = rest.first, sign == UInt8(ascii: "`") || sign == UInt8(ascii: "~") else { return nil }
    let end = rest.drop { $0 == sign }
    // Three backticks with more of them behind are code in a line.
    guard rest.count - end.count >= 3, sign == UInt8(ascii: "~") || !end.contains(sign) else { return nil }
    indent = line.count - rest.count
    self.sign = sign
    length = rest.count - end.count
    info = String(decoding: end, as: UTF8.self).split(whereSeparator: \.isWhitespace)
  }

  func closes(_ opening: Fence) -> Bool { sign == opening.sign && length >= opening.length && info.isEmpty }

  var isGraph: Bool { info.first == "kgraph" && info.dropFirst().first != "ignore" }
}
