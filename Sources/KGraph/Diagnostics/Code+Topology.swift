/// K0401–K0416: the shape of a graph.
extension Code {
  static let topology: [Code] = [
    inboxWithoutProducer, neverLinked, neverReached, linkedTwice, takesOne, emptyCircle, ownBoxUnused, nothingToShare,
    orderedGraph, canStall, nothingToRun, lonelyBackplane, orderOfOtherBox, orderOfLateAnswers,
    usedTwice, unevenBranches,
  ]

  static let inboxWithoutProducer = Code(
    "K0401", "a required inbox that nothing is linked to",
    """
    The component cannot work without messages on this inbox. Link an outbox to it, or a literal; `control` is no substitute.
    """,
    example: "Uppercase() -> ConsoleWriter()\n", mended: "ConsoleReader() -> Uppercase() -> ConsoleWriter()\n")

  static let neverLinked = Code(
    "K0402", .warning, "an instance that no linkage speaks of",
    """
    The instance has a name and nothing is linked to it. If its work is meant to be done for its own sake, write it as a statement
    without a name: `Ticks(1s)`.
    """,
    example: "clock = Ticks(interval: 1s)\nConsoleReader() -> ConsoleWriter()\n",
    mended: "clock = Ticks(interval: 1s)\nclock -> ConsoleWriter()\n")

  static let neverReached = Code(
    "K0403", .warning, "instances that no message ever reaches",
    """
    Each of these waits for another one of them: no source, literal, backplane or box of the graph leads to any. A circle needs
    something that sends the first message.
    """,
    example: """
      a = PassThrough()
      b = PassThrough()
      a -[64, dropOldest]-> b -> a

      """,
    mended: """
      a = PassThrough()
      b = PassThrough()
      "first" -> a
      a -[64, dropOldest]-> b -> a

      """)

  static let linkedTwice = Code(
    "K0404", .warning, "two boxes that are linked twice",
    """
    Two linkages between the same boxes would deliver every message twice. The second one is left out.
    """,
    example: "a = Ticks(interval: 1s)\nb = ConsoleWriter()\na -> b\na -> b\n",
    mended: "a = Ticks(interval: 1s)\nb = ConsoleWriter()\na -> b\n")

  static let takesOne = Code(
    "K0405", "an inbox that takes one linkage and has several",
    """
    The component says that messages of different producers must not be mixed on this inbox: bytes of two streams, say. Give each
    producer an instance of its own, or merge the messages where it is clear how.
    """,
    example:
      "text = Decode()\nFileReader(path: \"a\") -> text\nFileReader(path: \"b\") -> text\ntext -> ConsoleWriter()\n",
    mended:
      "FileReader(path: \"a\") -> Decode() -> ConsoleWriter()\nFileReader(path: \"b\") -> Decode() -> ConsoleWriter()\n"
  )

  static let emptyCircle = Code(
    "K0406", "a circle of linkages without a component in it",
    "The boxes of graphs are linked in a circle that passes through no component: a message in it would never arrive anywhere.",
    example: """
      graph Wire {
        inbox into: Text
        outbox out: Text
        self.into -> self.out
      }

      wire = Wire()
      wire -> wire
      ConsoleReader() -> wire
      wire -> ConsoleWriter()

      """,
    mended: """
      graph Wire {
        inbox into: Text
        outbox out: Text
        self.into -> self.out
      }

      wire = Wire()
      ConsoleReader() -> wire
      wire -> ConsoleWriter()

      """)

  static let ownBoxUnused = Code(
    "K0407", .warning, "a box of a graph that nothing inside is linked to",
    "Messages that are sent to such an inbox go nowhere, and nothing ever comes out of such an outbox.",
    example: """
      graph Loud {
        inbox words: Text
        inbox rate: Int
        outbox louder: Text
        self.words -> Uppercase() -> self.louder
      }

      ConsoleReader() -> Loud().(words, _) -> ConsoleWriter()

      """,
    mended: """
      graph Loud {
        inbox words: Text
        outbox louder: Text
        self.words -> Uppercase() -> self.louder
      }

      ConsoleReader() -> Loud() -> ConsoleWriter()

      """)

  static let nothingToShare = Code(
    "K0408", "`by` or `ordered` for copies that share nothing",
    """
    `by` says how the messages of the default inbox are shared out among the copies, and `ordered` brings what they make of
    them back in order. Here nothing is linked to a default inbox.
    """,
    example: "Ticks(interval: 1s) replicate 2 ordered -> ConsoleWriter()\n",
    mended: "Ticks(interval: 1s) replicate 2 -> ConsoleWriter()\n")

