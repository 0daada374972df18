import Kamaelia

/// A graph made at random, in which every type fits, or exactly one thing is wrong.
///
/// It is finite: every source ends. It is made of chains through components and graphs, each of which is known to take what the
/// one before sends; the same seed makes the same graph.
struct RandomGraph {
  /// The types that the generator keeps account of.
  indirect enum Kind: Hashable {
    case int, double, text, bool, duration, json, bytes
    case list(Kind)
    case pair(Kind, Kind)

    var written: String {
      switch self {
      case .int: "Int"
      case .double: "Double"
      case .text: "Text"
      case .bool: "Bool"
      case .duration: "Duration"
      case .json: "JSON"
      case .bytes: "Bytes"
      case .list(let element): "[\(element.written)]"
      case .pair(let left, let right): "{left: \(left.written), right: \(right.written)}"
      }
    }

    var isScalar: Bool {
      switch self {
      case .list, .pair, .json: false
      default: true
      }
    }

    var depth: Int {
      switch self {
      case .list(let element): element.depth + 1
      case .pair(let left, let right): max(left.depth, right.depth) + 1
      default: 0
      }
    }
  }

  private var random: Dice
  private var graphs: [String] = []
  private var statements: [String] = []
  private var names = 0
  /// What is done wrong, once, and how many chances are left before it is.
  private var fault: Int?

  /// The text of the graph.
  private(set) var text = ""
  /// What was done wrong, in words; nil for a graph that is right.
  private(set) var mistake: String?

  /// - Parameter isWrong: whether one thing in it is wrong.
  init(seed: UInt64, isWrong: Bool = false) {
    random = Dice(state: seed &* 0x9E37_79B9_7F4A_7C15 &+ 1)
    for _ in 0...random.below(2) { chain() }
    if isWrong { makeMistake() }
    text = (statements + graphs).joined(separator: "\n") + "\n"
  }

  private mutating func name(_ word: String) -> String {
    names += 1
    return "\(word)\(names)"
  }

  private mutating func pick<Element>(_ all: [Element]) -> Element { all[random.below(all.count)] }

  // MARK: Chains

  /// A chain from a source to a sink.
  private mutating func chain() {
    let (start, kind) = source(3)
    let (middle, _) = stages(kind, 1 + random.below(5), 2)
    statements.append(
      ([start] + middle + [pick(["ConsoleWriter()", "Discard()", "Format(\"{}\") -> Discard()"])])
        .joined(separator: " -> "))
  }

  private mutating func literal(_ kind: Kind) -> String {
    switch kind {
    case .int: "\(random.below(60))"
    case .double: "\(random.below(60)).5"
    case .text: pick(["\"a b\"", "\"\"", "\"é, ü\"", "\"x\""])
    case .bool: pick(["true", "false"])
    case .duration: pick(["1s", "20ms"])
    case .json: pick(["{a: 1, b: \"x\"}", "{a: [1, 2]}"])
    case .bytes: "\"bytes\""
    case .list(let element): "[\((0...random.below(2)).map { _ in literal(element) }.joined(separator: ", "))]"
    case .pair(let left, let right): "{left: \(literal(left)), right: \(literal(right))}"
    }
  }

  private mutating func scalar() -> Kind { pick([.int, .int, .double, .text, .text, .bool, .duration]) }

  /// A text that begins a chain, and what comes out of it.
  private mutating func source(_ depth: Int) -> (String, Kind) {
    switch random.below(depth > 0 ? 10 : 4) {
    case 0, 1: return ("Ticks(\(1 + random.below(20))ms, count: \(random.below(6)))", .int)
    case 2:
      let kind = scalar()
      return ("\(literal(kind)) -> PassThrough()", kind)
    case 3:
      // A list whose elements are what is taken, one after the other.
      let (made, kind) = typedGraph(scalar(), depth)
      return (
        "[\((0...random.below(3)).map { _ in literal(kind.taken) }.joined(separator: ", "))] -> \(made)()", kind.sent
      )
    case 4:
      let kind = Kind.list(scalar())
      return ("\(literal(kind)) -> Unbatch()", kind.element)
    case 5: return sequence(depth)
    case 6: return zip(depth)
    case 7: return merge(depth)
    case 8: return carousel(depth)
    default: return backplane(depth)
    }
  }

