/// K0001–K0015: characters, texts and signs; what is seen before a statement is understood.
///
/// An empty example stands for one that cannot be printed: bytes that are no text, or a file of enormous size.
extension Code {
  static let characters: [Code] = [
    strangeCharacter, notUTF8, hiddenCharacter, unclosedText, badEscape, badInterpolation, foreignQuotes,
    foreignComment, foreignSign, textWithoutQuotes, semicolon, tooLarge, tooManyErrors, badCommand, foreignFormat,
  ]

  static let strangeCharacter = Code(
    "K0001", "a character that is no part of the language",
    """
    Outside texts and comments, a graph is written with names, numbers, quotes and the signs
    `-> = : , . ... $ @ ? ( ) [ ] { }` and a few for comparison. Take the character away, or put the text that it
    belongs to in quotes.
    """,
    example: "Ticks(1s) -> ConsoleWriter() %%\n",
    mended: "Ticks(1s) -> ConsoleWriter()\n")

  static let notUTF8 = Code(
    "K0002", "the file is not in UTF-8",
    """
    Graph files are read as UTF-8. The place is the first byte that is none. Older editors save in another encoding,
    and `iconv -f latin1 -t utf-8 old.kgraph > new.kgraph` converts; a file that is no text at all cannot be read.
    """,
    example: "",
    commands: #"""
      printf 'caf\351' > old.kgraph
      kamaelia check old.kgraph

      """#, mended: "# café\nTicks(1s) -> ConsoleWriter()\n")

  static let hiddenCharacter = Code(
    "K0003", "a character that cannot be seen",
    """
    Control characters, spaces of no or unusual width and signs that turn the direction of writing make a text read
    otherwise than it runs. In a text, write such a character by its number: `\\u{200B}`. Elsewhere take it away.
    """,
    example: "Ticks(1s) ->\u{A0}ConsoleWriter()\n",
    mended: "Ticks(1s) -> ConsoleWriter()\n")

  static let unclosedText = Code(
    "K0004", "a text or command that nothing closes",
    """
    A text begins and ends with `"`, a command with a backtick, both on one line. For a line end inside a text write
    `\\n`, for a quote `\\"`.
    """,
    example: """
      param path: Path = "access.log
      FileReader($path).lines -> ConsoleWriter()

      """,
    mended: """
      param path: Path = "access.log"
      FileReader($path).lines -> ConsoleWriter()

      """)

  static let badEscape = Code(
    "K0005", "a backslash before something that it does not go with",
    """
    In a text, `\\n` is a line end, `\\t` a tab, `\\r` a carriage return, `\\0` a zero, `\\\\` a backslash, `\\"` a quote,
    `\\$` a dollar sign and `\\u{1F600}` the character of that number. For texts with many backslashes, such as patterns,
    there is `r"…"`, where a backslash is only a backslash.
    """,
    example: "ConsoleReader() -> Match(\"\\d+\") -> ConsoleWriter()\n",
    mended: "ConsoleReader() -> Match(r\"\\d+\") -> ConsoleWriter()\n")

  static let badInterpolation = Code(
    "K0006", "`${…}` holds something else than a name",
    """
    In a text, `${name}` stands for the value of a parameter or of a loop's variable. It holds one name and nothing else. For
    the two characters themselves, write `\\${`.
    """,
    example: """
      param nick: Text = "ann"
      ConsoleReader() -> Prefix("${nick + 1}: ") -> ConsoleWriter()

      """,
    mended: """
      param nick: Text = "ann"
      ConsoleReader() -> Prefix("${nick}: ") -> ConsoleWriter()

      """)

  static let foreignQuotes = Code(
    "K0007", "quotes that are none here",
    """
    Texts stand in straight double quotes: `"text"`. Single quotes, and the curly ones that word processors put in their stead,
    are not quotes here.
    """,
    example: "ConsoleReader() -> Prefix('ann: ') -> ConsoleWriter()\n",
    mended: "ConsoleReader() -> Prefix(\"ann: \") -> ConsoleWriter()\n")

  static let foreignComment = Code(
    "K0008", "a comment of another language",
    """
    A comment begins with `#` and ends with its line. A comment that begins with `##` describes the declaration
    that follows.
    """,
    example: "Ticks(1s) -> ConsoleWriter() // the time\n",
    mended: "Ticks(1s) -> ConsoleWriter() # the time\n")

  static let foreignSign = Code(
    "K0009", "a sign that is written differently here",
    """
    Linkages are written `->`, declarations with `=`, ranges with `...`, conditions with `and`, `or` and `not`. Signs of
    other languages that mean the same are not taken, so that there is one way to write each thing.
    """,
    example: "Ticks(1s) => ConsoleWriter()\n",
    mended: "Ticks(1s) -> ConsoleWriter()\n")

  static let textWithoutQuotes = Code(
    "K0010", "a text without quotes",
    """
    Paths, addresses and file names are texts, and stand in quotes. Without them only names, numbers and the cases that
    a parameter lists can be written.
    """,
    example: "FileReader(/var/log/syslog).lines -> ConsoleWriter()\n",
    mended: "FileReader(\"/var/log/syslog\").lines -> ConsoleWriter()\n")

  static let semicolon = Code(
    "K0011", "a semicolon",
    "A statement ends with its line, and arguments are parted by commas. Semicolons are not used.",
    example: "Ticks(1s) -> ConsoleWriter();\n",
    mended: "Ticks(1s) -> ConsoleWriter()\n")

  static let tooLarge = Code(
    "K0012", "a file of more than 8 MiB",
    """
    A graph file may have 8 MiB at most. A graph of that size is usually made by a program: `for`, `replicate` and graphs
    of graphs say the same in a few lines.
    """,
    example: "",
    commands: """
      yes '# more' | head -c 9000000 > large.kgraph
      kamaelia check large.kgraph

      """)

  static let tooManyErrors = Code(
    "K0013", "too many errors of syntax",
    """
    After 100 errors of syntax the rest of a file is not reported: it is probably no graph file, or one mistake near the
    beginning has spoiled all that follows.
    """,
    example: "",
    commands: """
      yes '= 1' | head -n 101 > spoilt.kgraph
      kamaelia check spoilt.kgraph

      """)

  static let badCommand = Code(
    "K0014", "a command that cannot be split into words",
    """
    A command in backticks is a program and its arguments, split at blanks as a shell does it: `'…'` and `"…"` hold a word
    together, a backslash takes its meaning from the next character. No shell runs, so pipes and `>` mean
    nothing: link two commands by `->` instead.
    """,
    example: "ConsoleReader() -> `grep 'b` -> ConsoleWriter()\n",
    mended: "ConsoleReader() -> `grep 'b'` -> ConsoleWriter()\n")

  static let foreignFormat = Code(
    "K0015", "a file or a line of another format",
    """
    What is written as JSON, YAML, TOML, Markdown, HTML or for another flow-based system is no graph. `kamaelia import` makes
    a graph of an `.fbp` file, and `kamaelia ci` checks the graphs in a Markdown file. Everything else is written anew: a line
    for each linkage.
    """,
    example: "'a.txt' -> PATH Reader(FileReader)\nReader OUT -> IN Printer(ConsoleWriter)\n",
    mended: "FileReader(\"a.txt\").lines -> ConsoleWriter()\n")
}
