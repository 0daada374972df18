/// K0040–K0059: chains, instances and the steps of tests.
extension Code {
  static let chains: [Code] = [
    looseArrow, badArrowOptions, nothingLinked, literalInChain, badGroup, badBoxes, parenthesesMissing, badInstance,
    badClause, colonOrAssign, badTest, dollarWithoutName,
  ]

  static let looseArrow = Code(
    "K0040", "an arrow with nothing before or after it",
    "An arrow leads from an instance, a backplane or a value to an instance or a backplane: `tail -> printer`.",
    example: "Ticks(1s) ->\n",
    mended: "Ticks(1s) -> ConsoleWriter()\n")

  static let badArrowOptions = Code(
    "K0041", "the options of a linkage stand wrongly",
    "Options sit in the arrow: `a -[64, dropOldest]-> b`. The arrow begins with `-[` and ends with `]->`.",
    example: "Ticks(1s) -[64]> ConsoleWriter()\n",
    mended: "Ticks(1s) -[64]-> ConsoleWriter()\n")

  static let nothingLinked = Code(
    "K0042", "a line that links nothing",
    """
    A name or a value alone says nothing: link it by an arrow, or declare an instance with `=`. Only a new instance may stand
    alone: `Server()`.
    """,
    example: "\"hello\"\n",
    mended: "\"hello\" -> ConsoleWriter()\n")

  static let literalInChain = Code(
    "K0043", "a value that is not at the start of its chain",
    """
    A value is sent once, before anything else, so it stands at the start: `"hello" -> printer`. It receives nothing. To
    send a text whenever a message comes, use a component that does.
    """,
    example: "Ticks(1s) -> \"hello\" -> ConsoleWriter()\n",
    mended: "Ticks(1s) -> Format(\"hello\") -> ConsoleWriter()\n")

  static let badGroup = Code(
    "K0044", "a group that is empty, or holds another one",
    "A group `[b, c]` says that several linkages are the same. It holds instances and backplanes, at least one.",
    example: """
      a = Ticks(1s)
      b = ConsoleWriter()
      c = ConsoleWriter()
      d = ConsoleWriter()
      a -> [b, [c, d]]

      """,
    mended: """
      a = Ticks(1s)
      b = ConsoleWriter()
      c = ConsoleWriter()
      d = ConsoleWriter()
      a -> [b, c, d]

      """)

  static let badBoxes = Code(
    "K0045", "boxes that are picked wrongly",
    """
    `a.left` picks one box; `a.(left, mix)` picks both where a chain runs through, the inbox first, `_` for the
    default; `a.in[0]` picks one of an array of boxes.
    """,
    example: """
      match = Match("a")
      ConsoleReader() -> match.(inbox) -> ConsoleWriter()

      """,
    mended: """
      match = Match("a")
      ConsoleReader() -> match.(inbox, rejected) -> ConsoleWriter()

      """)

  static let parenthesesMissing = Code(
    "K0046", "a component without parentheses",
    "A bare name is an instance, parentheses make a new one: `lines = Lines()`.",
    example: """
      upper = Uppercase
      ConsoleReader() -> upper -> ConsoleWriter()

      """,
    mended: """
      upper = Uppercase()
      ConsoleReader() -> upper -> ConsoleWriter()

      """)

  static let badInstance = Code(
    "K0047", "an instance that is declared wrongly",
    """
    An instance is declared as `name = Component(…)`, and used in chains by its name. In a chain, an instance is made and named
    at once by `Component(…) as name`. Values are declared with `param`.
    """,
    example: "ticks = Ticks(1s) -> ConsoleWriter()\n",
    mended: "Ticks(1s) as ticks -> ConsoleWriter()\n")

  static let badClause = Code(
    "K0048", "`replicate` or `restart` that is written wrongly",
    """
    After an instance may stand `replicate 4`, with `by roundRobin` or `by key(field)` and `ordered` after it, and
    `restart never`, `restart onFailure(…)` or `restart always(…)`, each once.
    """,
    example: "ConsoleReader() -> `cat` restart sometimes -> ConsoleWriter()\n",
    mended: "ConsoleReader() -> `cat` restart onFailure(max: 5) -> ConsoleWriter()\n")

  static let colonOrAssign = Code(
    "K0049", "`=` and `:` exchanged",
    "Declarations use `=` and arguments use `:`, as in `tail = FileTail(path: \"access.log\")`.",
    example: "Ticks(interval=1s) -> ConsoleWriter()\n",
    mended: "Ticks(interval: 1s) -> ConsoleWriter()\n")

  static let badTest = Code(
    "K0050", "a test or a step of a test that is written wrongly",
    """
    A test is `test "name" of Graph(…) { … }`. Its steps are `send box: values`, `close box`, `advance time`,
    `replace name with Component()`, and `expect`: `expect box: values`, with `in any order` if so;
    `expect box matching r"…"`; `expect box recorded`; `expect box closed`; `expect nothing on box`; each of them may end with
    `within time`. `cases word, length { … }` runs it once for each line in the braces, such as `"a short one": "a", 1`.
    """,
    example: """
      test "a" of Ticks(1s) {
          wait 1s
          expect outbox: 1
      }

      """,
    mended: """
      test "a" of Ticks(1s) {
          advance 1s
          expect outbox: 1
      }

      """)

  static let dollarWithoutName = Code(
    "K0051", "a `$` that no name follows",
    "The value of a parameter is written `$name`, and inside a text `${name}`.",
    example: """
      param every: Duration = 1s
      Ticks(${every}) -> ConsoleWriter()

      """,
    mended: """
      param every: Duration = 1s
      Ticks($every) -> ConsoleWriter()

      """)
}
