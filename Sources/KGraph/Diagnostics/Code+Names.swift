/// K0201–K0223: names, files, and how large a graph becomes.
extension Code {
  static let names: [Code] = [
    unknownComponent, unknownInstance, unknownBox, unknownParameter, unknownBackplane, declaredTwice,
    unknownGraphInFile, unreadableFile, importLeavesRoot, importCircle, graphCircle, declarationInside, noDefaultBox,
    eitherBox, importWithParameter, backplaneElsewhere, badElement, tooLargeGraph, tooDeep, tooManyFiles,
    tooManyFindings,
  ]

  static let unknownComponent = Code(
    "K0201", "a component or graph that does not exist",
    """
    The name is neither one of the library's components nor a graph that is declared or imported here. `kamaelia list`
    shows the components; a graph of another file needs an `import`.
    """,
    example: "Ticks() -> ConsolWriter()\n", mended: "Ticks() -> ConsoleWriter()\n")

  static let unknownInstance = Code(
    "K0202", "an instance that does not exist",
    """
    A bare name is an instance of this graph: `tail = FileTail(…)` declares one, and so does `Match(…) as errors` in a chain.
    Instances made inside `for` are known only there. A new instance of a component has parentheses.
    """,
    example:
      "errors = Match(pattern: \"error\")\nConsoleReader() -> errors -> ConsoleWriter()\nerorrs.rejected -> Discard()\n",
    mended:
      "errors = Match(pattern: \"error\")\nConsoleReader() -> errors -> ConsoleWriter()\nerrors.rejected -> Discard()\n"
  )

  static let unknownBox = Code(
    "K0203", "a box that does not exist",
    """
    The component or graph has no box of that name. Without a name the default box is meant: `inbox` or `outbox`, or
    the one that the component marks. `kamaelia list Name` shows the boxes of a component.
    """,
    example:
      "errors = Match(pattern: \"error\")\nConsoleReader() -> errors -> ConsoleWriter()\nerrors.reject -> Discard()\n",
    mended:
      "errors = Match(pattern: \"error\")\nConsoleReader() -> errors -> ConsoleWriter()\nerrors.rejected -> Discard()\n"
  )

  static let unknownParameter = Code(
    "K0204", "a parameter that does not exist",
    """
    `$name` is a parameter of this graph or the variable of a `for` around it. The parameters of the graph around are not seen
    inside a graph: what it needs is handed to it, so that it can be used elsewhere.
    """,
    example: "param every: Duration = 1s\nTicks(interval: $evry) -> ConsoleWriter(end: \"${every}\")\n",
    mended: "param every: Duration = 1s\nTicks(interval: $every) -> ConsoleWriter(end: \"${every}\")\n")

  static let unknownBackplane = Code(
    "K0205", "a backplane that does not exist",
    "`@name` is a backplane that this graph or one around it declares: `backplane name: Type`.",
    example: "backplane room: Text\nConsoleReader() -> @room\n@rom -> ConsoleWriter()\n@room -> Discard()\n",
    mended: "backplane room: Text\nConsoleReader() -> @room\n@room -> ConsoleWriter()\n")

  static let declaredTwice = Code(
    "K0206", "a name that is declared twice",
    """
    Two instances, parameters, backplanes, graphs, inboxes or outboxes of one graph have different names. An inbox and an
    outbox may share one, and so may things of different kinds.
    """,
    example: "out = ConsoleWriter()\nout = ConsoleWriter(stream: stderr)\nTicks() -> out\n",
    mended: "out = ConsoleWriter()\nerr = ConsoleWriter(stream: stderr)\nTicks() -> [out, err]\n")

  static let unknownGraphInFile = Code(
    "K0207", "an import of a graph that the file does not hold",
    """
    `import {Name} from "file.kgraph"` takes graphs that are declared in that file; the file's own graph is imported by
    `import "file.kgraph" as Name`.
    """,
    example: "import {Audio} from \"audio.kgraph\"\nAudio() -> ConsoleWriter()\n",
    files: ["audio.kgraph": "outbox tick: Int\nTicks() -> self.tick\n"],
    mended: "import \"audio.kgraph\" as Audio\nAudio() -> ConsoleWriter()\n")

  static let unreadableFile = Code(
    "K0208", "an imported file that cannot be read",
    """
    Paths of imports are relative to the file that imports. The file must exist, be a plain file of at most 8 MiB, and be
    readable.
    """,
    example: "import \"nowhere.kgraph\" as Nowhere\nNowhere() -> ConsoleWriter()\n",
    mended: "Ticks() -> ConsoleWriter()\n")

  static let importLeavesRoot = Code(
    "K0209", "an import from outside the root folder",
    """
    A graph imports files from the folder it is run in and the folders inside that, and no others: neither by `..`, nor by an
    absolute path, nor by a symbolic link. So a graph from elsewhere cannot read the files of the machine it runs on.
    """,
    example: "import \"/etc/passwd\" as Users\nUsers() -> ConsoleWriter()\n", mended: "Ticks() -> ConsoleWriter()\n")

  static let importCircle = Code(
    "K0210", "files that import each other in a circle",
    """
    A file is read before the one that imports it. Put what both need into a third file that both import.
    """,
    example: "import \"chat.kgraph\" as Chat\nChat()\n",
    files: [
      "chat.kgraph": "import \"room.kgraph\" as Room\nRoom()\n",
      "room.kgraph": "import \"chat.kgraph\" as Chat\nTicks() -> ConsoleWriter()\nChat()\n",
      "audio.kgraph": "outbox tick: Int\nTicks(1s) -> self.tick\n",
    ],
    mended: "import \"audio.kgraph\" as Audio\nAudio() -> ConsoleWriter()\n")

