/// K0020–K0039: what statements consist of, brackets, and names.
extension Code {
  static let statements: [Code] = [
    unknownStatement, leftOver, unexpected, bracketNotClosed, closesNothing, commaMissing, nameMissing, badName,
    reservedName, typeMissing, badType, valueMissing, badValue, blockMissing, badElse, badCondition, badLoop, badImport,
    nestedTooDeeply,
  ]

  static let unknownStatement = Code(
    "K0020", "a line that is no statement",
    """
    A line is a linkage (`a -> b`), an instance (`a = Component()`), or begins with one of
    `param inbox outbox graph import backplane defaults for if test host on`.
    """,
    example: "connect reader printer\n",
    mended: "ConsoleReader() -> ConsoleWriter()\n")

  static let leftOver = Code(
    "K0021", "something follows a complete statement",
    """
    A statement ends with its line. It goes on in the next line after `,`, `=`, an opening bracket or an arrow, inside
    brackets, and when the next line begins with an arrow.
    """,
    example: """
      a = Ticks(1s)
      b = Ticks(2s)
      a -> ConsoleWriter()  b -> ConsoleWriter()

      """,
    mended: """
      a = Ticks(1s)
      b = Ticks(2s)
      a -> ConsoleWriter()
      b -> ConsoleWriter()

      """)

  static let unexpected = Code(
    "K0022", "something else was to be expected here",
    "The message says what may stand at this place.",
    example: "{size 3} -> Format(\"{size}\") -> ConsoleWriter()\n",
    mended: "{size: 3} -> Format(\"{size}\") -> ConsoleWriter()\n")

  static let bracketNotClosed = Code(
    "K0023", "a bracket that is not closed",
    """
    Each `(`, `[` and `{` needs its `)`, `]` or `}`. Where the closing one was probably meant to be is told by what
    follows: a line that begins a new statement, or one that is indented less.
    """,
    example: """
      tail = FileTail("a.log"
      tail.lines -> ConsoleWriter()

      """,
    mended: """
      tail = FileTail("a.log")
      tail.lines -> ConsoleWriter()

      """)

  static let closesNothing = Code(
    "K0024", "a closing bracket that closes nothing, or another one",
    "Brackets close in the opposite order of their opening, each by its own kind.",
    example: "Ticks(1s)] -> ConsoleWriter()\n",
    mended: "Ticks(1s) -> ConsoleWriter()\n")

  static let commaMissing = Code(
    "K0025", "a comma is missing, or parts nothing",
    "Arguments, elements and fields are parted by commas. One may stand after the last, none before the first.",
    example: "ConsoleReader() -> Split(\" \" most: 2).list -> Format(\"{0}\") -> ConsoleWriter()\n",
    mended: "ConsoleReader() -> Split(\" \", most: 2).list -> Format(\"{0}\") -> ConsoleWriter()\n")

  static let nameMissing = Code(
    "K0026", "a name is missing",
    "The message says what has to be named here.",
    example: "param : Duration = 1s\n",
    mended: """
      param every: Duration = 1s
      Ticks($every) -> ConsoleWriter()

      """)

  static let badName = Code(
    "K0027", "a name that is none",
    """
    Names consist of letters, digits and `_`, and do not begin with a digit. A hyphen is no part of a name. By
    custom, instances, parameters and boxes begin with a small letter and components, graphs and types with a capital one.
    """,
    example: "every-second = Ticks(1s)\n",
    mended: """
      everySecond = Ticks(1s)
      everySecond -> ConsoleWriter()

      """)

  static let reservedName = Code(
    "K0028", "`self` used as a name",
    "`self` is the graph itself, whose boxes are `self.name`. It is the only word that nothing else can be called.",
    example: "self = Ticks(1s)\n",
    mended: """
      ticks = Ticks(1s)
      ticks -> ConsoleWriter()

      """)

  static let typeMissing = Code(
    "K0029", "a type is missing",
    """
    Parameters, boxes and backplanes are declared with their type: `param port: Port`. Scalar types are
    `Text Bytes Int Double Bool Duration Size Frequency Rate Port Path Address URL JSON Any`.
    """,
    example: """
      param every = 1s
      Ticks($every) -> ConsoleWriter()

      """,
    mended: """
      param every: Duration = 1s
      Ticks($every) -> ConsoleWriter()

      """)

