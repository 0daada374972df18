/// K0110–K0129: parameters, arguments and values.
extension Code {
  static let parameters: [Code] = [
    unknownArgument, missingArgument, argumentTwice, wrongKind, valueRefused, unnamedArgument, unknownSetting, noTruth,
    notComparable, noList, noCount, notInText, valueTooLarge, badRange, componentAsValue, fieldTwice, cannotWork,
    missingSetting,
  ]

  static let unknownArgument = Code(
    "K0110", "an argument that the component or graph has no parameter for",
    """
    Each component says which parameters it has, and a graph declares its own with `param` or in parentheses.
    `kamaelia list Name` shows those of a component, with their types, limits and defaults.
    """,
    example: "Ticks(interval: 1s, speed: 3) -> ConsoleWriter()\n",
    mended: "Ticks(interval: 1s) -> ConsoleWriter()\n")

  static let missingArgument = Code(
    "K0111", "a required parameter that nothing is given for",
    """
    A parameter without a default must be given a value wherever the component or graph is used. Parameters are given by name,
    and one of a component may be given without: the one that it marks as its main one.
    """,
    example: "ConsoleReader() -> Match() -> ConsoleWriter()\n",
    mended: "ConsoleReader() -> Match(pattern: \"error\") -> ConsoleWriter()\n")

  static let argumentTwice = Code(
    "K0112", "a parameter that is given twice",
    """
    Each parameter has one value. An argument without a name counts for the component's main parameter, and the words of a
    command in backticks for the command of the program.
    """,
    example: "ConsoleReader() -> Match(\"error\", pattern: \"warning\") -> ConsoleWriter()\n",
    mended: "ConsoleReader() -> Match(pattern: \"error|warning\") -> ConsoleWriter()\n")

  static let wrongKind = Code(
    "K0113", "a value of another kind than the parameter takes",
    """
    Values are not converted: a duration has a unit, a text stands in quotes, a named case of a parameter is a bare word. A whole
    number may stand where a `Double` is taken, and that is all.
    """,
    example: "Ticks(interval: 5) -> ConsoleWriter()\n", mended: "Ticks(interval: 5s) -> ConsoleWriter()\n")

  static let valueRefused = Code(
    "K0114", "a value of the right kind that the parameter does not take",
    """
    The value lies outside the limits of the parameter, or is a text that cannot be read as what the parameter asks for: a
    regular expression, an address, a path. `kamaelia list Name` shows the limits.
    """,
    example: "Ticks(interval: 0s) -> ConsoleWriter()\n", mended: "Ticks(interval: 1ms) -> ConsoleWriter()\n")

  static let unnamedArgument = Code(
    "K0115", "an argument without a name where it is not clear what it is for",
    """
    One argument may stand without its name: that for the parameter which the component marks as its main one, or for the only
    parameter there is. All others are written `name: value`, so that a graph can be read without a manual.
    """,
    example: """
      graph Label(before: Text, after: Text) {
        inbox words: Text
        outbox labelled: Text
        self.words -> Prefix(text: "${before}${after}") -> self.labelled
      }

      ConsoleReader() -> Label("> ", after: " ") -> ConsoleWriter()

      """,
    mended: """
      graph Label(before: Text, after: Text) {
        inbox words: Text
        outbox labelled: Text
        self.words -> Prefix(text: "${before}${after}") -> self.labelled
      }

      ConsoleReader() -> Label(before: "> ", after: " ") -> ConsoleWriter()

      """)

  static let unknownSetting = Code(
    "K0116", "`--set` names a parameter that the graph does not have",
    """
    `--set name=value` gives a value to a parameter that the file itself declares with `param`. The parameters of
    graphs inside it are given where these are used.
    """,
    example: "param every: Duration = 1s\nTicks(interval: $every) -> ConsoleWriter()\n",
    commands: "kamaelia run --set evry=2s example.kgraph\n")

  static let noTruth = Code(
    "K0117", "a condition that is neither true nor false",
    """
    `if` asks for a `Bool`: a parameter of that type, or a comparison by `== != < <= > >=`, joined by `and`, `or` and `not`.
    Numbers and texts are not true or false by themselves.
    """,
    example: """
      param verbose: Int = 1
      if $verbose {
        Ticks() -> ConsoleWriter()
      }

      """,
    mended: """
      param verbose: Int = 1
      if $verbose > 0 {
        Ticks() -> ConsoleWriter()
      }

      """)

