/// A parameter of a component: a stored property whose value the graph may give.
///
/// ```swift
/// @Parameter("Time between ticks.", in: .milliseconds(1)..., main: true) var interval = Duration.seconds(1)
/// @Parameter("What to look for.") var pattern: Pattern            // without a default it is required
/// @Parameter("How many; without end if left out.") var count: Int? = nil
/// ```
@propertyWrapper
public struct Parameter<Value: ParameterValue>: Sendable {
  /// What reflection finds and the runtime sets.
  ///
  /// Written before `main` begins and only read from then on, so that threads may share it.
  final class Storage: AnyParameter, @unchecked Sendable {
    var current: Value?
    let details: ParameterDetails
    let bounds: (any ParameterBounds<Value>)?

    init(_ current: Value?, _ details: ParameterDetails, _ bounds: (any ParameterBounds<Value>)?) {
      self.current = current
      self.details = details
      self.bounds = bounds
      RollCall.current?.add(self)
    }

    var type: ParameterType { Value.parameterType }
    var defaultValue: Kamaelia.Value? { current?.value }

    func check(_ value: Kamaelia.Value) throws(ParameterError) { _ = try read(value) }

    func set(_ value: Kamaelia.Value) throws(ParameterError) { current = try read(value) }

    private func read(_ value: Kamaelia.Value) throws(ParameterError) -> Value {
      let read = try Value(value)
      if let bounds, !bounds.holds(read) { throw ParameterError("\(bounds.words), not \(value)") }
      return read
    }
  }

  let storage: Storage

  public var wrappedValue: Value {
    guard let value = storage.current else { preconditionFailure("a required parameter was not set") }
    return value
  }

  /// A parameter with a default.
  ///
  /// - Parameters:
  ///   - description: a sentence that says what the value means; its type and default are shown beside it.
  ///   - bounds: the least and the greatest value.
  ///   - main: whether one argument without a name is meant for it.
  public init(
    wrappedValue: Value, _ description: String, in bounds: some ParameterBounds<Value>, main: Bool = false
  ) {
    storage = Storage(wrappedValue, ParameterDetails(description, isMain: main), bounds)
  }

  /// A parameter with a default and without bounds.
  public init(wrappedValue: Value, _ description: String, main: Bool = false) {
    storage = Storage(wrappedValue, ParameterDetails(description, isMain: main), nil)
  }

  /// A parameter for graphs that the component makes instances of while it runs.
  ///
  /// - Parameter makes: when instances are made, as it stands behind a graph's name in drawings: "one for each connection".
  public init(wrappedValue: Value, _ description: String, makes: String, main: Bool = false) {
    storage = Storage(wrappedValue, ParameterDetails(description, isMain: main, making: makes), nil)
  }

  /// The same for graphs that must be given.
  public init(_ description: String, makes: String, main: Bool = false) {
    storage = Storage(nil, ParameterDetails(description, isMain: main, making: makes), nil)
  }

  /// A parameter that the graph must give, within bounds.
  public init(_ description: String, in bounds: some ParameterBounds<Value>, main: Bool = false) {
    storage = Storage(nil, ParameterDetails(description, isMain: main), bounds)
  }

  /// A parameter that the graph must give.
  public init(_ description: String, main: Bool = false) {
    storage = Storage(nil, ParameterDetails(description, isMain: main), nil)
  }
}

extension Parameter: HoldsParameter {
  var anyParameter: any AnyParameter { storage }
}

struct ParameterDetails: Sendable {
  let description: String
  let isMain: Bool
  /// For graphs: when instances of them are made; nil where the declaration does not say it.
  let making: String?

  init(_ description: String, isMain: Bool, making: String? = nil) {
    self.description = description
    self.isMain = isMain
    self.making = making
  }
}

/// A parameter whose type is not known at this place.
protocol AnyParameter: AnyObject, Sendable {
  var type: ParameterType { get }
  var details: ParameterDetails { get }
  /// What it is if the graph says nothing; nil if the graph must say it.
  var defaultValue: Value? { get }
  var boundsWords: String? { get }
  func check(_ value: Value) throws(ParameterError)
  func set(_ value: Value) throws(ParameterError)
}

extension Parameter.Storage {
  var boundsWords: String? { bounds?.words }
}

/// A stored property that reflection can see a parameter in.
protocol HoldsParameter {
  var anyParameter: any AnyParameter { get }
}

/// The least and the greatest value of a parameter: `1...64`, `1...`, `...64`.
public protocol ParameterBounds<Bound>: Sendable {
  associatedtype Bound: ParameterValue
  func holds(_ value: Bound) -> Bool
  /// The bounds as messages say them: "takes 1 to 64".
  var words: String { get }
}

extension ClosedRange: ParameterBounds where Bound: ParameterValue {
  public func holds(_ value: Bound) -> Bool { contains(value) }
  public var words: String { "takes \(lowerBound.value) to \(upperBound.value)" }
}

extension PartialRangeFrom: ParameterBounds where Bound: ParameterValue {
  public func holds(_ value: Bound) -> Bool { contains(value) }
  public var words: String { "takes \(lowerBound.value) or more" }
}

extension PartialRangeThrough: ParameterBounds where Bound: ParameterValue {
  public func holds(_ value: Bound) -> Bool { contains(value) }
  public var words: String { "takes at most \(upperBound.value)" }
}

/// Bounds of a parameter that may be left out.
public struct OptionalBounds<Wrapped: ParameterValue>: ParameterBounds {
  let bounds: any ParameterBounds<Wrapped>

  public func holds(_ value: Wrapped?) -> Bool { value.map(bounds.holds) ?? true }
  public var words: String { bounds.words }
}

extension Parameter {
  /// A parameter that may be left out, with bounds for the case that it is not.
  public init<Wrapped>(
    wrappedValue: Value, _ description: String, in bounds: some ParameterBounds<Wrapped>, main: Bool = false
  ) where Value == Wrapped? {
    self.init(wrappedValue: wrappedValue, description, in: OptionalBounds(bounds: bounds), main: main)
  }
}

/// Bounds of a range, which both of its ends keep.
public struct RangeBounds<End: ParameterValue & Comparable>: ParameterBounds {
  let bounds: any ParameterBounds<End>

  public func holds(_ value: ClosedRange<End>) -> Bool {
    bounds.holds(value.lowerBound) && bounds.holds(value.upperBound)
  }
  public var words: String { bounds.words }
}

extension Parameter {
  /// A range, with bounds for both of its ends.
  public init<End: ParameterValue & Comparable>(
    wrappedValue: Value, _ description: String, in bounds: some ParameterBounds<End>, main: Bool = false
  ) where Value == ClosedRange<End> {
    self.init(wrappedValue: wrappedValue, description, in: RangeBounds(bounds: bounds), main: main)
  }
}
