/// What people look for who come from a shell, from another flow-based system or from a programming language, and what it is
/// called here.
package enum FamiliarNames {
  /// What a word is here.
  package struct Entry: Sendable, Hashable {
    /// Components, the likeliest first.
    package let components: [String]
    /// Where it is no component, or not only: what to write.
    package let remark: String?
  }

  /// What a name that does not exist is called here, whatever the case of its letters; nil where nobody has thought of it.
  ///
  /// - Parameter names: the components of the library; others are not given.
  package static func entry(for name: String, among names: [String]) -> Entry? {
    guard let entry = table[name.lowercased().filter { $0 != "_" && $0 != "-" }] else { return nil }
    let known = entry.components.filter(names.contains)
    return known.isEmpty && entry.remark == nil ? nil : Entry(components: known, remark: entry.remark)
  }

  /// The familiar names of a component, in alphabetical order.
  package static func names(of component: String) -> [String] {
    table.filter { $0.value.components.contains(component) }.map(\.key).sorted()
  }

  /// All of them, in alphabetical order, in small letters.
  package static var all: [String] { table.keys.sorted() }

  /// Each line: the words, the components, and what to say besides.
  private static let lines: [(words: String, components: [String], remark: String?)] = [
    ("stdin readline readlines input consoleinput fdsrc", ["ConsoleReader"], nil),
    (
      "stdout stderr print println log logger debug console fakesink printf puts dump inspect show display",
      ["ConsoleWriter"], nil
    ),
    ("cat readfile openfile fileread filesrc filesource textfile", ["FileReader"], nil),
    ("writefile filewrite filesink savefile save appendfile", ["FileWriter"], nil),
    ("tail follow tailf filefollow", ["FileTail"], "for the last lines of a file: `` `tail -n 10 FILE` ``"),
    ("watch inotify fswatch watchfolder watchdirectory filewatch", ["DirectoryWatch"], nil),
    ("grep egrep regex regexp find search", ["Match", "Filter"], nil),
    ("where reject keep only if when", ["Filter"], nil),
    ("sed substitute gsub sub", ["Replace"], nil),
    ("interval timer tick heartbeat repeat every periodic generate metronome", ["Ticks"], nil),
    (
      "cron schedule scheduler at crontab", ["Clock"],
      "`Clock(1min, format: time) -> Filter(\"^03:00:\")` tells the minute"
    ),
    ("now date time datetime timestamp", ["Clock"], nil),
    (
      "exec shell sh bash command run system subprocess spawn popen cmd program", ["Process"],
      "a program is a component, in backticks: `` `sort -u` ``"
    ),
    ("sort uniq jq awk cut tr wc", [], "a program is a component, in backticks: `` `sort -u` ``"),
    ("json jsonparse jsondecode fromjson decodejson loadjson", ["ParseJSON", "FormatJSON"], nil),
    ("tojson jsonencode encodejson stringify jsonformat dumpjson", ["FormatJSON"], nil),
    ("csv csvparse fromcsv readcsv csvreader", ["ParseCSV", "FormatCSV"], nil),
    ("tocsv writecsv csvwriter", ["FormatCSV"], nil),
    ("template sprintf interpolate string tostring text stringer", ["Format"], nil),
    ("groupby groupcount frequency tally counter", ["CountBy"], nil),
    (
      "broadcast fanout multicast copy clone duplicate", ["PassThrough"],
      "an outbox sends to several inboxes by itself: `a -> [b, c]`"
    ),
    ("queue channel ringbuffer mailbox", ["Buffer"], "each linkage has a queue of its own: `a -[256]-> b`"),
    ("ratelimit limiter limit throttler leakybucket ratelimiter", ["Throttle"], nil),
    ("head first taken", ["Take"], nil),
    ("skip dropfirst", ["Drop"], nil),
    ("identity noop passthru pipe forward id relay echo nop", ["PassThrough"], nil),
    ("sink devnull null ignore blackhole drain", ["Discard", "ConsoleWriter", "FileWriter"], nil),
    ("source src producer origin", ["ConsoleReader", "FileReader", "Ticks"], nil),
    (
      "map transform compute function func lambda apply", ["Compute", "Map", "Format"],
      "for what no component does, a program in backticks: `` `jq -c --unbuffered .price` ``"
    ),
    ("average avg", ["Mean"], nil),
    ("total plus", ["Sum"], nil),
    ("reduce fold aggregate accumulate scan", ["Sum", "Count", "CountBy", "Mean"], nil),
    ("percentile quantile buckets", ["Histogram"], nil),
    ("top most topn rank ranking", ["TopK"], nil),
    ("distinct unique dedup deduplicate", ["Dedupe"], nil),
    ("flatten flatmap explode unwind iterate foreach each", ["Unbatch", "ForEach", "Carousel"], nil),
    ("collect chunk group chunks", ["Batch"], nil),
    ("slidingwindow tumblingwindow sliding", ["Window"], nil),
    ("combine pair latest combinelatest zipper", ["Zip"], nil),
    ("funnel union concat interleave mux fanin", ["Merge"], "several outboxes lead to one inbox: `[a, b] -> c`"),
    ("route router demux choose branch case switchby", ["Switch"], nil),
    ("sleep wait pause", ["Delay"], nil),
    ("http fetch get curl post httprequest request httpget wget rest", ["HTTPClient"], nil),
    ("webserver serve httpd express", ["HTTPServer"], nil),
    ("websocket ws socketio", ["WebSocketServer", "WebSocketClient"], nil),
    ("tcp socket listen netcat nc tcplisten", ["TCPServer", "TCPClient"], nil),
    ("udp datagram", ["UDPReceiver", "UDPSender"], nil),
    ("unixsocket ipc", ["UnixSocketServer", "UnixSocketClient"], nil),
    ("upper toupper uppercased touppercase", ["Uppercase"], nil),
    ("lower tolower lowercased tolowercase", ["Lowercase"], nil),
    ("strip chomp", ["Trim"], nil),
    ("splitlines linesplitter bylines", ["Lines"], nil),
    ("tokenize tokens wordsplit", ["Words"], nil),
    ("tobytes utf8 encodeutf8 bytes", ["Encode"], nil),
    ("decodeutf8 totext", ["Decode"], nil),
    ("env environment getenv", [], "a parameter hands it over: `param home: Text`, and `--set home=\"$HOME\"`"),
  ]

  private static let table: [String: Entry] = {
    var table: [String: Entry] = [:]
    for line in lines {
      for word in line.words.split(separator: " ") {
        table[String(word)] = Entry(components: line.components, remark: line.remark)
      }
    }
    return table
  }()
}
