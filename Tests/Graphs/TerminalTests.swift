import KamaeliaIO
import Testing

/// The program on a terminal, as somebody uses it who types.
@Suite(.timeLimit(.minutes(1))) struct TerminalTests {
  @Test func `A line that is typed comes out of Ticker`() async throws {
    let screen = try await Screen(["run", "-e", "ConsoleReader() -> Ticker(1000/s)"])
    try await screen.type("hello out there\n")
    // Once as the terminal's echo, and once as it is shown; the page ends where nothing more waits.
    #expect(try await screen.shows("hello out there\n", times: 2))
    try await screen.type("and here\n")
    #expect(try await screen.shows("and here\n", times: 2))
    try await screen.type("\u{4}")
    #expect(try await screen.finish() == .exited(0))
    let text = await screen.text
    #expect(text == "hello out there\nhello out there\nand here\nand here\n")
  }

  @Test func `Ctrl-C ends the reading, and what was typed before is shown to its end`() async throws {
    let screen = try await Screen(["run", "-e", "ConsoleReader() -> Ticker(20/s)"])
    try await screen.type("one two three four five six seven eight\n")
    #expect(try await screen.shows("one", times: 2))
    try await screen.type("\u{3}")
    #expect(try await screen.shows("^C"))
    #expect(try await screen.shows("eight", times: 2))
    #expect(try await screen.finish() == .exited(0))
  }

  @Test func `Ctrl-C twice ends at once, and says so`() async throws {
    let screen = try await Screen(["run", "-e", "ConsoleReader() -> Ticker(1/min)"])
    try await screen.type("one two\n")
    #expect(try await screen.shows("one", times: 2))
    try await screen.type("\u{3}")
    // Not at the echo: of two equal signals, the system drops one that comes before the other has been taken.
    #expect(try await screen.shows("again to end at once"))
    try await screen.type("\u{3}")
    #expect(try await screen.finish() == .exited(3))
    let text = await screen.text
    #expect(text.contains("^C\nstopping; ") && text.contains("ended before it was done"), "\(text)")
  }

  @Test func `A prompt is shown before each line, and the last one has a line of its own`() async throws {
    let screen = try await Screen(["run", "-e", "ConsoleReader(\">> \") -> Uppercase() -> ConsoleWriter()"])
    #expect(try await screen.shows(">> "))
    try await screen.type("hello\n")
    #expect(try await screen.shows("HELLO\n"))
    #expect(try await screen.shows(">> ", times: 2))
    try await screen.type("\u{4}")
    #expect(try await screen.finish() == .exited(0))
    let text = await screen.text
    #expect(text.hasPrefix(">> hello\n") && text.hasSuffix("\n"), "\(text)")
  }
}
