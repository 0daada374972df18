import Kamaelia

/// What an expression is worth.
enum Evaluated: Hashable, Sendable {
  case value(Value)
  case graph(GraphArgument)
  case graphs([GraphArgument])
  /// Not known before the graph runs, or wrong with an error reported; the type, where that is known.
  case unknown(MessageType?)

  static let broken = Evaluated.unknown(nil)

  /// The graphs that it is.
  var graphs: [GraphArgument] {
    switch self {
    case .graph(let graph): [graph]
    case .graphs(let graphs): graphs
    case .value, .unknown: []
    }
  }

  /// The program of a command, where that much is known of it.
  var program: String? {
    switch self {
    case .value(.command(let words)): words.first
    case .unknown(let type): type?.program
    case .value, .graph, .graphs: nil
    }
  }

  /// What it is in a few words, for messages that it is nothing else.
  var sketch: String {
    switch self {
    case .value(let value): value.sketch
    case .graph(let graph): "`\(graph.name)`"
    case .graphs: "a list of graphs"
    case .unknown(let type): type.map { "a \($0.unrefined)" } ?? "unknown"
    }
  }
}

/// A graph or a component that is handed on as a value.
struct GraphArgument: Hashable, Sendable {
  enum Subject: Hashable, Sendable {
    /// Its number in the program.
    case graph(Int)
    case component(String)
  }

  let subject: Subject
  let name: String
  /// What the author gave, and the defaults; what is missing comes from the component that makes the instances.
  let arguments: [String: Evaluated]
  /// The names of those that the author gave, whatever they are worth.
  let given: Set<String>
  let place: Place

  static func == (a: GraphArgument, b: GraphArgument) -> Bool {
    a.subject == b.subject && a.arguments == b.arguments && a.given == b.given
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(subject)
    hasher.combine(arguments)
  }
}

extension Literal.Value {
  /// The value that a component is given.
  var value: Value {
    switch self {
    case .integer(let number): .int(Int(number))
    case .double(let number): .double(number)
    case .boolean(let truth): .bool(truth)
    case .duration(let nanoseconds): .duration(.nanoseconds(nanoseconds))
    case .size(let bytes): .size(Int(bytes))
    case .frequency(let hertz): .frequency(hertz)
    case .fraction(let share): .percent(share)
    case .rate(let count, let nanoseconds): .rate(perSecond: count * 1e9 / Double(nanoseconds), isBytes: false)
    case .byteRate(let bytes, let nanoseconds):
      .rate(perSecond: Double(bytes) * 1e9 / Double(nanoseconds), isBytes: true)
    }
  }
}

extension Value {
  /// The text that `${name}` puts into another; nil for what has none.
  var interpolated: String? {
    switch self {
    case .text(let text): text
    case .name(let name): name
    case .bool, .int, .double, .duration, .size, .frequency, .rate, .percent: description
    case .list, .record, .range, .command, .graph: nil
    }
  }

  /// Of how many values it consists, itself included; stops counting beyond `limit`.
  func count(upTo limit: Int) -> Int {
    var parts: [Value]
    switch self {
    case .list(let values): parts = values
    case .record(let fields): parts = fields.map(\.value)
    case .range(let low, let high): parts = [low, high]
    default: return 1
    }
    var sum = 1
    while let part = parts.popLast(), sum <= limit { sum += part.count(upTo: limit - sum) }
    return sum
  }

  /// Which of two values of one kind is less; nil where they cannot be compared.
  func isLess(than other: Value) -> Bool? {
    switch (self, other) {
    case (.int(let a), .int(let b)): a < b
    case (.duration(let a), .duration(let b)): a < b
    case (.size(let a), .size(let b)): a < b
    case (.frequency(let a), .frequency(let b)): a < b
    case (.rate(let a, let x), .rate(let b, let y)): x == y ? a < b : nil
    case (.text(let a), .text(let b)): a < b
    default:
      if let a = number, let b = other.number { a < b } else { nil }
    }
  }

  /// Whether two values are the same as an author sees it: `1` and `1.0` are.
  func isSame(as other: Value) -> Bool {
    if self == other { return true }
    if let a = number, let b = other.number { return a == b }
    return false
  }

  private var number: Double? {
    switch self {
    case .int(let number): Double(number)
    case .double(let number), .percent(let number): number
    default: nil
    }
  }

  /// The type of the message that it is when nothing asks for another one; nil for what is none.
  var naturalType: MessageType? {
    switch self {
    case .bool: .bool
    case .int: .int
    case .double, .percent: .double
    case .text: .text
    case .duration: .named("Duration", [])
    case .size: .named("Size", [])
    case .frequency: .named("Frequency", [])
    case .rate: .named("Rate", [])
    case .list, .record: .json
    case .range, .name, .command, .graph: nil
    }
  }
}
