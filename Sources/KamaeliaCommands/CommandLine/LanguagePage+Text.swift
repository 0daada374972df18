extension LanguagePage {
  /// The same as `grammar/language.md`, which a test holds it to.
  static let markdown = #"""
    # The language of graphs

    A graph says which components there are, and which outbox is linked to which inbox. This page is what `kamaelia help language`
    shows; `kamaelia list` tells of the components, and `kgraph.ebnf` is the grammar.

    ## A first graph

    ```kgraph
    ## Counts the long words of a text. What stands behind `##` describes what comes next.

    param path: Path = "README.md"

    words = Words(shortest: 5)

    FileReader($path).lines -> Lowercase() -> words
    words -> TopK(8) -> Bars() -> ConsoleWriter()
    words -> Count() -> ConsoleWriter(stream: stderr)
    ```

    `words = Words(…)` declares an instance; a component with parentheses in a chain is a new one each time, and a name alone is
    the one that was declared. One argument may stand without its name, for the parameter that the component marks.
    A statement ends with its line; it goes on behind `,`, `=`, an opening bracket and an arrow, and before a line that begins
    with an arrow. A comment begins with `#`. `kamaelia fmt` writes each graph in the one way it is written.

    ## Linkages

    `a -> b` sends all that comes from the outbox of `a` to the inbox of `b`. Other boxes are named; in the middle of a chain
    `.(in, out)` names both, with `_` for the usual one. Several linkages from one outbox give each of them every message; several
    into one inbox take turns. A value at the beginning of a chain is sent once. `as` names an instance where it stands.

    ```kgraph
    "a line with an error" -> Match("error") as errors -> ConsoleWriter()
    errors.rejected -> Discard()
    errors.captures -> [FormatJSON(), Count()] -> ConsoleWriter()
    ```

    ## When a linkage is full

    A linkage holds 256 messages, and of `Bytes` no more than 16 MiB; when it is full, the sender waits, and nothing is lost.
    Options in the arrow say something else: how much it holds, and what happens then.

    | option | when the linkage is full |
    | --- | --- |
    | `-[256, block]->` | the sender waits; this is so without options |
    | `-[64, dropOldest]->` | the oldest message is lost |
    | `-[64, dropNewest]->` | the new message is lost |
    | `-[latest]->` | there is one place, and the newest message takes it |
    | `-[64, fail]->` | the sender fails |
    | `-[ttl: 5s]->` | besides: a message that has waited for longer is lost |

    `-[16MiB]->` counts bytes instead of messages. `defaults { capacity: 64, overflow: dropOldest }` is for all linkages of a graph.
    `kamaelia run --stats` shows how many messages wait on each linkage, and how many were lost.

    ```kgraph
    fast = Ticks(1ms, count: 1000)

    fast -[latest]-> Throttle(10/s) -> ConsoleWriter()
    fast -[16, dropOldest, ttl: 1s]-> Throttle(5/s) -> Format("late: {}") -> ConsoleWriter()
    ```

    ## Values and types

    Texts stand in quotes, `"${name}"` puts a parameter into one, and `r"…"` is taken as it stands, which is good for patterns. Numbers
    have units: `500ms`, `1h`, `64KiB`, `48kHz`, `30/s`, `10MiB/s`, `5%`. There are lists `[1, 2]`, records `{name: "a", size: 3}`, ranges
    `1s...30s`, `true`, `false`, and bare words for what a parameter has to choose from (`from: end`).

    Types are `Text`, `Bytes`, `Int`, `Double`, `Bool`, `Duration`, `Size`, `Frequency`, `Rate`, `Port`, `Path`, `Address`, `JSON` and `Any`;
    `[Int]` is a list, `Text?` may be missing, `{name: Text}` is a record, and `Int(1...64)` a part of a type. They are found out across
    the whole graph, and boxes that are linked must agree: nothing is converted but `Int` to `Double`, in lists
    as well, and anything to `Any`.

    ## Graphs in graphs

    Every file is a graph, with parameters (`param`), inboxes and outboxes of its own if it has any. Inside, `self.name` is one of
    its own boxes. `graph` makes one that is used like a component, here or in a file that imports it. Components such as
    `TCPServer` and `Carousel` are given a graph, and make one for each connection, or for each message.

    ```kgraph
    server = TCPServer(4000, protocol: Shouting)
    server.log -> ConsoleWriter()

    graph Shouting(peer: Text) {
        inbox  heard: Bytes
        outbox said: Bytes

        self.heard
            -> Lines()
            -> Uppercase()
            -> Prefix("${peer}: ")
            -> Encode(lineEnding: lf)
            -> self.said
    }
    ```

    `import "words.kgraph" as Words` makes a file's own graph known by that name, and `import {Ranking} from "words.kgraph"` graphs that are
    in it.

    ## Backplanes

    A backplane is a place that anything may send to and listen to, in the graph and in the graphs inside it. Who listens late gets
    what comes from then on.

    ```kgraph
    backplane room: Text

    ConsoleReader() -> @room
    @room -> Prefix("heard: ") -> ConsoleWriter()
    ```

    ## Several of one kind

    `replicate 4` makes four instances that share the work of the usual inbox: in turn, or with `by key(name)` so that equal keys go to the
    same one; with `ordered`, results come in the order of what they were made of. `for` repeats statements, and `if` leaves some out; both
    are worked out before anything runs, from parameters and values.

    ```kgraph
    param verbose: Bool = false

    paths = ConsoleReader()
    paths -> WholeFile() replicate 4 ordered -> Decode() -> ConsoleWriter()

    for second in [1s, 5s] {
        Ticks($second, count: 2) -> Format("every ${second}: {}") -> ConsoleWriter(stream: stderr)
    }

    if $verbose {
        paths -> Format("reading {}") -> ConsoleWriter(stream: stderr)
    }
    ```

    ## Ends and failures

    An inbox ends when all that send to it have ended, and a component ends, as a rule, with its inbox. So a graph ends by itself when
    its sources have. A component that fails ends the graph, unless `restart` says otherwise: `never`, `onFailure` or `always`.

    Each component has some boxes without saying so: what comes to `control` tells it to stop, `signal` says how it has ended, and
    `deadLetters` gives the messages that it failed on five times, each time started again; where nobody reads them, the graph ends then.

    ```kgraph
    risky = Fail(matches: "bad") restart onFailure(max: 5, within: 1min, backoff: 100ms...10s)

    ConsoleReader() -> risky -> ConsoleWriter()
    risky.deadLetters -> FormatJSON() -> ConsoleWriter(stream: stderr)
    Ticks(1h, count: 2).signal -> risky.control
    ```

    ## Programs

    A text in backticks is a program with its arguments: a component that reads lines and writes lines, without a shell.
    `ProcessBytes` takes one for bytes as they are.

    ```kgraph
    FileReader("README.md").lines -> `sort -u` -> `head -n 5` -> ConsoleWriter()
    FileReader("README.md") -> ProcessBytes(`gzip -c`) -> FileWriter("README.md.gz")
    ```

    ## Paths

    A path is relative to the folder that `kamaelia` runs in; with `${here}` before it, as in `"${here}/page"`, it is relative to the
    folder of the file that says so. What `import` names is always relative to the importing file.

    ## Tests

    Tests stand in the file, and `kamaelia test` runs them on a clock of their own: `advance` takes no time, whatever it says.

    ```kgraph
    graph Slow {
        inbox  fast: Text
        outbox slow: Text

        self.fast -> Throttle(1/s) -> self.slow
    }

    test "one a second" of Slow {
        send   fast: "a", "b"
        expect slow: "a"
        expect nothing
        advance 1s
        expect slow: "b"
        close  fast
        expect slow closed within 1s
    }
    ```

    `expect` also takes `matching r"…"`, `recorded` (which `kamaelia test --record` writes down) and `in any order`; `replace` puts another
    instance in the place of one, such as a source that waits for a network; `cases` runs a test once for each line of a table.

    ## Warnings

    `# allow(K0402)` at the end of a statement takes a warning back; `kamaelia explain K0402` says what it means.

    """#
}
