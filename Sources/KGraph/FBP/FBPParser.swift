/// Why a text is no `.fbp` graph.
package struct FBPFailure: Error, Sendable {
  package let place: Place
  package let message: String
}

extension FBPGraph {
  /// Reads a text.
  ///
  /// - Throws: ``FBPFailure`` at the first thing that cannot be read, or where a node is one of two components.
  package init(_ source: Source) throws(FBPFailure) {
    var parser = FBPParser(source)
    try parser.run()
    self = parser.graph
  }
}

/// Reads `.fbp` texts.
private struct FBPParser {
  private typealias Step = FBPGraph.Step
  private typealias Port = FBPGraph.Port

  /// A word of a chain: `OUT`, `IN[1]`, `Node(component)`.
  private struct Word {
    let text: String
    let index: Int?
    let component: String?
    let range: Range<Int>
  }

  let source: Source
  var graph = FBPGraph()
  private var offset = 0
  /// Whether something stands before on this line.
  private var lineIsUsed = false
  private var numbers: [String: Int] = [:]
  /// What ports without a name are from here on.
  private var defaults: (into: Port?, out: Port?)
  private var losesMetadata = false
  private var hasJSON = false
  /// All words of the text, once one of them must not be taken for a node without a name.
  private var taken: Set<Substring>?
  /// How many nodes without a name there are, by the beginning of the names made for them.
  private var counts: [String: Int] = [:]

  init(_ source: Source) { self.source = source }

  private func byte(_ ahead: Int = 0) -> UInt8? {
    offset + ahead < source.bytes.count ? source.bytes[offset + ahead] : nil
  }

  private func failure(_ message: String, _ range: Range<Int>? = nil) -> FBPFailure {
    FBPFailure(place: Place(source, range ?? offset..<min(offset + 1, source.bytes.count)), message: message)
  }

  mutating func run() throws(FBPFailure) {
    // A byte order mark.
    if source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    try statements()
    if losesMetadata { graph.notes.append("what follows the `:` of a component, such as `x=` and `y=`, is left out") }
    if hasJSON { graph.notes.append("packets in JSON become texts") }
  }

