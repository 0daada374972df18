import Kamaelia

/// Sends the lines of a stream of bytes to an outbox.
struct LineStream {
  private var splitter: LineSplitter
  private let outbox: Outbox<String>

  init(longest: Size, to outbox: Outbox<String>) {
    splitter = LineSplitter(longest: longest.bytes)
    self.outbox = outbox
  }

  /// Sends the lines that end in `bytes`.
  ///
  /// - Throws: ``TextError/lineTooLong(line:longest:)``, and what `send` throws.
  mutating func send(_ bytes: Bytes) async throws {
    splitter.add(bytes)
    while let piece = splitter.next() { try await send(piece) }
  }

  /// Sends the last line if it had no end.
  mutating func finish() async throws {
    while let piece = splitter.finish() { try await send(piece) }
  }

  private func send(_ piece: LineSplitter.Piece) async throws {
    switch piece {
    case .line(let line): try await outbox.send(line.text)
    case .tooLong(_, let line): throw TextError.lineTooLong(line: line, longest: splitter.longest)
    }
  }
}