  static let notComparable = Code(
    "K0118", "two values that cannot be compared",
    """
    Values are compared with others of their kind: numbers with numbers, durations with durations, texts with texts. Only numbers,
    texts and quantities have an order.
    """,
    example: """
      param pause: Duration = 5s
      if $pause > 5 {
        Ticks(interval: $pause) -> ConsoleWriter()
      }

      """,
    mended: """
      param pause: Duration = 5s
      if $pause > 5s {
        Ticks(interval: $pause) -> ConsoleWriter()
      }

      """)

  static let noList = Code(
    "K0119", "`for` over something that is no list",
    """
    `for` runs through a list, `["front", "rear"]`, or through whole numbers, `1...4`, both ends included. The list may be a
    parameter: `param names: [Text] = ["front", "rear"]`.
    """,
    example: """
      for n in 4 {
        Ticks(interval: 1s) -> ConsoleWriter(end: "${n}")
      }

      """,
    mended: """
      for n in 1...4 {
        Ticks(interval: 1s) -> ConsoleWriter(end: "${n}")
      }

      """)

  static let noCount = Code(
    "K0120", "`replicate` with something that is no number of copies",
    "`replicate` is followed by a whole number, 1 or more: how many instances share the work.",
    example: "ConsoleReader() -> Uppercase() replicate 0 -> ConsoleWriter()\n",
    mended: "ConsoleReader() -> Uppercase() replicate 4 -> ConsoleWriter()\n")

  static let notInText = Code(
    "K0121", "a value that has no text is put into one",
    """
    `${name}` puts the value of a parameter into a text. Texts, numbers, quantities and truth values can be put there; lists,
    records, ranges, commands and graphs cannot.
    """,
    example: """
      param names: [Text] = ["ann", "bob"]
      ConsoleReader() -> Prefix(text: "${names}: ") -> ConsoleWriter()

      """,
    mended: """
      param name: Text = "ann"
      ConsoleReader() -> Prefix(text: "${name}: ") -> ConsoleWriter()

      """)

  static let valueTooLarge = Code(
    "K0122", "a text or a list that grows too large",
    """
    A text in a graph may have 64 KiB, and a list or record 100,000 values, once parameters are put in. Larger data belongs
    in a file that the graph reads.
    """,
    example: """
      param a: Text = "0123456789abcdef0123456789abcdef"
      param b: Text = "${a}${a}${a}${a}${a}${a}${a}${a}${a}${a}${a}${a}${a}${a}${a}${a}"
      param c: Text = "${b}${b}${b}${b}${b}${b}${b}${b}${b}${b}${b}${b}${b}${b}${b}${b}"
      param d: Text = "${c}${c}${c}${c}${c}${c}${c}${c}${c}${c}${c}${c}${c}${c}${c}${c}"
      Ticks(1s) -> ConsoleWriter(end: $d)

      """)

  static let badRange = Code(
    "K0123", "a range that holds nothing",
    "A range has two ends, the lower first, and both belong to it: `1...4`, `1s...30s`.",
    example: """
      for n in 4...1 {
        Ticks(interval: 1s) -> ConsoleWriter(end: "${n}")
      }

      """,
    mended: """
      for n in 1...4 {
        Ticks(interval: 1s) -> ConsoleWriter(end: "${n}")
      }

      """)

  static let componentAsValue = Code(
    "K0124", "a component or graph where a value is expected",
    """
    Only a parameter of type `Graph` takes a graph or a component. To send a component's messages somewhere, link
    its outbox; to set a parameter, write the value itself. There are no functions that compute a value.
    """,
    example: "ConsoleReader() -> Prefix(text: Ticks()) -> ConsoleWriter()\n",
    mended: "ConsoleReader() -> Prefix(text: \"> \") -> ConsoleWriter()\n")

  static let fieldTwice = Code(
    "K0125", "a record with two fields of one name",
    "The fields of a record have different names.",
    example: "{name: \"a\", name: \"b\"} -> ConsoleWriter()\n",
    mended: "{name: \"a\", other: \"b\"} -> ConsoleWriter()\n")

  static let cannotWork = Code(
    "K0126", "arguments that are right one by one and not together",
    """
    The component has looked at its parameters and says that it cannot do what they ask for. What it says is in the message;
    `kamaelia list Name` tells more about its parameters.
    """,
    example: "Ticks() -> Sample() -> ConsoleWriter()\n", mended: "Ticks() -> Sample(each: 2) -> ConsoleWriter()\n")

  static let missingSetting = Code(
    "K0127", "a parameter of the file that must be given to run it",
    """
    A parameter without a default is given on the command line, `--set name=value`, when the file itself is run; when the file is
    imported, where its graph is used.
    """,
    example: "param end: Text\nTicks() -> ConsoleWriter(end: $end)\n",
    mended: "param end: Text = \"\\n\"\nTicks() -> ConsoleWriter(end: $end)\n")
}