  /// Graphs one after the other.
  private mutating func sequence(_ depth: Int) -> (String, Kind) {
    let kind = scalar()
    let made = (0...random.below(2)).map { _ in sourceGraph(of: kind, depth) }
    return ("Sequence([\(made.joined(separator: ", "))])", kind)
  }

  /// A graph that sends messages of a type, with a parameter or without.
  private mutating func sourceGraph(of kind: Kind, _ depth: Int) -> String {
    let graph = name("Source")
    let hasParameter = random.below(2) == 0 && kind == .int
    let start = hasParameter ? "Ticks(1ms, count: $count)" : "\(literal(kind)) -> PassThrough()"
    let (middle, _) = stages(kind, random.below(2), 0, keeping: true)
    graphs.append(
      """
      graph \(graph)\(hasParameter ? "(count: Int)" : "") {
        outbox sent: \(kind.written)
        \(([start] + middle).joined(separator: " -> ")) -> self.sent
      }
      """)
    return hasParameter ? "\(graph)(count: \(random.below(5)))" : graph
  }

  /// Pairs of two chains.
  private mutating func zip(_ depth: Int) -> (String, Kind) {
    let both = name("both")
    let (left, a) = source(depth - 1)
    let (right, b) = source(depth - 1)
    statements.append("\(both) = Zip()")
    statements.append("\(left) -> \(both).left")
    statements.append("\(right) -> \(both).right")
    return (both, .pair(a, b))
  }

  /// Two chains of one type, or of whole numbers and others, into one.
  private mutating func merge(_ depth: Int) -> (String, Kind) {
    let one = name("one")
    let (first, kind) = source(depth - 1)
    var (second, other) = ("\(literal(kind.isScalar ? kind : .int)) -> PassThrough()", kind)
    if kind == .int, random.below(2) == 0 { (second, other) = ("\(literal(.double)) -> PassThrough()", .double) }
    if kind == .double, random.below(2) == 0 { second = "Ticks(1ms, count: 2)" }
    guard kind.isScalar else { return (first, kind) }
    statements.append("\(one) = \(pick(["Merge()", "PassThrough()", "Merge(inTurn)"]))")
    let lines = ["\(first) -> \(one)", "\(second) -> \(one)"]
    statements += random.below(2) == 0 ? lines : lines.reversed()
    return (one, other == .double ? .double : kind)
  }

  /// Graphs that are made while others run, with a parameter that comes as a message.
  private mutating func carousel(_ depth: Int) -> (String, Kind) {
    let (show, graph, kind) = (name("show"), name("Shown"), pick([Kind.int, .text, .duration, .double]))
    graphs.append(
      """
      graph \(graph)(value: \(kind.written)) {
        outbox sent: Text
        "now" -> Prefix("${value}: ") -> self.sent
      }
      """)
    statements.append("\(show) = Carousel(\(graph), parameter: \"value\")")
    statements.append("\(literal(kind)) -> \(show).next")
    return (show, .text)
  }

  private mutating func backplane(_ depth: Int) -> (String, Kind) {
    let plane = name("plane")
    let (start, kind) = source(depth - 1)
    statements.insert("backplane \(plane): \(kind.written)", at: 0)
    statements.append("\(start) -> @\(plane)")
    return ("@\(plane)", kind)
  }

  // MARK: Stages

  /// Components and graphs one behind the other.
  ///
  /// - Parameter keeping: whether the type that goes in must come out.
  private mutating func stages(
    _ kind: Kind, _ count: Int, _ depth: Int, keeping: Bool = false
  ) -> (all: [String], kind: Kind) {
    var (all, kind): ([String], Kind) = ([], kind)
    for _ in 0..<count {
      let (stage, next) = keeping || random.below(2) == 0 ? (keeper(), kind) : stage(kind, depth)
      all.append(stage)
      kind = next
    }
    return (all, kind)
  }

  /// Something that passes on what it takes.
  private mutating func keeper() -> String {
    pick([
      "PassThrough()", "Take(\(1 + random.below(9)))", "Drop(\(random.below(3)))", "Dedupe()",
      "Buffer(\(1 + random.below(9)))",
      "Delay(\(1 + random.below(30))ms)", "Throttle(\(1 + random.below(900))/s)", "Sample(\(1 + random.below(3)))",
      "Merge()",
      "PassThrough() replicate \(2 + random.below(2))", "PassThrough() replicate 2 ordered",
    ])
  }

