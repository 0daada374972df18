import Foundation

@testable import KGraph

/// Texts that the tests of the syntax share.
enum SyntaxSamples {
  static let logCounter = """
    #!/usr/bin/env -S kamaelia run
    ## Counts the error lines of a log, every few seconds.

    param path: Path = "access.log"
    param every: Duration = 5s

    tail   = FileTail(path: $path)  # a bare name is an instance ...
    errors = Match(pattern: r"\\bERROR\\b")

    tail -> Lines() -> errors     # ... parentheses make a new one
    errors -> Count(every: $every) -> ConsoleWriter()
    errors.rejected -> Discard()  # only the odd box needs its name
    """ + "\n"

  static let chatRoom = """
    ## A chat room: every connection gets its own Client graph.
    param port: Port = 1500
    backplane room: Text

    graph Client(nick: Text) {
        inbox  network: Bytes
        outbox reply: Bytes

        self.network -> Lines() -> Prefix(text: "${nick}: ") -> @room
        @room -> Encode() -> self.reply
    }

    server = TCPServer(port: $port, protocol: Client)
    server.log -> ConsoleWriter()

    test "a line reaches the room" of Client(nick: "ann") {
        send   network: "hi\\n"
        expect reply: "ann: hi"
    }
    """ + "\n"

  static let everything = """
    import "audio.kgraph" as Audio
    import {Mixer, Fader as Dial} from "mixer.kgraph"
    defaults { capacity: 64, overflow: block }

    ## How many.
    param n: Int(1...64) = -4
    param handler: Graph(inbox: Bytes, outbox: [Text]?) = Client
    param row: {a: Text, b: [Int?]} = {a: "x", b: [1, 0x1F]}

    work = Work($n) replicate 4 by key(user.id) ordered restart onFailure(max: 5, backoff: 1s...30s)
    "hello" -> printer
    [1, 2.5] -> printer
    ["hi", x.y] -> [b, c.(in[0], _)] -[64, dropOldest, ttl: 5s]-> mixer.(left, mix)
      -> `grep 'a b' "${nick} x" \\`` -> @room  # on
    a[0] -> b.in["audio"]
    Match("x").rejected as errs -> c

    for cam in ["front", "rear"] { a -> b }
    if $debug and not $x == 3 or ($y < 2MiB and $z) { a -> b } else if true { } else { c -> d }
    host pi
    on pi { a -> b }

    test "all" {
        send self.in: 1, 30/s
        expect w.out[1]: 10MiB/s, 50% in any order within 5min
        expect out matching r"x"
        expect out closed within 5s
        expect nothing on out within 1s
        expect nothing
        advance 44.1kHz
        close in
    }
    """ + "\n"

  static let all = [logCounter, chatRoom, everything]

  /// All graphs of the repository, besides the samples above.
  static let realFiles: [Source] = {
    var folder = URL(filePath: #filePath)
    for _ in 0..<4 { folder.deleteLastPathComponent() }
    let paths = FileManager.default.enumerator(at: folder.appending(path: "graphs"), includingPropertiesForKeys: nil)
    var sources = all.map { Source(name: "sample", text: $0) }
    while let file = paths?.nextObject() as? URL {
      guard file.pathExtension == "kgraph", let text = try? Data(contentsOf: file) else { continue }
      sources.append(Source(name: file.lastPathComponent, bytes: Array(text)))
    }
    return sources
  }()
}

func parsed(_ text: String) -> GraphFile { GraphFile.parse(Source(name: "test.kgraph", text: text)) }
