/// K0901–K0910: what is not wrong and could be better.
extension Code {
  static let lints: [Code] = [
    unusedParameter, unusedImport, unusedGraph, shadow, nameStyle, uselessAllowance, shellSign, literalInterpolation,
    unformatted, nestedRepeat,
  ]

  static let unusedParameter = Code(
    "K0901", .warning, "a parameter that is never used",
    "Nothing in the graph says `$name` or `${name}`. Whoever sets it would wonder why nothing changes.",
    example: "param every: Duration = 1s\nTicks(interval: 1s) -> ConsoleWriter()\n",
    mended: "param every: Duration = 1s\nTicks(interval: $every) -> ConsoleWriter()\n")

  static let unusedImport = Code(
    "K0902", .warning, "an import that is never used",
    "The imported graph is not used in this file.",
    example: "import \"audio.kgraph\" as Audio\nTicks() -> ConsoleWriter()\n",
    files: ["audio.kgraph": "outbox tick: Int\nTicks() -> self.tick\n"],
    mended: "import \"audio.kgraph\" as Audio\nAudio() -> ConsoleWriter()\n")

  static let unusedGraph = Code(
    "K0903", .warning, "a graph inside a graph that is never used",
    "A graph that is declared inside another can only be used there, and is not.",
    example: """
      graph Loud {
        inbox words: Text
        outbox louder: Text
        graph Louder {
          ConsoleReader() -> ConsoleWriter()
        }
        self.words -> Uppercase() -> self.louder
      }

      ConsoleReader() -> Loud() -> ConsoleWriter()

      """,
    mended: """
      graph Loud {
        inbox words: Text
        outbox louder: Text
        self.words -> Uppercase() -> self.louder
      }

      ConsoleReader() -> Loud() -> ConsoleWriter()

      """)

  static let shadow = Code(
    "K0904", .warning, "a name that hides another",
    """
    The same name means something else outside, and a reader may take one for the other. This is about graphs that are called like a
    component, variables of loops that are called like a parameter, and instances and backplanes that are called like others around.
    """,
    example: """
      param n: Int = 3
      for n in 1...4 {
        Ticks(count: $n) -> ConsoleWriter()
      }

      """,
    mended: """
      param last: Int = 3
      for n in [1, $last] {
        Ticks(count: $n) -> ConsoleWriter()
      }

      """)

  static let nameStyle = Code(
    "K0905", .warning, "a name in an unusual style",
    """
    Instances, parameters, boxes and backplanes are written `likeThis`, components and graphs `LikeThis`, so that one sees what a name is
    without looking it up.
    """,
    example: "Clock = Ticks(interval: 1s)\nClock -> ConsoleWriter()\n",
    mended: "clock = Ticks(interval: 1s)\nclock -> ConsoleWriter()\n")

  static let uselessAllowance = Code(
    "K0906", .warning, "a comment that allows something that cannot be allowed",
    """
    `# allow(K0410)` on a line, or on a line of its own before it, says that a warning is known and meant. Codes of errors cannot
    be allowed, and others do not exist.
    """,
    example: "Ticks(interval: 1s) -> ConsoleWriter() # allow(K0499)\n",
    mended: "Ticks(interval: 1s) -> ConsoleWriter()\n")

  static let shellSign = Code(
    "K0907", .warning, "a command with a sign that only a shell understands",
    """
    A command in backticks is split into words like a shell does it, and the program gets them as they are: no shell runs, so that
    `|`, `>`, `<`, `&&`, `;`, `*`, `~` and `$HOME` mean nothing. Instead of `|` link two commands, instead of `>` link a FileWriter,
    or run a shell: `sh -c '…'`. A sign that the program itself understands is put in quotes.
    """,
    example: "ConsoleReader() -> `sort | uniq` -> ConsoleWriter()\n",
    mended: "ConsoleReader() -> `sort` -> `uniq` -> ConsoleWriter()\n")

  static let literalInterpolation = Code(
    "K0908", .warning, "a parameter in a text that stands for itself",
    """
    In a text a parameter is written `${name}`; `$name` stands for itself there. In a raw text, `r"…"`, every character stands for
    itself, so `${name}` does too: take the `r` away, and write each backslash of the text twice. Where the sign is meant, write `\\$`.
    """,
    example:
      "param name: Text = \"ann\"\nConsoleReader() -> Match(pattern: r\"^${name}\") -> Prefix(text: $name) -> ConsoleWriter()\n",
    mended:
      "param name: Text = \"ann\"\nConsoleReader() -> Match(pattern: \"^${name}\") -> Prefix(text: $name) -> ConsoleWriter()\n"
  )

  /// Said when a whole folder is looked at, so that no graph gets it by being checked.
  package static let unformatted = Code(
    "K0909", .error, "a file that is not written the way `kamaelia fmt` writes it",
    """
    There is one way to write a graph, so that nobody has to think about it and changes show nothing else. `kamaelia fmt` \
    rewrites files in place, comments and all; `kamaelia fmt --diff` shows what would change.
    """,
    example: "Ticks( 1s )->ConsoleWriter()\n",
    commands: "kamaelia ci .\n", mended: "Ticks(1s) -> ConsoleWriter()\n")

  static let nestedRepeat = Code(
    "K0910", .warning, "a pattern that repeats what is repeated already",
    """
    On a text that does not match, `(a+)+$` tries each way to share the letters out among the turns, and with each letter there are
    twice as many: a line of forty letters takes longer than anybody waits, and all lines behind it wait too. Write the pattern so that
    there is one way to match: `a+$`; or with something between the turns that the inner repeat does not take: `(\\w+,)*`.
    """,
    example: "ConsoleReader() -> Match(pattern: r\"^(\\w+\\s?)*$\") -> ConsoleWriter()\n",
    mended: "ConsoleReader() -> Match(pattern: r\"^[\\w\\s]*$\") -> ConsoleWriter()\n")
}