  /// Something that takes messages of a type and may send others.
  private mutating func stage(_ kind: Kind, _ depth: Int) -> (String, Kind) {
    var all: [(String, Kind)] = [
      ("Count()", .int), ("Format(\"{}\")", .text), ("FormatJSON() -> ParseJSON()", .json),
    ]
    if kind.depth < 3 {
      all += [("Batch(\(1 + random.below(3)))", .list(kind)), ("Window(\(1 + random.below(3)))", .list(kind))]
    }
    switch kind {
    case .int: all += [("Sum()", .int), ("Mean()", .double), ("FormatJSON() -> ParseJSON()", .json)]
    case .double: all += [("Sum()", .double), ("Mean()", .double)]
    case .text:
      all += [
        ("Uppercase()", .text), ("Trim()", .text), ("Prefix(\"> \")", .text), ("Encode() -> Decode()", .text),
        ("Replace(\"(a)\", with: \"[{1}]\")", .text), ("Words()", .text), ("Encode()", .bytes),
        ("Split(\" \").list", .list(.text)),
      ]
    case .bytes: all += [("Decode()", .text), ("Decode() -> Lowercase()", .text)]
    case .list(let element):
      all += [("Unbatch()", element), ("Unbatch() -> Batch(2)", kind)]
      if element == .text { all.append(("Join(\"-\")", .text)) }
      if element.isScalar { all.append(("FormatJSON() -> ParseJSON() -> Unbatch()", .json)) }
    case .pair(let left, _):
      all += [("Format(\"{left} {right}\")", .text), ("Format(\"{right:>12}\")", .text)]
      if left.isScalar { all.append(("CountBy(\"left\") -> Unbatch() -> Format(\"{key} {count}\")", .text)) }
    case .bool, .duration, .json: break
    }
    if depth > 0 {
      let (made, typed) = typedGraph(kind, depth)
      all += [("\(made)()", typed.sent), ("\(made)()", typed.sent)]
    }
    return pick(all)
  }

  /// What a graph takes and what it sends.
  private struct Typed {
    let taken: Kind
    let sent: Kind
  }

  /// A graph that takes messages of a type, declared as such, or as something that they widen to.
  private mutating func typedGraph(_ kind: Kind, _ depth: Int) -> (String, Typed) {
    let graph = name("Step")
    var declared = kind.written
    switch random.below(5) {
    case 0 where kind == .int: declared = "Int(0...\(60 + random.below(1000)))"
    case 1 where kind.isScalar: declared = "\(kind.written)?"
    case 2 where kind == .int: declared = "Double"
    case 3: declared = "Any"
    default: break
    }
    let isKept = declared.hasPrefix(kind.written) && !declared.hasSuffix("?")
    // What a refined inbox takes is what it is told, so it is fed by literals only where that is known.
    if declared.hasPrefix("Int(") { declared = "Int" }
    let (middle, sent) =
      isKept ? stages(kind, 1 + random.below(2), depth - 1) : (["Format(\"{}\")"], Kind.text)
    graphs.append(
      """
      graph \(graph) {
        inbox taken: \(declared)
        outbox sent: \(sent.written)
        self.taken -> \(middle.joined(separator: " -> ")) -> self.sent
      }
      """)
    return (graph, Typed(taken: kind, sent: sent))
  }

  // MARK: Mistakes

