import Kamaelia

/// Sends the lines of a stream of bytes to an outbox, and what is too long for a line to another one.
///
/// Where nobody has linked that one, such lines are left out and counted: one line of a log does not end the graph.
struct LineStream {
  private var splitter: LineSplitter
  private let lines: Outbox<String>
  private let tooLong: Outbox<Bytes>
  /// Whether somebody has linked `tooLong`, be it that they have left since.
  private let isTaken: Bool
  private let path: String?
  /// Lines that were left out; of which it was said; and the number of the last.
  private var lost = 0
  private var told = 0
  private var lastLost = 0
  private var hasToldEncoding = false

  /// - Parameters:
  ///   - path: of the file, where the numbers of its lines are not known.
  ///   - isAtBeginning: false for a stream that is taken up in its middle.
  init(
    longest: Size, ends: LineEnds, path: String? = nil, isAtBeginning: Bool = true, to lines: Outbox<String>,
    tooLong: Outbox<Bytes>
  ) {
    splitter = LineSplitter(longest: longest.bytes, ends: ends, isAtBeginning: isAtBeginning)
    self.lines = lines
    self.tooLong = tooLong
    isTaken = tooLong.isLinked
    self.path = path
  }

  /// Whether anybody listens.
  var isLinked: Bool { lines.isLinked || tooLong.isLinked }

  /// Sends the lines that end in `bytes`.
  mutating func send(_ bytes: Bytes) async throws {
    guard isLinked else { return }
    splitter.add(bytes)
    if let encoding = splitter.foreign, !hasToldEncoding {
      hasToldEncoding = true
      Notice.warning(
        ByteOrderMark.warning(
          encoding, path.map { "`\($0)`" } ?? "the text",
          remedy: "to read it, take the bytes: `… -> Decode(encoding: \(encoding.rawValue)) -> Encode() -> Lines()`"))
    }
    while let piece = splitter.next() { try await send(piece) }
  }

  /// Sends the last line if it had no end. What is sent then is another stream.
  mutating func finish() async throws {
    while let piece = splitter.finish() { try await send(piece) }
    if lost > told { tell() }
  }

  private mutating func send(_ piece: LineSplitter.Piece) async throws {
    switch piece {
    case .line(let line): try await lines.send(line.text)
    case .tooLong(let part, _) where isTaken: try await tooLong.send(part)
    case .tooLong(_, let line):
      // A line comes in several parts.
      guard line > lastLost else { return }
      lastLost = line
      lost += 1
      // Often enough to be noticed, and not so often that nothing else is.
      if lost >= max(1, 10 * told) { tell() }
    }
  }

  private mutating func tell() {
    let lines = path.map { " of `\($0)`" } ?? ""
    let which =
      lost > 1 ? "\(lost) lines\(lines) are" : path == nil ? "line \(lastLost) is" : "a line\(lines) is"
    let limit = "the \(splitter.longest) bytes that `longest` allows"
    Notice.warning("\(which) longer than \(limit), and left out; link `tooLong` to get what is too long")
    told = lost
  }
}
