/// K0040–K0059: chains, instances and the steps of tests.
extension Code {
  static let chains: [Code] = [
    looseArrow, badArrowOptions, nothingLinked, literalInChain, badGroup, badBoxes, parenthesesMissing, badInstance,
    badClause, colonOrAssign, badTest, dollarWithoutName,
  ]

  static let looseArrow = Code(
    "K0040", "an arrow with nothing before or after it",
    "An arrow leads from an instance, a backplane or a value to an instance or a backplane: `tail -> printer`.",
    example: "tail ->\n", mended: "tail -> printer\n")

  static let badArrowOptions = Code(
    "K0041", "the options of a linkage stand wrongly",
    "Options sit in the arrow: `a -[64, dropOldest]-> b`. The arrow begins with `-[` and ends with `]->`.",
    example: "a -[64]> b\n", mended: "a -[64]-> b\n")

  static let nothingLinked = Code(
    "K0042", "a line that links nothing",
    """
    A name or a value alone says nothing: link it by an arrow, or declare an instance with `=`. Only a new instance may stand
    alone: `Server()`.
    """,
    example: "tail\n", mended: "tail -> printer\n")

  static let literalInChain = Code(
    "K0043", "a value that is not at the start of its chain",
    """
    A value is sent once, before anything else, so it stands at the start: `"hello" -> printer`. It receives nothing. To
    send a text whenever a message comes, use a component that does.
    """,
    example: "a -> \"hello\" -> b\n", mended: "\"hello\" -> b\n")

  static let badGroup = Code(
    "K0044", "a group that is empty, or holds another one",
    "A group `[b, c]` says that several linkages are the same. It holds instances and backplanes, at least one.",
    example: "a -> [b, [c, d]]\n", mended: "a -> [b, c, d]\n")

  static let badBoxes = Code(
    "K0045", "boxes that are picked wrongly",
    """
    `a.left` picks one box; `a.(left, mix)` picks both where a chain runs through, the inbox first, `_` for the
    default; `a.in[0]` picks one of an array of boxes.
    """,
    example: "a -> mixer.(left) -> b\n", mended: "a -> mixer.(left, _) -> b\n")

  static let parenthesesMissing = Code(
    "K0046", "a component without parentheses",
    "A bare name is an instance, parentheses make a new one: `lines = Lines()`.",
    example: "lines = Lines\n", mended: "lines = Lines()\n")

  static let badInstance = Code(
    "K0047", "an instance that is declared wrongly",
    """
    An instance is declared as `name = Component(…)`, and used in chains by its name. In a chain, an instance is made and named
    at once by `Component(…) as name`. Values are declared with `param`.
    """,
    example: "tail = FileTail() -> printer\n", mended: "FileTail() as tail -> printer\n")

  static let badClause = Code(
    "K0048", "`replicate` or `restart` that is written wrongly",
    """
    After an instance may stand `replicate 4`, with `by roundRobin` or `by key(field)` and `ordered` after it, and
    `restart never`, `restart onFailure(…)` or `restart always(…)`, each once.
    """,
    example: "a = Work() restart sometimes\n", mended: "a = Work() restart onFailure(max: 5)\n")

  static let colonOrAssign = Code(
    "K0049", "`=` and `:` exchanged",
    "Declarations use `=` and arguments use `:`, as in `tail = FileTail(path: \"access.log\")`.",
    example: "tail = FileTail(path=\"access.log\")\n", mended: "tail = FileTail(path: \"access.log\")\n")

  static let badTest = Code(
    "K0050", "a test or a step of a test that is written wrongly",
    """
    A test is `test "name" of Graph(…) { … }`. Its steps are `send box: values`, `close box`, `advance time`,
    `replace name with Component()`, and `expect`: `expect box: values`, with `in any order` if so;
    `expect box matching r"…"`; `expect box recorded`; `expect box closed`; `expect nothing on box`; each of them may end with
    `within time`. `cases word, length { … }` runs it once for each line in the braces, such as `"a short one": "a", 1`.
    """,
    example: "test \"a\" of Lines() {\n    wait 1s\n}\n", mended: "test \"a\" of Lines() {\n    advance 1s\n}\n")

  static let dollarWithoutName = Code(
    "K0051", "a `$` that no name follows",
    "The value of a parameter is written `$name`, and inside a text `${name}`.",
    example: "a = Ticks(every: ${every})\n", mended: "a = Ticks(every: $every)\n")
}