  private mutating func statements() throws(FBPFailure) {
    while let next = byte() {
      switch next {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: ","), UInt8(ascii: ";"): offset += 1
      case UInt8(ascii: "\n"):
        if !lineIsUsed { graph.items.append(.blank) }
        lineIsUsed = false
        offset += 1
      case UInt8(ascii: "#"):
        let start = offset + 1
        skip { $0 != UInt8(ascii: "\n") }
        let words = source.text(start..<offset).split { $0 == "\r" }.joined()
        graph.items.append(.comment(words, isTrailing: lineIsUsed))
        lineIsUsed = true
      default:
        try statement()
        lineIsUsed = true
      }
    }
  }

  private mutating func skip(while holds: (UInt8) -> Bool) {
    while let next = byte(), holds(next) { offset += 1 }
  }

  private mutating func skipBlanks() {
    skip { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r") }
  }

  private func at(_ sign: String) -> Bool { source.bytes[offset...].starts(with: sign.utf8) }

  private mutating func statement() throws(FBPFailure) {
    for word in ["INPORT=", "OUTPORT=", "EXPORT="] where at(word) {
      offset += word.utf8.count
      return try port(word)
    }
    for word in ["DEFAULT_INPORT=", "DEFAULT_OUTPORT="] where at(word) {
      offset += word.utf8.count
      return try defaultPort(word)
    }
    if at("DECLARE=") { throw soletta(offset..<offset + 8) }
    var steps: [Step] = []
    repeat {
      if !steps.isEmpty {
        offset += 2
        // Only behind an arrow a chain may go on in the next line.
        skip { " \t\r\n".utf8.contains($0) }
      }
      steps.append(try step(isFirst: steps.isEmpty))
      skipBlanks()
    } while at("->")
    if let next = byte(), !"\n,;#".utf8.contains(next) {
      throw failure("`->`, a comma or the end of the line is missing")
    }
    if case .packet = steps[0], steps.count == 1 { throw failure("the packet goes nowhere") }
    graph.items.append(.chain(steps))
  }

  /// The name of the port, up to the end of the line.
  private mutating func defaultPort(_ keyword: String) throws(FBPFailure) {
    let start = offset
    skip(while: Self.isPartOfWord)
    let port = Port(source.text(start..<offset))
    skipBlanks()
    guard !port.name.isEmpty, byte().map({ "\n,;#".utf8.contains($0) }) ?? true else {
      throw failure("`\(keyword)` is followed by the name of a port", start..<max(start, offset))
    }
    if keyword == "DEFAULT_INPORT=" { defaults.into = port } else { defaults.out = port }
  }

  private func soletta(_ range: Range<Int>) -> FBPFailure {
    failure(
      "this is a file for Soletta, where `_(…)` is another node each time; only NoFlo's files can be read", range)
  }

  /// `Node.PORT:NAME`
  private mutating func port(_ keyword: String) throws(FBPFailure) {
    let start = offset
    skip { !" \t\r\n,;#".utf8.contains($0) }
    let text = source.text(start..<offset)
    let halves = text.split(separator: ":", omittingEmptySubsequences: false)
    let inner = halves[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard halves.count == 2, inner.count == 2, !halves[1].isEmpty, !inner[0].isEmpty, !inner[1].isEmpty else {
      throw failure("`\(keyword)` is followed by `Node.PORT:NAME`", start..<max(start, offset))
    }
    let (node, port, name) = (String(inner[0]), Port(String(inner[1])), String(halves[1]))
    try note(node, nil, start..<offset)
    // The old word does not say which way; the name has to.
    let isOut =
      keyword == "OUTPORT="
      || (keyword == "EXPORT=" && ["out", "err"].contains { port.name.lowercased().hasPrefix($0) })
    graph.items.append(
      isOut ? .outport(node: node, port: port, name: name) : .inport(node: node, port: port, name: name))
  }

  private mutating func step(isFirst: Bool) throws(FBPFailure) -> Step {
    if byte() == UInt8(ascii: "'") {
      let start = offset
      let text = try packet()
      guard isFirst else { throw failure("a packet stands at the beginning of a chain", start..<offset) }
      return .packet(text)
    }
    if let next = byte(), "{[".utf8.contains(next) {
      let start = offset
      try json()
      guard isFirst else { throw failure("a packet stands at the beginning of a chain", start..<offset) }
      hasJSON = true
      return .packet(source.text(start..<offset))
    }
    var words: [Word] = []
    while words.count < 3, let word = try word() {
      words.append(word)
      skipBlanks()
    }
    guard !words.isEmpty else { throw failure("a node is missing") }
    let number = nodeNumber(words, isFirst: isFirst, isLast: !at("->"))
    guard let number else {
      throw failure("it is not clear which of these is the node", words[0].range.lowerBound..<offset)
    }
    let node = words[number]
    try note(node.text, node.component, node.range)
    func port(_ number: Int) -> Port? {
      words.indices.contains(number) ? Port(words[number].text, words[number].index) : nil
    }
    let (into, out) = (port(number - 1), port(number + 1))
    return .node(
      node.text, into: into ?? (isFirst ? nil : defaults.into), out: out ?? (at("->") ? defaults.out : nil))
  }

  /// Which word is the node: the one with parentheses; otherwise its place says so.
  private func nodeNumber(_ words: [Word], isFirst: Bool, isLast: Bool) -> Int? {
    let marked = words.indices.filter { words[$0].component != nil }
    if marked.count > 1 { return nil }
    let number: Int
    if let only = marked.first {
      number = only
    } else if words.count == 2, !isFirst {
      // `IN Node` and `Node OUT` look alike in the middle of a chain, but for the custom to shout ports.
      let isShouted = words.map { !$0.text.contains(where: \.isLowercase) }
      number = isLast || (isShouted[0] && !isShouted[1]) ? 1 : 0
    } else {
      number = words.count == 3 ? 1 : 0
    }
    if words[number].index != nil || (isFirst && number > 0 && words.count > number + 1) { return nil }
    return number - 1 > 0 || words.count - number > 2 ? nil : number
  }

  private mutating func packet() throws(FBPFailure) -> String {
    let start = offset
    offset += 1
    var bytes: [UInt8] = []
    while let next = byte(), next != UInt8(ascii: "'") {
      if next == UInt8(ascii: "\\"), let escaped = byte(1), escaped == UInt8(ascii: "'") { offset += 1 }
      bytes.append(source.bytes[offset])
      offset += 1
    }
    guard byte() != nil else { throw failure("this packet is never closed", start..<start + 1) }
    offset += 1
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Goes behind an object or array, to where what opens it is closed.
  private mutating func json() throws(FBPFailure) {
    let start = offset
    var closing: [UInt8] = []
    var isText = false
    repeat {
      guard let next = byte() else { throw failure("this packet is never closed", start..<start + 1) }
      offset += 1
      switch next {
      case UInt8(ascii: "\\") where isText: offset = min(offset + 1, source.bytes.count)
      case UInt8(ascii: "\""): isText.toggle()
      case _ where isText: break
      case UInt8(ascii: "{"): closing.append(UInt8(ascii: "}"))
      case UInt8(ascii: "["): closing.append(UInt8(ascii: "]"))
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard closing.popLast() == next else { throw failure("this is no JSON", start..<offset) }
      default: break
      }
    } while !closing.isEmpty
  }

  /// A name for a node that has none, as NoFlo makes it: `_core_Split_1`.
  private mutating func nameless(_ component: String) -> String {
    let words =
      taken ?? Set(source.text(0..<source.bytes.count).split { !($0.isLetter || $0.isNumber || "_-".contains($0)) })
    taken = words
    let parts = component.split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
    let stem = "_" + parts.joined(separator: "_")
    var number = (counts[stem] ?? 0) + 1
    while words.contains("\(stem)_\(number)") { number += 1 }
    counts[stem] = number
    return "\(stem)_\(number)"
  }

  private mutating func word() throws(FBPFailure) -> Word? {
    let start = offset
    while let next = byte(), Self.isPartOfWord(next), !at("->") { offset += 1 }
    guard start < offset || byte() == UInt8(ascii: "(") else { return nil }
    var text = source.text(start..<offset)
    var index: Int?
    var component: String?
    if byte() == UInt8(ascii: "[") {
      let inside = try inside("]")
      guard let number = Int(inside), number >= 0 else {
        throw failure("`\(inside)` is no number of a port", start..<offset)
      }
      index = number
    } else if byte() == UInt8(ascii: "(") {
      // What stands behind the colon is for drawings.
      let words = try inside(")")
      let name = String(words.prefix { $0 != ":" })
      if text == "_" { throw soletta(start..<offset) }
      if name.count + 1 < words.count { losesMetadata = true }
      if text.isEmpty {
        guard !name.isEmpty else { throw failure("the component of a node without a name is missing", start..<offset) }
        text = nameless(name)
      }
      component = name
    }
    return Word(text: text, index: index, component: component, range: start..<offset)
  }

  private static func isPartOfWord(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "_.-".utf8.contains(byte)
  }

  private mutating func inside(_ end: Character) throws(FBPFailure) -> String {
    let start = offset
    skip { $0 != UInt8(ascii: "\n") && $0 != end.asciiValue }
    guard byte() == end.asciiValue else { throw failure("`\(end)` is missing", start..<start + 1) }
    offset += 1
    return source.text(start + 1..<offset - 1)
  }

  private mutating func note(_ node: String, _ component: String?, _ range: Range<Int>) throws(FBPFailure) {
    let component = component ?? ""
    guard let number = numbers[node] else {
      numbers[node] = graph.components.count
      graph.components.append((node, component))
      return
    }
    let known = graph.components[number].component
    if !known.isEmpty, !component.isEmpty, known != component {
      throw failure("`\(node)` is a `\(known)` already", range)
    }
    if known.isEmpty { graph.components[number].component = component }
  }
}
