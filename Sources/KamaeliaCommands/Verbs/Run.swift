extension Verb {
  /// `run FILE` and `run -e GRAPH`.
  package static func run(_ body: @escaping Body) -> Verb {
    Verb(
      "run", "check a graph and run it",
      discussion: """
        The graph runs until its sources have ended and everything on the way has been delivered. Ctrl-C stops the \
        sources and lets the rest drain; a second one ends at once and says what was lost. Away from a terminal, SIGHUP has \
        the file read anew, and what changed in it takes effect if it has no errors. With `--watch`, each save does that \
        on a terminal too, whatever links lead to the file; a file that is empty, cut or gone for less than half a second is \
        waited for, and a graph without components is never taken. When the graph has ended, the next save runs it again.

        Standard output is the graph's own; everything else goes to standard error. The exit status is 0 when all went \
        well, 1 when the graph has errors, 2 when the command line is wrong, and 3 when the graph failed while it ran.

        With `--permit`, a graph that needs more is refused before it runs. WHAT is `read PATH`, `write PATH`, `listen tcp \
        HOST:PORT`, `connect tcp HOST:PORT`, the same with `udp`, `listen unix PATH`, `connect unix PATH`, `exec PROGRAM`, or \
        `env NAME`, which gives programs a variable of the environment. \
        In a PATH, `*` stands for any part of a name and `**` for any number of names; in the others, `*` for any HOST, PORT, \
        PROGRAM or part of a NAME. `--deny` with such words takes away what is permitted. `kamaelia check --capabilities` lists what a graph needs.

        The system holds the process, its threads and the programs that it starts to the same (Landlock and seccomp), but \
        with a coarser grain: of addresses it sees the ports of TCP only; where names are looked up, UDP goes anywhere; \
        who may write a file may write all in its folder; and a file that is not there at the start can be read later only if its \
        folder is permitted. Programs see the system's libraries besides, and none of them gets more rights from its file. Of the \
        environment they get `PATH`, `TERM`, `TZ` and what names the language, and no more than is permitted; they can neither look into the \
        run nor into each other, nor type into its terminal.
        """,
      usage: ["FILE", "-e GRAPH"],
      positionals: [Positional("FILE", .file([".kgraph"]), 0...1, "the graph; `-` reads it from standard input")],
      options: [
        .value("e", "GRAPH", .text, "run this text instead of a file"),
        .value("set", "NAME=VALUE", .setting, isRepeated: true, "set a parameter of the graph"),
        .flag("watch", "check the file whenever it is saved, and replace what changed while the rest goes on"),
        .value("grace", "TIME", .text, "how long the graph may drain when it is stopped; 10s if left out"),
        .value("workers", "NUMBER", .text, "how many components run at the same time; one for each core if left out"),
        .value(
          "max-memory", "SIZE", .text,
          "how much all messages may take together that wait on linkages or are kept by components (their pages say what "
            + "these do without room), such as `64MiB`; what each works on, and one message for each linkage, comes "
            + "besides; no limit if left out"),
        .value(
          "permit", "WHAT", .text, isRepeated: true,
          "let the graph do this and nothing that is not permitted, such as `read data/**`; `none` for nothing"),
        .flag("permit-strict", "with `--permit`: do not run where the system cannot hold the process to it"),
        .flag("stats", "show rates and waiting messages of every linkage, and a table at the end"),
      ] + lints.map { $0.name == "deny" ? denyMore : $0 },
      examples: [
        Example("kamaelia run graphs/quickstart.kgraph", "Runs the graph in the file."),
        Example("kamaelia run -e 'Ticks(1s) -> ConsoleWriter()'", "Runs a graph from the command line."),
        Example("kamaelia run tail.kgraph --set path=/var/log/syslog --set every=1s", "Sets two parameters."),
        Example(
          "kamaelia run report.kgraph --permit 'read data/**' --deny 'read data/keys' --permit 'write out.txt'",
          "Runs the graph if it needs no more, and can do no more."),
        Example(
          "kamaelia run chat.kgraph --permit 'listen tcp 127.0.0.1:*'",
          "Lets it listen to this machine, and do nothing else."),
        Example("kamaelia run chat.kgraph --watch --stats", "Follows changes of the file, and shows what flows."),
      ],
      body: body)
  }

  private static let denyMore = Option.value(
    "deny", "CODE|WHAT", .text, isRepeated: true,
    "take this warning for an error, `warnings` for all of them; or do not permit this, whatever `--permit` says")

  /// How diagnostics are to be taken; shared by the verbs that check.
  static let lints: [Option] = [
    .value("deny", "CODE", .text, isRepeated: true, "take this warning for an error; `warnings` for all of them"),
    .value("warn", "CODE", .text, isRepeated: true, "take this for a warning"),
    .value("allow", "CODE", .text, isRepeated: true, "say nothing about this"),
  ]
}
