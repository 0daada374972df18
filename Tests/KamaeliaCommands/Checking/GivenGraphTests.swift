import Kamaelia
import KamaeliaComponents
import Testing

@testable import KamaeliaCommands

/// What verbs that take graphs do with one that stands on the command line, and with codes.
@Suite struct GivenGraphTests {
  private func run(_ words: String...) async -> Session {
    await Session.run(words, verbs: Verbs.table(library: .standard))
  }

  @Test func `A text from the command line is checked, written and tested as a file is`() async {
    let right = await run("check", "-e", "Ticks(1s) -> ConsoleWriter()")
    #expect(right == Session(status: .fine, errors: "no errors in 1 file\n"))
    let wrong = await run("check", "-e=Ticks(1s) -> Printer()", "--format", "gcc")
    #expect(wrong.status == .errors)
    #expect(wrong.output.hasPrefix("-e:1:14: error: there is no component or graph `Printer`"))
    let needs = await run("check", "--capabilities", "-e", "FileReader(\"a\").lines -> ConsoleWriter()")
    #expect(needs.output.contains("read a"))
    let written = await run("fmt", "-e", "Ticks(1s)->ConsoleWriter()")
    #expect(written == Session(status: .fine, output: "Ticks(1s) -> ConsoleWriter()\n"))
    let tested = await run("test", "-e", "test \"a\" of PassThrough() {\nsend inbox: 1\nexpect outbox: 1\n}")
    #expect(tested.status == .fine)
    #expect(tested.errors.hasSuffix("1 passed, 0 failed\n"))
  }

  @Test(arguments: ["check", "fmt", "test"]) func `A text and a file are one too many`(verb: String) async {
    let session = await run(verb, "-e", "Ticks(1s) -> ConsoleWriter()", "graphs")
    #expect(session.status == .usage)
    #expect(session.errors.hasPrefix("error: `-e` is given, and a file as well\n"))
  }

  @Test func `Nothing is recorded in a text`() async {
    #expect(await run("test", "--record", "-e", "Ticks(1s) -> ConsoleWriter()").status == .usage)
  }

  @Test(arguments: [
    ("--deny", "k0901"), ("--deny", "K0901"), ("--deny", "warning[K0901]"), ("--deny", "warnings"),
  ])
  func `A code is taken as it is read`(option: String, code: String) async {
    let session = await run("check", option, code, "-e", "param a: Int = 1\nTicks(1s) -> ConsoleWriter()")
    #expect(session.status == .errors, "\(session.errors)")
  }

  @Test(arguments: [
    ("901", "did you mean `K0901`?"), ("all", "did you mean `warnings`?"), ("warning", "did you mean `warnings`?"),
    ("K0911", "did you mean "), ("xyzzy", "`kamaelia explain` lists them"),
  ])
  func `A code that does not exist is told with what may be meant`(code: String, help: String) async {
    for option in ["--deny", "--allow"] {
      let session = await run("check", option, code, "-e", "Ticks(1s) -> ConsoleWriter()")
      #expect(session.status == .usage)
      #expect(session.errors.hasPrefix("error: there is no code `\(code)`\n  = help: \(help)"), "\(session.errors)")
    }
  }

  @Test(arguments: ["-V", "-v", "--version", "-version"]) func `The version is shown by its usual names`(
    word: String
  ) async {
    #expect(await run(word) == Session(status: .fine, output: "kamaelia \(Version.current)\n"))
  }

  @Test func `An option before the verb is shown behind it`() async {
    let session = await run("-e", "Ticks(1s) -> ConsoleWriter()")
    #expect(session.status == .usage)
    #expect(session.errors.contains("options come after it: `kamaelia run -e GRAPH`"), "\(session.errors)")
  }
}
