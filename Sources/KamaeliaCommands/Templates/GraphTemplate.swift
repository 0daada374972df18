/// A small graph to begin with.
enum GraphTemplate {
  /// The file of a graph that counts, with its test.
  static func file(_ path: String) -> NewFile {
    NewFile(path: path, text: text(title: title(path), path: path), isExecutable: true)
  }

  private static func text(title: String, path: String) -> String {
    """
    #!/usr/bin/env -S kamaelia run
    ## \(title): say here what the graph does.

    # Parameters are set on the command line: kamaelia run \(path) --set every=200ms
    param every: Duration = 1s

    # A name stands for an instance of a component; `kamaelia list` shows the components there are.
    ticks = Ticks(interval: $every)

    # A linkage: what comes out of the left goes into the right, in order and without loss.
    ticks -> ConsoleWriter()

    # A test runs without waiting, on a clock of its own: kamaelia test \(path)
    test "ticks count from 0" of Ticks(interval: 1s, count: 2) {
        expect outbox: 0
        advance 1s
        expect outbox: 1
        expect outbox closed
    }

    """
  }

  /// `graphs/chat-room.kgraph` is titled "Chat room".
  static func title(_ path: String) -> String {
    let file = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    let name = file.hasSuffix(".kgraph") ? file.dropLast(".kgraph".count) : file
    let words = name.split { $0 == "-" || $0 == "_" }
    let title = words.joined(separator: " ")
    return title.prefix(1).uppercased() + title.dropFirst()
  }
}