  /// Adds one statement that cannot be right, or makes one wrong.
  private mutating func makeMistake() {
    let (start, kind) = source(2)
    let keepers = (0..<random.below(3)).map { _ in keeper() }
    let through = ([start] + keepers).joined(separator: " -> ")
    var mistakes: [(String, [String], [String])] = [
      ("an unknown component", ["\(through) -> Pasthrough() -> Discard()"], []),
      ("an unknown parameter", ["\(through) -> Take(counts: 3) -> Discard()"], []),
      ("a parameter of another type", ["\(through) -> Take(\"x\") -> Discard()"], []),
      ("a parameter out of bounds", ["\(through) -> Batch(0) -> Discard()"], []),
      ("an unknown box", ["\(through) -> PassThrough().inbux -> Discard()"], []),
      ("a required inbox that nothing leads to", ["Uppercase() -> Discard()"], []),
      (
        "a type that is part of itself",
        ["c = PassThrough()", "\(through) -> c", "c -> Batch(2) -> c", "c -> Discard()"], []
      ),
      (
        "a literal that is no list",
        [
          "\(literal(.int)) -> \(keepers.joined(separator: " -> "))\(keepers.isEmpty ? "" : " -> ")Unbatch() -> Discard()"
        ], []
      ),
      (
        "a literal of another record", ["{c: 1} -> Wanting()"],
        ["graph Wanting {\n  inbox taken: {a: Int, b: Text}\n  self.taken -> Discard()\n}"]
      ),
      (
        "a literal out of range", ["100 -> \((keepers + ["Small()"]).joined(separator: " -> "))"],
        ["graph Small {\n  inbox taken: Int(0...64)\n  self.taken -> Discard()\n}"]
      ),
      (
        "a graph that needs a parameter", ["Sequence([Needing]) -> Discard()"],
        ["graph Needing(count: Int) {\n  outbox sent: Int\n  Ticks(1ms, count: $count) -> self.sent\n}"]
      ),
      (
        "a parameter that a graph does not have",
        ["s = Carousel(Given, parameter: \"valu\")", "\"x\" -> s.next", "s -> Discard()"],
        ["graph Given(value: Text) {\n  outbox sent: Text\n  \"a\" -> Prefix($value) -> self.sent\n}"]
      ),
      (
        "a parameter that messages cannot be",
        ["s = Carousel(Given, parameter: \"value\")", "Ticks(1ms, count: 1) -> s.next", "s -> Discard()"],
        ["graph Given(value: Text) {\n  outbox sent: Text\n  \"a\" -> Prefix($value) -> self.sent\n}"]
      ),
      (
        "a graph with other boxes than are declared", ["Hosting(graph: Sending)"],
        [
          "graph Hosting(graph: Graph(outbox: Duration)) {\n  Sequence([$graph]) -> Discard()\n}",
          "graph Sending {\n  outbox sent: Text\n  \"a\" -> PassThrough() -> self.sent\n}",
        ]
      ),
      (
        "an item of another type",
        ["Ticks(1ms, count: 1) -> Format(\"next\") -> Chooser([\"a\", 2]) -> Uppercase() -> Discard()"], []
      ),
      (
        "a component as a graph that cannot work", ["s = Carousel(Sample)", "\"x\" -> [s, s.next]", "s -> Discard()"],
        []
      ),
      ("a pattern that lacks a group", ["\"a\" -> Replace(\"(a)\", with: \"{2}\") -> Discard()"], []),
      (
        "a type that is too large",
        ["t0 = Ticks(1ms, count: 1)"]
          + (1...20).flatMap { ["t\($0) = Zip()", "t\($0 - 1) -> [t\($0).left, t\($0).right]"] } + ["t20 -> Discard()"],
        []
      ),
    ]
    if kind != .text { mistakes.append(("no text", ["\(through) -> Uppercase() -> Discard()"], [])) }
    if kind != .bytes { mistakes.append(("no bytes", ["\(through) -> Decode() -> Discard()"], [])) }
    if kind != .list(.text) { mistakes.append(("no list of texts", ["\(through) -> Join() -> Discard()"], [])) }
    if kind.isScalar {
      mistakes.append(("no list", ["\(through) -> Unbatch() -> Discard()"], []))
      mistakes.append(("no such field", ["\(through) -> Format(\"{nope}\") -> Discard()"], []))
      mistakes.append(("no field to sum", ["\(through) -> Mean(of: \"nope\") -> Discard()"], []))
      mistakes.append(("no label", ["\(through) -> Bars(label: \"{nope}\") -> Discard()"], []))
    }
    if kind == .bool || kind == .bytes { mistakes.append(("no number", ["\(through) -> Sum() -> Discard()"], [])) }
    if kind != .duration {
      mistakes.append(
        (
          "no duration", ["\(through) -> Waiting()"],
          ["graph Waiting {\n  inbox taken: Duration\n  self.taken -> Discard()\n}"]
        ))
    }
    let (words, lines, more) = pick(mistakes)
    mistake = words
    statements += lines
    graphs += more
  }
}

extension RandomGraph.Kind {
  fileprivate var element: RandomGraph.Kind {
    if case .list(let element) = self { element } else { self }
  }
}

/// A source of chance that a seed decides (SplitMix64).
struct Dice {
  var state: UInt64

  mutating func below(_ limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((bits ^ (bits >> 31)) % UInt64(limit))
  }
}
