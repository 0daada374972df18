/// K0301–K0310: types and directions.
extension Code {
  static let types: [Code] = [
    mismatch, disagreement, wrongDirection, unknownType, graphIsNoMessage, graphMismatch, literalMismatch, ownBoxInside,
    missingField, typeTooLarge,
  ]

  static let mismatch = Code(
    "K0301", "boxes that carry different types",
    """
    An outbox may be linked to an inbox of the same type, or to one that takes more: `Int` goes where `Double` is taken, in lists too, and anything
    goes where `Any` is. What is known of a type beyond its name must agree as well: sound of 44.1 kHz does not go where
    48 kHz is taken. Nothing else is converted by itself; the message names the components that do it.
    """,
    example: "Ticks(interval: 1s) -> Uppercase() -> ConsoleWriter()\n",
    mended: "Ticks(interval: 1s) -> Format(template: \"{}\") -> Uppercase() -> ConsoleWriter()\n")

  static let disagreement = Code(
    "K0302", "a generic component that is asked for two types",
    """
    A generic component works for messages of any type, but of one at a time: what comes in at one box decides for all of them.
    Two linkages ask for different types here. Use an instance for each, or convert before they meet.
    """,
    example: """
      both = Tee()
      ConsoleReader() -> both
      Ticks(interval: 1s) -> both
      both -> ConsoleWriter()

      """,
    mended: """
      ConsoleReader() -> Tee() -> ConsoleWriter()
      Ticks(interval: 1s) -> Tee() -> ConsoleWriter()

      """)

  static let wrongDirection = Code(
    "K0303", "a box used in the wrong direction",
    """
    Messages leave an instance by its outboxes and enter it by its inboxes. Inside a graph it is the other way round for the graph's own
    boxes: what comes in by `self.inbox` is there to be linked on, and what is linked to `self.outbox` goes out.
    """,
    example: "errors = Match(pattern: \"error\")\nConsoleReader() -> errors.rejected\nerrors -> ConsoleWriter()\n",
    mended: "errors = Match(pattern: \"error\")\nConsoleReader() -> errors -> ConsoleWriter()\n")

  static let unknownType = Code(
    "K0304", "a type that does not exist",
    """
    Types are `Text Bytes Int Double Bool Duration Size Frequency Rate Port Path Address URL JSON Any`, those of the library's
    components, lists `[Int]`, optional ones `Text?` and records `{name: Text}`. Parameters may also be `Pattern`, `Command` and `Graph`.
    """,
    example: "param name: String = \"ann\"\nConsoleReader() -> Prefix(text: $name) -> ConsoleWriter()\n",
    mended: "param name: Text = \"ann\"\nConsoleReader() -> Prefix(text: $name) -> ConsoleWriter()\n")

  static let graphIsNoMessage = Code(
    "K0305", "a graph as the type of a box",
    "Only parameters have graphs as values: `param protocol: Graph(inbox: Bytes, outbox: Bytes)`. No linkage carries a graph.",
    example: "backplane room: Graph(inbox: Text)\nConsoleReader() -> @room\n@room -> ConsoleWriter()\n",
    mended: "backplane room: Text\nConsoleReader() -> @room\n@room -> ConsoleWriter()\n")

  static let graphMismatch = Code(
    "K0306", "a graph whose boxes are not those that the component needs",
    """
    A component that makes instances of a graph sends to its default inbox and reads its default outbox. These are `inbox` and
    `outbox`, or the only ones the graph has, and must be of the types that the parameter names.
    """,
    example: """
      graph Session {
        outbox tick: Int
        Ticks(interval: 1s) -> self.tick
      }

      switch = Carousel(graph: Session)
      ConsoleReader() -> [switch, switch.next]
      switch -> ConsoleWriter()

      """,
    mended: """
      graph Session {
        inbox words: Text
        outbox answer: Text
        self.words -> Uppercase() -> self.answer
      }

      switch = Carousel(graph: Session)
      ConsoleReader() -> [switch, switch.next]
      switch -> ConsoleWriter()

      """)

  static let literalMismatch = Code(
    "K0307", "a literal that the inbox does not take",
    """
    A value at the start of a chain is sent once, as a message of the type that the inbox takes. A list stands for one
    message where a list is taken, and else for its elements, one after the other.
    """,
    example: "5 -> Uppercase() -> ConsoleWriter()\n", mended: "\"five\" -> Uppercase() -> ConsoleWriter()\n")

  static let ownBoxInside = Code(
    "K0308", "a box of the graph itself in the middle of a chain",
    """
    What comes in by an inbox of the graph begins a chain, and what goes out by an outbox ends one. To do both, write two chains.
    """,
    example: """
      graph Loud {
        inbox words: Text
        outbox louder: Text
        ConsoleReader() -> self.words -> Uppercase() -> self.louder
      }

      """,
    mended: """
      graph Loud {
        inbox words: Text
        outbox louder: Text
        loud = Uppercase()
        [self.words, ConsoleReader()] -> loud -> self.louder
      }

      ConsoleReader() -> Loud() -> ConsoleWriter()

      """)

  static let missingField = Code(
    "K0309", "a field that the messages do not have",
    """
    Some components look into messages, at the field that a parameter names: `Format("{name}")`, `Filter(by: "size")`; and
    copies share messages `by key(name)`. Where the type of the messages is known, so are its fields. Messages of type
    `JSON` or `Any` may have any. A component that reckons with whole messages, such as `Mean()`, takes no lists and no records.
    """,
    example: "Ticks(interval: 1s) -> PassThrough() replicate 2 by key(user) -> ConsoleWriter()\n",
    mended: "Ticks(interval: 1s) -> PassThrough() replicate 2 -> ConsoleWriter()\n")

  static let typeTooLarge = Code(
    "K0310", "a type that becomes too large",
    """
    The type of what Zip, Batch and their like send is made of the types that they take, so that it grows from one to the next: a
    Zip that gets the same messages on both sides sends a type twice as large. Types of more than 4096 parts, and those with more
    than 256 parts inside each other, are refused. Send as pairs only what is needed, or make a text or JSON of it in between.
    """,
    example: """
      first = Ticks(interval: 1s)
      \((1...13).map { "z\($0) = Zip()\n\($0 == 1 ? "first" : "z\($0 - 1)") -> [z\($0).left, z\($0).right]\n" }.joined())z13 -> ConsoleWriter()

      """,
    mended: """
      first = Ticks(interval: 1s)
      both = Zip()
      first -> [both.left, both.right]
      both -> ConsoleWriter()

      """)
}
