import Kamaelia
import KamaeliaIO

/// Writes messages to standard output or standard error.
struct ConsoleWriter: Component {
  static let summary = "Writes each message to standard output as a person reads it."
  static let details = """
    Texts are written as they are, numbers and truths as in JSON (`3`, `0.5`, `1e+21`, `true`), durations, sizes and rates as the \
    language writes them, and `end` follows each. A list is its elements, one a line; one whose elements are of several types, a \
    record that the graph spells out and what ParseJSON makes, but for texts, are JSON on one line. What a component \
    sends as a record has words of its own, such as `127.0.0.1:5000: hello` for a datagram; FormatJSON before this makes JSON of \
    it. Nothing, where a value is left out, is an empty text. Bytes are written as they are, with nothing behind them, so that a \
    file or a program's output can pass through unchanged.

    Messages that wait are written together; nothing is held back while none waits. When whoever reads the output leaves, \
    as in `kamaelia run … | head -1`, the component stops and with it what only it was fed by; that is noticed with the next \
    message. Output that cannot be written, on a full disk for instance, is an error. What several ConsoleWriters of a program write to one stream is not \
    mixed within a message.

        Ticks(1s) -> ConsoleWriter()
        errors -> ConsoleWriter(stream: stderr)
    """

  /// Where it is written.
  enum Stream: String, ChoiceParameter { case stdout, stderr }

  @Parameter("What is written after each message but bytes.") var end = "\n"
  @Parameter("Where it is written.") var stream = Stream.stdout

  let inbox = Inbox<AnyMessage>("Anything.")

  func main() async throws {
    let output = try StandardStream(stream == .stdout ? .output : .error)
    while let first = await inbox.next() {
      var batch: [UInt8] = []
      append(first, to: &batch)
      while batch.count < 65_536, let next = inbox.nextIfReady() { append(next, to: &batch) }
      if !batch.isEmpty { try await output.write(batch) }
    }
  }

  private func append(_ message: AnyMessage, to batch: inout [UInt8]) {
    if let bytes = message.base as? Bytes {
      batch += bytes.storage
    } else {
      batch += message.text.utf8
      batch += end.utf8
    }
  }
}
