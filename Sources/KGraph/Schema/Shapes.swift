import Kamaelia

/// A type of messages; one of its members says which. Lists of at most one element stand for what is inside.
struct TypeShape: Codable, Sendable {
  struct Field: Codable {
    let name: String
    let type: TypeShape
  }

  struct Refinement: Codable {
    let name: String
    let value: ValueShape
  }

  struct Graph: Codable {
    let inbox: [TypeShape]
    let outbox: [TypeShape]

    init(_ inbox: MessageType?, _ outbox: MessageType?) {
      self.inbox = inbox.map { [TypeShape($0)] } ?? []
      self.outbox = outbox.map { [TypeShape($0)] } ?? []
    }
  }

  var name: String?
  var refinements: [Refinement]?
  var variable: String?
  var list: [TypeShape]?
  var optional: [TypeShape]?
  var record: [Field]?
  var graph: Graph?

  init(_ type: MessageType) {
    switch type {
    case .any: break
    case .named(let name, let refinements):
      self.name = name
      if !refinements.isEmpty {
        self.refinements = refinements.map { Refinement(name: $0.name, value: ValueShape($0.value)) }
      }
    case .variable(let name): variable = name
    case .list(let element): list = [TypeShape(element)]
    case .optional(let wrapped): optional = [TypeShape(wrapped)]
    case .record(let fields): record = fields.map { Field(name: $0.name, type: TypeShape($0.type)) }
    case .graph(let inbox, let outbox): graph = Graph(inbox, outbox)
    }
  }

  /// Without any member it is `Any`.
  var type: MessageType {
    if let name {
      return .named(
        name, (refinements ?? []).compactMap { part in part.value.value.map { MessageType.Refinement(part.name, $0) } })
    }
    if let variable { return .variable(variable) }
    if let element = list?.first { return .list(element.type) }
    if let wrapped = optional?.first { return .optional(wrapped.type) }
    if let record { return .record(record.map { MessageType.Field($0.name, $0.type.type) }) }
    if let graph { return .graph(inbox: graph.inbox.first?.type, outbox: graph.outbox.first?.type) }
    return .any
  }
}

/// What a parameter takes.
struct ParameterShape: Codable, Sendable {
  /// As manual pages name it, where that is one word.
  var name: String?
  var choice: [String]?
  var list: [ParameterShape]?
  var optional: [ParameterShape]?
  var range: [ParameterShape]?
  var graph: TypeShape.Graph?

  init(_ type: ParameterType) {
    switch type {
    case .choice(let names): choice = names
    case .list(let element): list = [ParameterShape(element)]
    case .optional(let wrapped): optional = [ParameterShape(wrapped)]
    case .range(let bound): range = [ParameterShape(bound)]
    case .graph(let inbox, let outbox): graph = TypeShape.Graph(inbox, outbox)
    default: name = type.description
    }
  }

  private static let scalars: [ParameterType] = [
    .text, .int, .double, .bool, .duration, .size, .frequency, .rate, .port, .path, .address, .url, .json, .pattern,
    .command,
  ]

  /// A name that is not known takes anything.
  var type: ParameterType {
    if let choice { return .choice(choice) }
    if let element = list?.first { return .list(element.type) }
    if let wrapped = optional?.first { return .optional(wrapped.type) }
    if let bound = range?.first { return .range(bound.type) }
    if let graph { return .graph(inbox: graph.inbox.first?.type, outbox: graph.outbox.first?.type) }
    return Self.scalars.first { $0.description == name } ?? .any
  }
}

/// A value; one of its members says which kind.
struct ValueShape: Codable, Sendable {
  struct Field: Codable {
    let name: String
    let value: ValueShape
  }

  struct Rate: Codable {
    let perSecond: Double
    let isBytes: Bool
  }

  var bool: Bool?
  var int: Int?
  var double: Double?
  var text: String?
  /// Seconds, and attoseconds beside them.
  var duration: [Int64]?
  /// Bytes.
  var size: Int?
  /// Hertz.
  var frequency: Double?
  var rate: Rate?
  var percent: Double?
  var list: [ValueShape]?
  var record: [Field]?
  var range: [ValueShape]?
  var name: String?
  var command: [String]?

  init(_ value: Value) {
    switch value {
    case .bool(let value): bool = value
    case .int(let value): int = value
    case .double(let value): double = value
    case .text(let value): text = value
    case .duration(let value): duration = [value.components.seconds, value.components.attoseconds]
    case .size(let bytes): size = bytes
    case .frequency(let hertz): frequency = hertz
    case .rate(let perSecond, let isBytes): rate = Rate(perSecond: perSecond, isBytes: isBytes)
    case .percent(let share): percent = share
    case .list(let values): list = values.map { ValueShape($0) }
    case .record(let fields): record = fields.map { Field(name: $0.name, value: ValueShape($0.value)) }
    case .range(let lower, let upper): range = [ValueShape(lower), ValueShape(upper)]
    case .name(let word): name = word
    case .command(let words): command = words
    // A graph has no value outside its file.
    case .graph(let graph): name = graph.name
    }
  }

  /// Nil where no member says what it is.
  var value: Value? {
    if let bool { return .bool(bool) }
    if let int { return .int(int) }
    if let double { return .double(double) }
    if let text { return .text(text) }
    if let duration, duration.count == 2 {
      return .duration(Duration(secondsComponent: duration[0], attosecondsComponent: duration[1]))
    }
    if let size { return .size(size) }
    if let frequency { return .frequency(frequency) }
    if let rate { return .rate(perSecond: rate.perSecond, isBytes: rate.isBytes) }
    if let percent { return .percent(percent) }
    if let list { return .list(list.compactMap(\.value)) }
    if let record {
      return .record(record.compactMap { field in field.value.value.map { Value.Field(field.name, $0) } })
    }
    if let range, range.count == 2, let lower = range[0].value, let upper = range[1].value {
      return .range(lower, upper)
    }
    if let name { return .name(name) }
    return command.map { .command($0) }
  }
}
