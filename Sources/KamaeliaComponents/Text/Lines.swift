import Kamaelia

/// Cuts a stream of bytes into lines of text.
struct Lines: Component {
  static let summary = "Cuts bytes into lines of text."
  static let details = """
    A line ends with a line feed, alone or after a carriage return, or as `ends` says; neither is part of the line. The last \
    line need not have an end. A byte order mark at the beginning of the stream is left out. How the bytes are cut into messages makes no difference, also inside a character.

    Bytes that are no UTF-8 become U+FFFD; put Decode(encoding: latin1) -> Encode() before it for other encodings. A stream that \
    begins as UTF-16 does is told of with a warning.

    A line of more than `longest` bytes leaves through `tooLong` in pieces of that size, the last one with the line's \
    end. If nobody has linked `tooLong`, the component fails. At most one line is held in memory.

        FileReader("access.log") -> Lines() -> Match("ERROR") -> ConsoleWriter()
    """
  static let endsWithReaders = true

  @Parameter("The most bytes that a line may have, without its end.", in: Size(bytes: 1)...Size.mebibytes(1024))
  var longest = Size.mebibytes(1)
  @Parameter("What ends a line: a line feed, alone or behind a carriage return, or also a carriage return alone.")
  var ends = LineEnds.lf

  let inbox = Inbox<Bytes>("A stretch of the stream, cut anywhere.", takesOne: true)
  let outbox = Outbox<String>("A line, without its end.")
  let tooLong = Outbox<Bytes>("Part of a line that is too long, its end included.")

  func main() async throws {
    // Also if whoever takes them leaves.
    let isTaken = tooLong.isLinked
    var splitter = LineSplitter(longest: longest.bytes, ends: ends)
    var hasToldEncoding = false
    for await bytes in inbox {
      splitter.add(bytes)
      if let encoding = splitter.foreign, !hasToldEncoding {
        hasToldEncoding = true
        let remedy = "put `Decode(encoding: \(encoding.rawValue)) -> Encode()` before it"
        Notice.warning(ByteOrderMark.warning(encoding, "the text", remedy: remedy))
      }
      while let piece = splitter.next() { try await send(piece, isTaken) }
    }
    while let piece = splitter.finish() { try await send(piece, isTaken) }
  }

  private func send(_ piece: LineSplitter.Piece, _ isTaken: Bool) async throws {
    switch piece {
    case .line(let line): try await outbox.send(line.text)
    case .tooLong(let part, let line):
      guard isTaken else { throw TextError.lineTooLong(line: line, longest: longest.bytes) }
      try await tooLong.send(part)
    }
  }
}