  static let badType = Code(
    "K0030", "a type that is written wrongly",
    """
    Types are written `Text`, `[Int]` for lists, `Text?` for what may be missing, `{name: Text, size: Int}` for records,
    `Int(1...64)` and `Audio(rate: 48kHz)` for refinements, and `Graph(inbox: Bytes)` for graphs.
    """,
    example: """
      outbox all: List<Int>
      Ticks(1s) -> Batch(3) -> self.all

      """,
    mended: """
      outbox all: [Int]
      Ticks(1s) -> Batch(3) -> self.all

      """)

  static let valueMissing = Code(
    "K0031", "a value is missing",
    "After `=`, `:` and such words as `replicate` and `within` stands a value.",
    example: "Ticks(interval: ) -> ConsoleWriter()\n",
    mended: "Ticks(interval: 1s) -> ConsoleWriter()\n")

  static let badValue = Code(
    "K0032", "a value that is written wrongly",
    """
    Values are texts `"a"`, numbers `5s`, `true` and `false`, lists `[1, 2]`, records `{size: 3}`, ranges `1s...30s`,
    parameters `$port`, and bare words. There is no arithmetic, and no parentheses around values.
    """,
    example: "Ticks((1s)) -> ConsoleWriter()\n",
    mended: "Ticks(1s) -> ConsoleWriter()\n")

  static let blockMissing = Code(
    "K0033", "a block is missing, or begins on a line of its own",
    "`graph`, `for`, `if`, `else`, `on`, `test` and `defaults` are followed by `{`, on the same line.",
    example: """
      graph Client
      {
          outbox tick: Int
          Ticks(1s) -> self.tick
      }
      Client() -> ConsoleWriter()

      """,
    mended: """
      graph Client {
          outbox tick: Int
          Ticks(1s) -> self.tick
      }
      Client() -> ConsoleWriter()

      """)

  static let badElse = Code(
    "K0034", "an `else` that stands wrongly",
    "`else` stands on the line of the brace that closes the block of its `if`: `} else {`.",
    example: """
      param debug: Bool = true
      if $debug {
          Ticks(1s) -> ConsoleWriter()
      }
      else {
          Ticks(1min) -> ConsoleWriter()
      }

      """,
    mended: """
      param debug: Bool = true
      if $debug {
          Ticks(1s) -> ConsoleWriter()
      } else {
          Ticks(1min) -> ConsoleWriter()
      }

      """)

  static let badCondition = Code(
    "K0035", "a condition that is written wrongly",
    """
    A condition is a value that is true or false (`$debug`), a comparison of two values by `== != < <= > >=`, or
    conditions joined by `not`, `and` and `or`. A comparison has two sides, not three.
    """,
    example: """
      param size: Int = 3
      if $size = 3 {
          Ticks(1s) -> ConsoleWriter()
      }

      """,
    mended: """
      param size: Int = 3
      if $size == 3 {
          Ticks(1s) -> ConsoleWriter()
      }

      """)

  static let badLoop = Code(
    "K0036", "a loop that is written wrongly",
    "A loop is written `for name in values { … }`. Only its uses in the body have the sign: `$name`.",
    example: """
      for $file in ["a.log", "b.log"] {
          FileReader($file).lines -> ConsoleWriter()
      }

      """,
    mended: """
      for file in ["a.log", "b.log"] {
          FileReader($file).lines -> ConsoleWriter()
      }

      """)

  static let badImport = Code(
    "K0037", "an import that is written wrongly",
    """
    `import "audio.kgraph" as Audio` takes the file's own graph, `import {Mixer, Fader as Dial} from "audio.kgraph"`
    takes graphs from inside it. The path is a text, relative to this file.
    """,
    example: "import Audio\n",
    files: ["audio.kgraph": "outbox tick: Int\nTicks(1s) -> self.tick\n"],
    mended: """
      import "audio.kgraph" as Audio
      Audio() -> ConsoleWriter()

      """)

  static let nestedTooDeeply = Code(
    "K0038", "brackets, blocks or operators nested more than 64 deep",
    "More than 64 levels can neither be read nor be meant. Give inner parts names: graphs of their own, or parameters.",
    example: "a = F(x: " + String(repeating: "[", count: 65) + String(repeating: "]", count: 65) + ")\n",
    mended: "[[1], [2]] -> Unbatch() -> Unbatch() -> ConsoleWriter()\n")
}
