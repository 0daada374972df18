/// K0501–K0506: options of linkages and restarts.
extension Code {
  static let options: [Code] = [
    unknownOption, badOption, optionTwice, capacityOfLatest, capacityOutOfRange, badRestart,
  ]

  static let unknownOption = Code(
    "K0501", "an option that does not exist",
    """
    A linkage has `capacity` (messages or bytes), `overflow` (`block dropOldest dropNewest latest fail`) and `ttl`, how long a message may
    wait. In the arrow the first two need no name: `-[64, dropOldest, ttl: 5s]->`. A restart has `max`, `within` and `backoff`.
    """,
    example: "Ticks(interval: 1s) -[size: 64]-> ConsoleWriter()\n",
    mended: "Ticks(interval: 1s) -[64]-> ConsoleWriter()\n")

  static let badOption = Code(
    "K0502", "a value that the option does not take",
    """
    A capacity is a number of messages or a size in bytes, an overflow policy is one of `block dropOldest dropNewest latest fail`,
    `ttl` and `within` are durations above zero, `max` is a number from 1, and `backoff` is a duration or a range of two.
    """,
    example: "Ticks(interval: 1s) -[64, drop]-> ConsoleWriter()\n",
    mended: "Ticks(interval: 1s) -[64, dropOldest]-> ConsoleWriter()\n")

  static let optionTwice = Code(
    "K0503", "an option that is given twice",
    "Each option has one value.",
    example: "Ticks(interval: 1s) -[64, 128]-> ConsoleWriter()\n",
    mended: "Ticks(interval: 1s) -[128]-> ConsoleWriter()\n")

  static let capacityOfLatest = Code(
    "K0504", "a capacity beside `latest`",
    "`latest` keeps one message, the newest. Another capacity contradicts it.",
    example: "Ticks(interval: 1s) -[64, latest]-> ConsoleWriter()\n",
    mended: "Ticks(interval: 1s) -[latest]-> ConsoleWriter()\n")

  static let capacityOutOfRange = Code(
    "K0505", "a capacity of no message, or of too many",
    "A linkage holds 1 to 16,777,216 messages. To limit their memory, write a size: `-[16MiB]->`.",
    example: "Ticks(interval: 1s) -[0]-> ConsoleWriter()\n", mended: "Ticks(interval: 1s) -[1]-> ConsoleWriter()\n")

  static let badRestart = Code(
    "K0506", "a restart clause that says nothing clear",
    """
    `restart onFailure(max: 5, within: 1min, backoff: 1s...30s)`: at most that many restarts in that time, with a pause before each
    that doubles from the first to the last. All three have defaults, all are written with their names, and `never` has none of them.
    """,
    example: "ConsoleReader() restart always(5) -> ConsoleWriter()\n",
    mended: "ConsoleReader() restart always(max: 5) -> ConsoleWriter()\n")
}
