/// K0601: where instances run.
extension Code {
  static let placement: [Code] = [noHostsYet]

  static let noHostsYet = Code(
    "K0601", "hosts, which are not available yet",
    """
    `host name` and `on name { … }` will place instances on machines. The words are taken, so that graphs written today go on
    working; this version runs a graph on one machine.
    """,
    example: "host pi\nTicks(interval: 1s) -> ConsoleWriter()\n", mended: "Ticks(interval: 1s) -> ConsoleWriter()\n")
}
