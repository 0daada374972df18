import Kamaelia
import KamaeliaIO

/// Reads lines from standard input.
struct ConsoleReader: Component {
  static let summary = "Sends the lines of standard input."
  static var waitsOnlyForGraph: Bool { true }
  static let details = """
    A line is sent as soon as it is typed or comes through the pipe; the component ends when the input does, which on a \
    terminal is Ctrl-D at the beginning of a line. Line ends, a line feed alone or after a carriage return or what `ends` \
    says, are no part of the lines, nor is a byte order mark at the beginning; bytes that are no UTF-8 become U+FFFD.

    The prompt is written to standard error, so that it is no part of the graph's output, and only when standard input is \
    a terminal. It comes a twentieth of a second after the line before, so that what answers that line, if it is quick, \
    stands above it. Of several ConsoleReaders, each line goes to one, and it is not said to which.

    A line of more than `longest` bytes leaves through `tooLong` in pieces of that size, the last one with the line's end; if \
    nobody has linked that, it is left out with a warning.

        ConsoleReader("> ") -> Uppercase() -> ConsoleWriter()
    """

  @Parameter("What to show on a terminal before each line.", main: true) var prompt = ""
  @Parameter("The most bytes that a line may have, without its end.", in: Size(bytes: 1)...Size.mebibytes(1024))
  var longest = Size.mebibytes(1)
  @Parameter("What ends a line: a line feed, alone or behind a carriage return, or also a carriage return alone.")
  var ends = LineEnds.lf

  let outbox = Outbox<String>("A line, without its end.")
  let tooLong = Outbox<Bytes>("Part of a line that is too long, its end included.")

  func main() async throws {
    let input = try Descriptor.standard(.input)
    defer { input.close() }
    try await whileHeard(outbox, tooLong) { try await read(input) }
  }

  private func read(_ input: Descriptor) async throws {
    var lines = LineStream(longest: longest, ends: ends, to: outbox, tooLong: tooLong)
    let screen = !prompt.isEmpty && input.isTerminal ? try StandardStream(.error) : nil
    while true {
      if let screen {
        try await Time.sleep(for: Self.timeForAnswers)
        try await screen.write(Array(prompt.utf8))
      }
      let bytes = try await outside { try await input.read(upTo: 65_536) }
      if bytes.isEmpty { break }
      try await lines.send(Bytes(bytes))
    }
    // What is shown next does not belong behind the prompt.
    try await screen?.write([10])
    try await lines.finish()
  }

  private static let timeForAnswers = Duration.milliseconds(50)
}