  static let orderedGraph = Code(
    "K0409", "`ordered` for copies of a whole graph",
    """
    The order of the input can be brought back where each copy is one component, since then it is known which messages came
    of which. Inside a graph messages may be delayed or dropped. Replicate the component inside it instead.
    """,
    example: """
      graph Loud {
        inbox words: Text
        outbox louder: Text
        self.words -> Uppercase() -> self.louder
      }

      ConsoleReader() -> Loud() replicate 2 ordered -> ConsoleWriter()

      """,
    mended: "ConsoleReader() -> Uppercase() replicate 2 ordered -> ConsoleWriter()\n")

  static let canStall = Code(
    "K0410", .warning, "a circle of linkages that wait, which can stall",
    """
    Each linkage in the circle makes its sender wait when it is full. If messages come into the circle faster than they leave it, all of
    its linkages fill up, and every instance waits for the next one for ever. Let one linkage of the circle lose messages
    (`-[64, dropOldest]->`), or, where you know that the messages cannot become more, say `# allow(K0410)` on the line.
    """,
    example: """
      loop = PassThrough()
      ConsoleReader() -> loop -> Match(pattern: "again") as again -> loop
      again.rejected -> ConsoleWriter()

      """,
    mended: """
      loop = PassThrough()
      ConsoleReader() -> loop -> Match(pattern: "again") as again -[64, dropOldest]-> loop
      again.rejected -> ConsoleWriter()

      """)

  static let nothingToRun = Code(
    "K0411", .warning, "a file with nothing to run and nothing to import",
    "The file declares no instance, no linkage and no graph.",
    example: "# Ticks() -> ConsoleWriter()\n", mended: "Ticks() -> ConsoleWriter()\n")

  static let lonelyBackplane = Code(
    "K0412", .warning, "a backplane with only one side",
    "A backplane that nothing publishes to stays silent, and what is published to one that nobody reads is lost.",
    example: "backplane room: Text\nConsoleReader() -> @room\n",
    mended: "backplane room: Text\nConsoleReader() -> @room\n@room -> ConsoleWriter()\n")

  static let orderOfOtherBox = Code(
    "K0413", .warning, "an outbox that `ordered` does not reach",
    """
    `ordered` puts the messages of the default outbox of the copies into the order of the messages they were made of. Those of all
    other outboxes come as the copies send them. If their order does not matter, say `# allow(K0413)` on the line; if it does, do
    without copies.
    """,
    example: """
      work = Match(pattern: "error") replicate 2 ordered
      ConsoleReader() -> work -> ConsoleWriter()
      work.rejected -> Discard()

      """,
    mended: """
      work = Match(pattern: "error") replicate 2 ordered
      ConsoleReader() -> work -> ConsoleWriter()
      work.rejected -> Discard()  # allow(K0413)

      """)

  static let orderOfLateAnswers = Code(
    "K0414", .warning, "`ordered` for copies that may answer late",
    """
    To put the answers of copies back in order it must be known which message each was made of: what a copy sends before it takes its
    next message. A program reads ahead and answers when it likes, and a component that delays messages sends them later, so
    that their answers come in no order at all. Leave `ordered` away, or do the work in a component that answers at once.
    """,
    example: "ConsoleReader() -> `cat` replicate 2 ordered -> ConsoleWriter()\n",
    mended: "ConsoleReader() -> `cat` replicate 2 -> ConsoleWriter()\n")

  static let usedTwice = Code(
    "K0415", "two components that use one file or one port for themselves",
    """
    A file that is replaced, or that is renamed while it is written, belongs to the component that writes it: what another one writes
    to it is lost. Link both to one component, or let both append. A port of TCP or UDP and a socket in the file system belong to the
    one component that listens there.
    """,
    example: echo + "TCPServer(port: 4000, protocol: Echo)\nTCPServer(port: 4000, protocol: Echo)\n",
    mended: echo + "TCPServer(port: 4000, protocol: Echo)\nTCPServer(port: 4001, protocol: Echo)\n")

  private static let echo = """
    graph Echo {
      inbox heard: Bytes
      outbox said: Bytes
      self.heard -> PassThrough() -> self.said
    }

    """

  static let unevenBranches = Code(
    "K0416", .warning, "branches that meet again and do not get the same number of messages",
    """
    A component such as Zip takes messages from all its inboxes in step. Where two of them are fed by one source, and the way to one
    of them leads through a component that lets only some messages pass, the other way fills up; then the source
    waits for room there, and nothing more comes on the way that Zip waits for. Let the full way lose messages
    (`-[64, dropOldest]->`), pair them before some are left out, or, where you know that few enough come, say
    `# allow(K0416)` on the line.
    """,
    example: """
      source = ConsoleReader()
      both = Zip()
      source -> Match(pattern: "error") -> both.left
      source -> both.right
      both -> ConsoleWriter()

      """,
    mended: """
      source = ConsoleReader()
      both = Zip()
      source -> Match(pattern: "error") -> both.left
      source -[64, dropOldest]-> both.right
      both -> ConsoleWriter()

      """)
}
