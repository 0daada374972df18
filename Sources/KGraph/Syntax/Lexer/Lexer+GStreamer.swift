/// What hands write that are used to GStreamer's `gst-launch`: `!` between elements, and formats among them.
extension Lexer {
  /// `!` for an arrow. All of a line are one mistake.
  mutating func exclamation() {
    let line = source.line(of: offset)
    if exclamationLine == line {
      markNextFaulty()
    } else {
      exclamationLine = line
      report(.foreignArrows([offset] + moreExclamations(), source))
    }
    add(.arrow, length: 1)
  }

  /// The other ones of the line, outside of texts and comments.
  private func moreExclamations() -> [Int] {
    var found: [Int] = []
    var quote: UInt8?
    var index = offset + 1
    while index < bytes.count, bytes[index] != UInt8(ascii: "\n") {
      let byte = bytes[index]
      if quote == nil, byte == UInt8(ascii: "#") { break }
      if byte == quote {
        quote = nil
      } else if quote == nil, "\"'`".utf8.contains(byte) {
        quote = byte
      } else if quote == nil, byte == UInt8(ascii: "!") {
        found.append(index)
      }
      index += 1
    }
    return found
  }

  /// Where the format ends that the word at `start` begins, such as `video/x-raw,width=320`; nil if it is none.
  func formatEnd(from start: Int) -> Int? {
    guard at("/"), let last = lastToken, tokens[last].kind == .arrow,
      String.kindsOfGStreamer.contains(source.text(start..<offset))
    else { return nil }
    var end = offset
    while end < bytes.count, isPathByte(bytes[end]) || "=,()[]:\"".utf8.contains(bytes[end]) { end += 1 }
    while end > offset, bytes[end - 1] == UInt8(ascii: ",") { end -= 1 }
    return end
  }

  /// A format in a chain, with the arrow behind it if there is one.
  mutating func format(from start: Int, to end: Int) {
    var next = end
    while next < bytes.count, bytes[next] == UInt8(ascii: " ") { next += 1 }
    let length = bytes[next...].starts(with: "->".utf8) ? 2 : bytes[next...].starts(with: "!".utf8) ? 1 : 0
    var rest = next + length
    while length > 0, rest < bytes.count, bytes[rest] == UInt8(ascii: " ") { rest += 1 }
    report(.formatInChain(place(start..<end), whole: length > 0 ? place(start..<rest) : nil))
    offset = length > 0 ? rest : end
    add(length > 0 ? .blank : .rawString, from: start)
  }
}

extension Diagnostic {
  /// Says: `!` is written `->` here.
  ///
  /// - Parameter offsets: all of the line, the first one being where it is said.
  static func foreignArrows(_ offsets: [Int], _ source: Source) -> Diagnostic {
    let places = offsets.map { Place(source, $0..<$0 + 1) }
    return Diagnostic(
      .foreignSign, "`!` is written `->` here", at: places[0],
      labels: places.dropFirst().map { Label($0, "and here") },
      fixes: [Fix("write `->`", places.map { .init($0, "->") })])
  }

  /// Says: no format stands in a chain.
  ///
  /// - Parameter whole: the format with the arrow behind it.
  static func formatInChain(_ place: Place, whole: Place?) -> Diagnostic {
    Diagnostic(
      .foreignSign, "no format stands in a chain", at: place, caption: "what flows here has a type, which is found out",
      helps: ["what is to be converted goes through a component or a program that does it"],
      fixes: whole.map { [Fix("take it away", [.init($0, "")])] } ?? [])
  }
}

extension String {
  /// What the names of its formats begin with.
  fileprivate static let kindsOfGStreamer = ["video", "audio", "image", "text", "application", "subpicture"]

  /// `video/x-raw,width=320`
  var isFormatOfGStreamer: Bool {
    guard let slash = firstIndex(of: "/"), contains("/x-") || contains("=") else { return false }
    return Self.kindsOfGStreamer.contains(String(self[..<slash])) && !contains(" -")
  }
}