  static let graphCircle = Code(
    "K0211", "a graph that contains itself",
    """
    Graphs are expanded before they run, and one that contains itself would never end. A condition does not help. A parameter of
    type `Graph` can be given the graph itself: its instances are made while the graph runs.
    """,
    example: """
      graph Echo {
        inbox words: Text
        outbox echo: Text
        self.words -> Echo() -> self.echo
      }

      ConsoleReader() -> Echo() -> ConsoleWriter()

      """,
    mended: """
      graph Echo {
        inbox words: Text
        outbox echo: Text
        self.words -> PassThrough() -> self.echo
      }

      ConsoleReader() -> Echo() -> ConsoleWriter()

      """)

  static let declarationInside = Code(
    "K0212", "a declaration in a place that it does not belong to",
    """
    Parameters, boxes, backplanes, graphs, imports and defaults belong to a graph as a whole, not to a loop or a condition in
    it, and tests belong to a file.
    """,
    example: """
      param loud: Bool = true
      if $loud {
        backplane room: Text
      }
      Ticks() -> ConsoleWriter()

      """,
    mended: """
      backplane room: Text
      param loud: Bool = true
      ConsoleReader() -> @room
      if $loud {
        @room -> ConsoleWriter()
      }

      """)

  static let noDefaultBox = Code(
    "K0213", "no default box",
    """
    Where no box is named, `inbox` or `outbox` is meant, or the one that the component marks, or the only one. Here there is none,
    or there are several of equal rank: name the box, as in `mixer.left`.
    """,
    example: "ConsoleReader() -> Ticks() -> ConsoleWriter()\n", mended: "Ticks() -> ConsoleWriter()\n")

  static let eitherBox = Code(
    "K0214", "a box in the middle of a chain that could be either side's",
    "The component has an inbox and an outbox of that name. Say which is meant: `.(name, _)` or `.(_, name)`.",
    example: """
      graph Loud {
        inbox words: Text
        outbox words: Text
        self.words -> Uppercase() -> self.words
      }

      ConsoleReader() -> Loud().words -> ConsoleWriter()

      """,
    mended: """
      graph Loud {
        inbox words: Text
        outbox words: Text
        self.words -> Uppercase() -> self.words
      }

      ConsoleReader() -> Loud().(words, _) -> ConsoleWriter()

      """)

  static let importWithParameter = Code(
    "K0215", "a path of an import that depends on a parameter",
    "Imports are read before parameters have values. Import both files, and choose between their graphs with `if`.",
    example: "param kind: Text = \"a\"\nimport \"${kind}.kgraph\" as Part\nPart() -> ConsoleWriter(end: $kind)\n",
    mended: "param end: Text = \"a\"\nTicks() -> ConsoleWriter(end: $end)\n")

  static let backplaneElsewhere = Code(
    "K0216", "a graph that is used without the backplane it speaks of",
    """
    A graph may use the backplanes of the graph or file around it. Where it is imported on its own, these do not exist.
    Give it boxes instead, or import the whole file.
    """,
    example: "import {Guest} from \"room.kgraph\"\nGuest()\n",
    files: [
      "room.kgraph": """
      backplane air: Text

      ConsoleReader() -> @air
      Guest()

      graph Guest {
        @air -> ConsoleWriter()
      }

      """
    ],
    mended: "import \"room.kgraph\" as Room\nRoom()\n")

  static let badElement = Code(
    "K0217", "an array box without its index, or a plain box with one",
    """
    An array box is several boxes under one name, told apart by an index: `merge.in[0]`, `switch.out["error"]`. The index is a whole
    number from 0 or a text. A plain box has none.
    """,
    example: "Ticks() -> Merge().in -> ConsoleWriter()\n", mended: "Ticks() -> Merge().(in[0], _) -> ConsoleWriter()\n")

  static let tooLargeGraph = Code(
    "K0220", "a graph that becomes too large",
    """
    A graph may have 100,000 instances and 1,000,000 linkages when all graphs in it are expanded, and `for` may take 1,000,000
    turns. This is counted before anything is built.
    """,
    example: "ConsoleReader() -> Uppercase() replicate 200_000 -> ConsoleWriter()\n",
    mended: "ConsoleReader() -> Uppercase() replicate 4 -> ConsoleWriter()\n")

  static let tooDeep = Code(
    "K0221", "graphs inside graphs, or imports of imports, more than 64 deep",
    "Graphs may be nested 64 deep, and so may imports. Nobody needs that many by intention.",
    example: "",
    commands: #"""
      for n in $(seq 65); do echo "import \"$((n + 1)).kgraph\" as Next" > $n.kgraph; done
      kamaelia check 1.kgraph

      """#)

  static let tooManyFiles = Code(
    "K0222", "more than 256 files",
    "A graph may be made of 256 files.",
    example: "",
    commands: #"""
      for n in $(seq 300); do
        echo "import \"$n.kgraph\" as Graph$n" >> all.kgraph
        echo "Ticks(1s) -> ConsoleWriter()" > $n.kgraph
      done
      kamaelia check all.kgraph

      """#)

  static let tooManyFindings = Code(
    "K0223", "more mistakes than anybody reads",
    """
    After 1000 messages the checker says no more. Most of them probably have one cause near the beginning: a name that is
    wrong where it is declared, a file that is not imported.
    """,
    example: "",
    commands: """
      yes 'Tciks(1s) -> ConsoleWriter()' | head -n 1001 > wrong.kgraph
      kamaelia check wrong.kgraph

      """)
}
