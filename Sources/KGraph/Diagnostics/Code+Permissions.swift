import Kamaelia

/// K1001–K1002: what a graph may do to the machine.
extension Code {
  static let permissions: [Code] = [notPermitted, denied]

  static let notPermitted = Code(
    "K1001", "a graph that needs more than it is permitted",
    """
    Under `kamaelia run --permit …`, a graph may read, write, listen, connect and start programs only as far as a `--permit` says so.
    `kamaelia check --capabilities FILE` lists what a graph needs. Paths are compared after links and `..` in them are followed: a link
    in a permitted folder that leads out of it is not permitted. What only a message or a connection will say counts as all that it
    may say. The system holds the process to the same, as far as it can: see `kamaelia help run`.

    Write the `--permit` that the message names behind `kamaelia run`, or change the graph so that it needs less.
    """,
    example: "FileReader(\"/etc/passwd\") -> ConsoleWriter()\n",
    commands: "kamaelia run --permit 'read data/**' example.kgraph\n")

  static let denied = Code(
    "K1002", "a graph that needs what it is denied",
    """
    A `--deny` behind `kamaelia run` takes away what a `--permit` grants, whichever comes first. It counts against whatever could touch
    what it names: who needs `read data/**` is refused where `read data/keys` is denied.

    Change the graph so that it needs less, or leave that `--deny` out.
    """,
    example: "FileReader(\"data/keys\") -> ConsoleWriter()\n",
    commands: "kamaelia run --permit 'read data/**' --deny 'read data/keys' example.kgraph\n")
}

extension Diagnostic {
  /// Says: `…` needs `…`, which is not permitted.
  ///
  /// - Parameter option: the words on a command line that would permit it.
  package static func notPermitted(_ need: GraphNeed, option: String) -> Diagnostic {
    Diagnostic(
      .notPermitted, "`\(need.component)` needs `\(need.capability)`, which is not permitted", at: need.place,
      helps: ["to permit it: `\(option)`"])
  }

  /// Says: `…` needs `…`, which is denied.
  package static func denied(_ need: GraphNeed, by words: String) -> Diagnostic {
    Diagnostic(
      .denied, "`\(need.component)` needs `\(need.capability)`, which `\(words)` denies", at: need.place)
  }
}
