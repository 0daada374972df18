/// K0100–K0106: numbers and their units.
extension Code {
  package static let units: [Code] = [
    unknownUnit, ambiguousUnit, badNumber, numberTooLarge, inexactNumber, spaceBeforeUnit, negativeRate,
  ]

  static let unknownUnit = Code(
    "K0100", "a unit that does not exist",
    """
    Durations are written with `ns us ms s min h d`, sizes with `B kB MB GB TB` (powers of 1000) and `KiB MiB GiB TiB`
    (powers of 1024), frequencies with `Hz kHz MHz GHz`, parts of a hundred with `%`, and rates as a number or size per
    time: `30/s`, `10MiB/s`. Upper and lower case count.
    """,
    example: "Ticks(5sec) -> ConsoleWriter()\n",
    mended: "Ticks(5s) -> ConsoleWriter()\n")

  static let ambiguousUnit = Code(
    "K0101", "`m` could be minutes or milliseconds",
    """
    `5m` means five minutes to some, five milliseconds to others, and five metres to the rest. Write `5min` or `5ms`.
    """,
    example: "Ticks(5m) -> ConsoleWriter()\n",
    mended: "Ticks(5min) -> ConsoleWriter()\n")

  static let badNumber = Code(
    "K0102", "a number that is written wrongly",
    """
    Numbers are decimal (`42`, `2.5`, with `_` between digits: `1_000`) or hexadecimal (`0x1F`). They begin with a digit, and no
    zero stands before others. There is no form with an exponent; units and `_` keep large numbers short.
    """,
    example: "Ticks(1s, count: 1e6) -> ConsoleWriter()\n",
    mended: "Ticks(1s, count: 1_000_000) -> ConsoleWriter()\n")

  static let numberTooLarge = Code(
    "K0103", "a number that is too large",
    """
    Whole numbers, durations in nanoseconds and sizes in bytes have 64 bits: from -9_223_372_036_854_775_808 to
    9_223_372_036_854_775_807. That is 292 years, or eight million TiB.
    """,
    example: "Ticks(200_000d) -> ConsoleWriter()\n",
    mended: "Ticks(200d) -> ConsoleWriter()\n")

  static let inexactNumber = Code(
    "K0104", "a duration or size between two whole ones",
    "Durations are whole nanoseconds and sizes are whole bytes. Write one that is.",
    example: "Ticks(1.5ns) -> ConsoleWriter()\n",
    mended: "Ticks(2ns) -> ConsoleWriter()\n")

  static let spaceBeforeUnit = Code(
    "K0105", "a space between a number and its unit",
    "A unit follows its number at once: `5s`, `16MiB`, `30/s`.",
    example: "Ticks(5 s) -> ConsoleWriter()\n",
    mended: "Ticks(5s) -> ConsoleWriter()\n")

  static let negativeRate = Code(
    "K0106", "a rate or size below zero",
    "Nothing can happen less often than never, and nothing is smaller than empty.",
    example: "ConsoleReader() -> Throttle(-3/s) -> ConsoleWriter()\n",
    mended: "ConsoleReader() -> Throttle(3/s) -> ConsoleWriter()\n")
}
