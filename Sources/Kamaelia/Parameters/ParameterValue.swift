/// A Swift type that a parameter can have.
public protocol ParameterValue: Sendable {
  /// What the language calls it.
  static var parameterType: ParameterType { get }

  /// Reads what the graph's author wrote.
  ///
  /// - Throws: what is wrong with it, worded to follow "parameter `x`".
  init(_ value: Value) throws(ParameterError)

  /// The value as the author would write it, for manual pages.
  var value: Value { get }
}

/// A choice of bare words: an enum whose cases are strings.
///
/// ```swift
/// enum Start: String, ChoiceParameter { case beginning, end }
/// ```
public protocol ChoiceParameter: ParameterValue, CaseIterable, RawRepresentable where RawValue == String {}

extension ChoiceParameter {
  public static var parameterType: ParameterType { .choice(allCases.map(\.rawValue)) }
  public var value: Value { .name(rawValue) }

  public init(_ value: Value) throws(ParameterError) {
    guard case .name(let name) = value, let choice = Self(rawValue: name) else {
      let names = Self.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
      throw ParameterError("takes one of \(names), not \(value)", isOfRightType: false)
    }
    self = choice
  }
}

extension ParameterValue where Self: Message {
  /// Reads the literal; for types whose literals are written as messages are.
  fileprivate static func read(_ value: Value) throws(ParameterError) -> Self {
    guard let result = Self(literal: value) else { throw .mismatch(value, parameterType) }
    return result
  }
}

extension String: ParameterValue {
  public static let parameterType = ParameterType.text
  public var value: Value { .text(self) }
  public init(_ value: Value) throws(ParameterError) { self = try Self.read(value) }
}

extension Int: ParameterValue {
  public static let parameterType = ParameterType.int
  public var value: Value { .int(self) }
  public init(_ value: Value) throws(ParameterError) { self = try Self.read(value) }
}

extension Double: ParameterValue {
  public static let parameterType = ParameterType.double
  public var value: Value { .double(self) }
  public init(_ value: Value) throws(ParameterError) { self = try Self.read(value) }
}

extension Bool: ParameterValue {
  public static let parameterType = ParameterType.bool
  public var value: Value { .bool(self) }
  public init(_ value: Value) throws(ParameterError) { self = try Self.read(value) }
}

extension Duration: ParameterValue {
  public static let parameterType = ParameterType.duration
  public var value: Value { .duration(self) }
  public init(_ value: Value) throws(ParameterError) { self = try Self.read(value) }
}

extension Size: ParameterValue {
  public static let parameterType = ParameterType.size
  public var value: Value { .size(bytes) }
  public init(_ value: Value) throws(ParameterError) { self = try Self.read(value) }
}

extension Frequency: ParameterValue {
  public static let parameterType = ParameterType.frequency
  public var value: Value { .frequency(hertz) }
  public init(_ value: Value) throws(ParameterError) { self = try Self.read(value) }
}

extension Rate: ParameterValue {
  public static let parameterType = ParameterType.rate
  public var value: Value { .rate(perSecond: perSecond, isBytes: isBytes) }
  public init(_ value: Value) throws(ParameterError) { self = try Self.read(value) }
}

extension Path: ParameterValue {
  public static let parameterType = ParameterType.path
  public var value: Value { .text(string) }
  public init(_ value: Value) throws(ParameterError) {
    self = try Self.read(value)
    if string.isEmpty { throw ParameterError("takes a path, and this one is empty") }
    if string.utf8.contains(0) { throw ParameterError("takes a path, and a path holds no NUL") }
  }
}

extension Port: ParameterValue {
  public static let parameterType = ParameterType.port
  public var value: Value { .int(Int(number)) }
  public init(_ value: Value) throws(ParameterError) {
    if case .int(let number) = value, UInt16(exactly: number) == nil {
      throw ParameterError("takes a port from 0 to 65535, not \(number)")
    }
    self = try Self.read(value)
  }
}

extension Address: ParameterValue {
  public static let parameterType = ParameterType.address
  public var value: Value { .text(text) }
  public init(_ value: Value) throws(ParameterError) {
    if case .text(let text) = value, Address(text) == nil {
      throw ParameterError("takes an address such as `localhost:1500` or `[::1]:80`, not \(value)")
    }
    self = try Self.read(value)
  }
}

extension Value: ParameterValue {
  public static let parameterType = ParameterType.any
  public var value: Value { self }
  public init(_ value: Value) throws(ParameterError) { self = value }
}

extension Array: ParameterValue where Element: ParameterValue {
  public static var parameterType: ParameterType { .list(Element.parameterType) }
  public var value: Value { .list(map(\.value)) }

  public init(_ value: Value) throws(ParameterError) {
    guard case .list(let values) = value else { throw .mismatch(value, Self.parameterType) }
    self = []
    for value in values { append(try Element(value)) }
  }
}

extension Optional: ParameterValue where Wrapped: ParameterValue {
  public static var parameterType: ParameterType { .optional(Wrapped.parameterType) }
  public var value: Value { self?.value ?? .name("none") }

  /// The bare word `none` stands for no value.
  public init(_ value: Value) throws(ParameterError) {
    if case .name("none") = value { self = nil } else { self = try Wrapped(value) }
  }
}

extension ClosedRange: ParameterValue where Bound: ParameterValue {
  public static var parameterType: ParameterType { .range(Bound.parameterType) }
  public var value: Value { .range(lowerBound.value, upperBound.value) }

  public init(_ value: Value) throws(ParameterError) {
    guard case .range(let low, let high) = value else { throw .mismatch(value, Self.parameterType) }
    let (lower, upper) = (try Bound(low), try Bound(high))
    guard lower <= upper else { throw ParameterError("takes a range from low to high, not \(value)") }
    self = lower...upper
  }
}

/// A program and its arguments, run without a shell.
public struct Command: ParameterValue, Hashable {
  /// The program's name or path, then its arguments; never empty.
  public let words: [String]

  public init(words: [String]) {
    precondition(!words.isEmpty, "a command names its program")
    self.words = words
  }

  public static let parameterType = ParameterType.command
  public var value: Value { .command(words) }

  public init(_ value: Value) throws(ParameterError) {
    guard case .command(let words) = value else {
      throw ParameterError("takes a command in backticks, such as `sort -u`, not \(value)", isOfRightType: false)
    }
    guard let program = words.first, !program.isEmpty else { throw ParameterError("names no program") }
    self.words = words
  }
}
