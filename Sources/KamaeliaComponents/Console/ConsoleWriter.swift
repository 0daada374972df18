import Kamaelia
import KamaeliaIO

/// Writes messages to standard output or standard error.
struct ConsoleWriter: Component {
  static let summary = "Writes each message to standard output as a person reads it."
  static let details = """
    Texts are written as they are, numbers, durations and sizes as the language writes them, records as JSON; `end` follows \
    each. Bytes are written as they are, with nothing behind them, so that a file or a program's output can pass through \
    unchanged.

    Messages that wait are written together; nothing is held back while none waits. When whoever reads the output leaves, \
    as in `kamaelia run … | head -1`, the component stops and with it what only it was fed by. Output that cannot be written, \
    on a full disk for instance, is an error.

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
