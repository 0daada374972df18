import Kamaelia

/// A number read from a message of any type.
enum Number: Hashable {
  case int(Int)
  case double(Double)
  case time(Duration)

  /// What counts as a number, for the page of a component that has the parameter `of` and the outbox `errors`.
  static let details = """
    A number is the whole message, or the field `of` of it: numbers, durations (in seconds), sizes (in bytes), and text \
    that is written like a number; whole numbers of more than 64 bits are none. A message without a number goes to `errors`; where the graph does not link that, such \
    a message is an error.
    """

  /// The number in the message, or in the field of it that `field` leads to; nil where there is none. Durations count in
  /// seconds, sizes in bytes, and text that is written like a number is one; not a number (NaN) and ∞ are none.
  init?(in message: some Message, field: String) {
    if field.isEmpty, let time = message.base(as: Duration.self) {
      self = .time(time)
      return
    }
    guard let json = field.isEmpty ? message.json : message.json.value(at: field) else { return nil }
    switch json {
    case .int(let number): self = .int(number)
    case .double(let number) where number.isFinite: self = .double(number)
    case .string(let text):
      let text = Self.trimmed(text)
      if let number = Int(text) {
        self = .int(number)
      } else if !Self.isWhole(text), let number = Double(text), number.isFinite {
        self = .double(number)
      } else {
        return nil
      }
    default: return nil
    }
  }

  /// The text without blanks at its ends.
  private static func trimmed(_ text: String) -> Substring {
    var rest = text[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return rest
  }

  /// Whether the text is the digits of a whole number, of any size.
  private static func isWhole(_ text: Substring) -> Bool {
    let digits = text.first == "-" || text.first == "+" ? text.dropFirst() : text
    return !digits.isEmpty && digits.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
  }

  /// What to say of a message without a number.
  static func absence(in message: some Message, field: String) -> BadInput {
    let json = field.isEmpty ? message.json : message.json.value(at: field)
    if case .string(let text)? = json, isWhole(trimmed(text)) {
      return BadInput("a whole number of more than 64 bits", message.text)
    }
    return BadInput(field.isEmpty ? "this is no number" : "there is no number in the field `\(field)`", message.text)
  }

  /// The number as the language writes it.
  var text: String {
    switch self {
    case .int(let number): "\(number)"
    case .double(let number): "\(number)"
    case .time(let time): time.text
    }
  }

  /// Whether it is that number or more, without rounding either.
  func isAtLeast(_ other: Double) -> Bool {
    if case .int(let number) = self { return Comparison(whole: number, other) != .less }
    return double >= other
  }

  var double: Double {
    switch self {
    case .int(let number): Double(number)
    case .double(let number): number
    case .time(let time): time / .seconds(1)
    }
  }

  /// The number as a message of type `T`; nil where that cannot hold one. For durations it counts seconds, for sizes
  /// bytes.
  func message<T: Message>(as type: T.Type) -> T? {
    let plain: Value
    switch self {
    case .int(let number): plain = .int(number)
    case .double(let number): plain = .double(number)
    case .time(let time): plain = .duration(time)
    }
    var forms = [plain, .double(double), .frequency(double)]
    if case .time = self {} else if abs(double) < 1e18 { forms.append(.duration(.seconds(double))) }
    if case .int(let number) = self { forms.append(.size(number)) }
    forms.append(.text(plain.description))
    return forms.lazy.compactMap { T(literal: $0) }.first
  }
}
