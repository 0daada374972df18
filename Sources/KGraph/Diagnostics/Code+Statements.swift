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
    example: "connect tail printer\n", mended: "tail -> printer\n")

  static let leftOver = Code(
    "K0021", "something follows a complete statement",
    """
    A statement ends with its line. It goes on in the next line after `,`, `=`, an opening bracket or an arrow, inside
    brackets, and when the next line begins with an arrow.
    """,
    example: "a -> b  c -> d\n", mended: "a -> b\nc -> d\n")

  static let unexpected = Code(
    "K0022", "something else was to be expected here",
    "The message says what may stand at this place.",
    example: "a = Table(row: {size 3})\n", mended: "a = Table(row: {size: 3})\n")

  static let bracketNotClosed = Code(
    "K0023", "a bracket that is not closed",
    """
    Each `(`, `[` and `{` needs its `)`, `]` or `}`. Where the closing one was probably meant to be is told by what
    follows: a line that begins a new statement, or one that is indented less.
    """,
    example: "tail = FileTail(path: \"a.log\"\nprinter = ConsoleWriter()\n",
    mended: "tail = FileTail(path: \"a.log\")\nprinter = ConsoleWriter()\n")

  static let closesNothing = Code(
    "K0024", "a closing bracket that closes nothing, or another one",
    "Brackets close in the opposite order of their opening, each by its own kind.",
    example: "tail = FileTail()]\n", mended: "tail = FileTail()\n")

  static let commaMissing = Code(
    "K0025", "a comma is missing, or parts nothing",
    "Arguments, elements and fields are parted by commas. One may stand after the last, none before the first.",
    example: "a = Mixer(left: 1 right: 2)\n", mended: "a = Mixer(left: 1, right: 2)\n")

  static let nameMissing = Code(
    "K0026", "a name is missing",
    "The message says what has to be named here.",
    example: "param : Port = 80\n", mended: "param port: Port = 80\n")

  static let badName = Code(
    "K0027", "a name that is none",
    """
    Names consist of letters, digits and `_`, and do not begin with a digit. A hyphen is no part of a name. By
    custom, instances, parameters and boxes begin with a small letter and components, graphs and types with a capital one.
    """,
    example: "chat-room = Client()\n", mended: "chatRoom = Client()\n")

  static let reservedName = Code(
    "K0028", "`self` used as a name",
    "`self` is the graph itself, whose boxes are `self.name`. It is the only word that nothing else can be called.",
    example: "self = Client()\n", mended: "client = Client()\n")

  static let typeMissing = Code(
    "K0029", "a type is missing",
    """
    Parameters, boxes and backplanes are declared with their type: `param port: Port`. Scalar types are
    `Text Bytes Int Double Bool Duration Size Frequency Rate Port Path Address URL JSON Any`.
    """,
    example: "param port = 80\n", mended: "param port: Port = 80\n")

  static let badType = Code(
    "K0030", "a type that is written wrongly",
    """
    Types are written `Text`, `[Int]` for lists, `Text?` for what may be missing, `{name: Text, size: Int}` for records,
    `Int(1...64)` and `Audio(rate: 48kHz)` for refinements, and `Graph(inbox: Bytes)` for graphs.
    """,
    example: "inbox in: List<Int>\n", mended: "inbox in: [Int]\n")

  static let valueMissing = Code(
    "K0031", "a value is missing",
    "After `=`, `:` and such words as `replicate` and `within` stands a value.",
    example: "a = Ticks(every: )\n", mended: "a = Ticks(every: 1s)\n")

  static let badValue = Code(
    "K0032", "a value that is written wrongly",
    """
    Values are texts `"a"`, numbers `5s`, `true` and `false`, lists `[1, 2]`, records `{size: 3}`, ranges `1s...30s`,
    parameters `$port`, and bare words. There is no arithmetic, and no parentheses around values.
    """,
    example: "a = Ticks(every: (1s))\n", mended: "a = Ticks(every: 1s)\n")

  static let blockMissing = Code(
    "K0033", "a block is missing, or begins on a line of its own",
    "`graph`, `for`, `if`, `else`, `on`, `test` and `defaults` are followed by `{`, on the same line.",
    example: "graph Client()\n{\n}\n", mended: "graph Client() {\n}\n")

  static let badElse = Code(
    "K0034", "an `else` that stands wrongly",
    "`else` stands on the line of the brace that closes the block of its `if`: `} else {`.",
    example: "if $debug {\n}\nelse {\n}\n", mended: "if $debug {\n} else {\n}\n")

  static let badCondition = Code(
    "K0035", "a condition that is written wrongly",
    """
    A condition is a value that is true or false (`$debug`), a comparison of two values by `== != < <= > >=`, or
    conditions joined by `not`, `and` and `or`. A comparison has two sides, not three.
    """,
    example: "if $size = 3 {\n}\n", mended: "if $size == 3 {\n}\n")

  static let badLoop = Code(
    "K0036", "a loop that is written wrongly",
    "A loop is written `for name in values { … }`. Only its uses in the body have the sign: `$name`.",
    example: "for $cam in [\"front\"] {\n}\n", mended: "for cam in [\"front\"] {\n}\n")

  static let badImport = Code(
    "K0037", "an import that is written wrongly",
    """
    `import "audio.kgraph" as Audio` takes the file's own graph, `import {Mixer, Fader as Dial} from "audio.kgraph"`
    takes graphs from inside it. The path is a text, relative to this file.
    """,
    example: "import Audio\n", mended: "import \"audio.kgraph\" as Audio\n")

  static let nestedTooDeeply = Code(
    "K0038", "brackets, blocks or operators nested more than 64 deep",
    "More than 64 levels can neither be read nor be meant. Give inner parts names: graphs of their own, or parameters.",
    example: "a = F(x: " + String(repeating: "[", count: 65) + String(repeating: "]", count: 65) + ")\n",
    mended: "a = F(x: [[]])\n")
}
