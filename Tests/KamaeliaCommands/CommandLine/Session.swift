import KGraph
import Synchronization

@testable import KamaeliaCommands

/// What a command line wrote, and where.
struct Session: Equatable {
  var status: ExitStatus
  var output = ""
  var errors = ""

  static let codes = [
    Code(
      "K0301", .error, "these boxes carry different types", "A linkage carries one type.\n\nConvert between them.",
      example: "1 -> Lines()\n", mended: "\"1\" -> Lines()\n"),
    Code("K0901", .warning, "this is never used", "", example: "x = Discard()"),
  ]

  /// Every verb there is or will be; those whose work is done elsewhere do nothing.
  static var verbs: [Verb] {
    let idle: Verb.Body = { _ throws(CommandError) in .fine }
    return [
      .run(idle), .check(idle), .fmt(idle),
      .list(names: { [("FileTail", "Follows a file."), ("Lines", "Cuts: at \"line\" ends, `a` for $1.")] }, idle),
      .graph(idle), .test(idle),
    ]
      + [
        .new,
        .explain(codes) { code in
          let source = Source(name: "example.kgraph", text: code.example)
          return [
            Diagnostic(codes[0], nil, "these carry different types", at: Place(source, 5..<12), caption: "takes Text")
          ]
        },
        .completion, .version, .help,
      ]
  }

  /// Runs a command line.
  ///
  /// - Parameter closesOutput: whether the reader of standard output has gone.
  static func run(
    _ words: [String], width: Int = 80, isColoured: Bool = false, closesOutput: Bool = false, verbs: [Verb] = verbs
  ) async -> Session {
    let record = Mutex(Session(status: .fine))
    let environment = ["COLUMNS": "\(width)", isColoured ? "CLICOLOR_FORCE" : "NO_COLOR": "1"]
    let traits = TerminalTraits(isTerminal: false, size: nil, environment: environment)
    let terminal = Terminal(
      outputTraits: traits, errorTraits: traits,
      output: { text throws(ByteWriter.Failure) in
        if closesOutput { throw .closed }
        record.withLock { $0.output += text }
      },
      errors: { text throws(ByteWriter.Failure) in record.withLock { $0.errors += text } })
    let status = await Dispatch(verbs: verbs, terminal: terminal).run(words)
    return record.withLock { Session(status: status, output: $0.output, errors: $0.errors) }
  }
}
