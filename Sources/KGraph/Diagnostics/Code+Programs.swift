/// K0701–K0702: programs.
extension Code {
  static let programs: [Code] = [cannotRun, noPrograms]

  static let cannotRun = Code(
    "K0701", "a program that cannot be run",
    """
    A command in backticks is a program and its arguments. The program is looked for in the folders of `PATH`, or at its path if that
    holds a `/`, before the graph starts. No shell is involved: pipes, `>` and `*` mean nothing.
    """,
    example: "ConsoleReader() -> `no-such-program -u` -> ConsoleWriter()\n",
    mended: "ConsoleReader() -> `sort -u` -> ConsoleWriter()\n")

  static let noPrograms = Code(
    "K0702", "a command where the library has no component that runs programs",
    """
    Commands in backticks are instances of a component `Process` with a parameter `command`. This library, which somebody has put
    together for a program of their own, has none, so that graphs cannot start programs.
    """,
    example: "ConsoleReader() -> `sort -u` -> ConsoleWriter()\n",
    commands: """
      kamaelia check --schema | sed 's/"Process"/"Programme"/' > library.json
      kamaelia check --against library.json example.kgraph

      """, mended: "ConsoleReader() -> `sort -u` -> ConsoleWriter()\n")
}
