import Kamaelia

/// Components that take one type and send another, and do nothing else.
struct Converters {
  private struct Converter {
    let name: String
    let from: MessageType
    let to: MessageType
    /// Whether it can be written without arguments.
    let isPlain: Bool
    /// How many parameters it has: the fewer, the more it does nothing but convert. One that needs no name counts twice,
    /// since who writes the component is meant to give it.
    let parameters: Int
  }

  private let all: [Converter]

  /// Those that give each message as it is, in another form.
  private static let faithful: Set = ["Decode", "Encode"]
  /// Those that need an argument to do nothing else.
  private static let written = ["Format": "Format(\"{}\")"]

  init(_ library: Library) {
    all = library.names.compactMap { name in
      guard let signature = library.signature(of: name), let inbox = signature.defaultInbox,
        let outbox = signature.defaultOutbox, !inbox.isArray, !outbox.isArray, name.first?.isLowercase == false,
        inbox.isRequired, signature.inboxes.count == 1
      else { return nil }
      // What is told of files, programs, graphs or places in the network has to do with them: it is no mere converter.
      guard !signature.parameters.contains(where: { $0.type.reachesOutside }) else { return nil }
      // What takes or sends anything converts nothing by intention.
      guard inbox.type.variables.isEmpty, outbox.type.variables.isEmpty, outbox.type != .any else { return nil }
      // What takes anything and may refuse it converts only what it is told about.
      let isPlain = signature.parameters.allSatisfy { $0.defaultValue != nil }
      if inbox.type == .any, isPlain, signature.outboxes.contains(where: \.isRequired) { return nil }
      return Converter(
        name: name, from: inbox.type.unrefined, to: outbox.type.unrefined, isPlain: isPlain,
        parameters: signature.parameters.count + signature.parameters.count(where: \.isMain))
    }
  }

  /// What to put between, at most three ways: `Lines()`, or two steps where none does it in one.
  func between(_ from: MessageType, _ to: MessageType) -> [String] {
    let starts = all.filter { from.widens(to: $0.from) && $0.to != from }
    let ends = all.filter { $0.to.widens(to: to) && $0.from != to }
    func shown(_ converter: Converter) -> String {
      Self.written[converter.name] ?? "\(converter.name)(\(converter.isPlain ? "" : "…"))"
    }
    func rank(_ converter: Converter) -> Int {
      // What keeps all that there is comes before what takes something away.
      if Self.faithful.contains(converter.name) { return 0 }
      let isText = converter.name == "Format" && from.isScalar
      return converter.parameters + (converter.from == .any ? 100 : 0) - (isText ? 50 : 0)
    }
    let single = starts.filter { $0.to.widens(to: to) }
      .sorted { (rank($0), $0.name) < (rank($1), $1.name) }
    let exact = single.filter { $0.from != .any }
    if !single.isEmpty {
      var shown = (exact.isEmpty ? single : exact).prefix(3).map(shown)
      // Texts that were lines have lost their ends.
      if shown.first == "Encode()", all.contains(where: { $0.name == "Encode" && $0.parameters > 1 }) {
        shown.insert("Encode(lineEnding: lf)", at: 1)
      }
      return shown
    }
    var pairs: [(rank: Int, text: String)] = []
    for first in starts where first.isPlain && first.from != .any {
      for second in ends where second.isPlain && second.from != .any && first.to.widens(to: second.from) {
        pairs.append((rank(first) + rank(second), "\(shown(first)) -> \(shown(second))"))
      }
    }
    if pairs.isEmpty {
      // Anything can be written as a text, which others read; who reads JSON needs it in that form.
      for first in starts where first.from == .any && (first.isPlain || Self.written[first.name] != nil) {
        for second in ends where second.isPlain && second.from != .any && first.to.widens(to: second.from) {
          let isLast = to == .json && first.name == "Format"
          pairs.append((rank(first) + rank(second) + (isLast ? 200 : 0), "\(shown(first)) -> \(shown(second))"))
        }
      }
    }
    return pairs.sorted { ($0.rank, $0.text) < ($1.rank, $1.text) }.prefix(3).map(\.text)
  }
}

extension ParameterType {
  fileprivate var reachesOutside: Bool {
    switch self {
    case .path, .command, .graph, .port, .address, .url: true
    case .optional(let type), .list(let type): type.reachesOutside
    default: false
    }
  }
}

extension MessageType {
  /// Whether a text of it has no parts: no quotes, braces or commas belong to it.
  fileprivate var isScalar: Bool {
    switch self {
    case .any: true
    case .named(let name, _): !["JSON", "Bytes"].contains(name)
    case .optional(let wrapped): wrapped.isScalar
    default: false
    }
  }
}

extension Expander {
  func converters(from: MessageType, to: MessageType) -> [String] { converters.between(from, to) }
}
