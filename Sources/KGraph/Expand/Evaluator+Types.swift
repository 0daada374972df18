import Kamaelia

/// Reads types.
extension Evaluator {
  /// The scalars of the language that need no component to exist.
  private static let scalars: Set = [
    "Text", "Bytes", "Int", "Double", "Bool", "Duration", "Size", "Frequency", "Rate", "Port", "Path", "Address", "URL",
    "JSON", "Any",
  ]
  /// Those that parameters may have besides.
  private static let parameterTypes: Set = ["Pattern", "Command", "Graph"]

  /// - Parameters:
  ///   - scope: what the refinements may speak of.
  ///   - isParameter: whether it is the type of a parameter; those of boxes are fewer.
  /// - Returns: nil where an error has been reported.
  func read(_ type: TypeSyntax, _ scope: Scope, isParameter: Bool = false) -> MessageType? {
    switch type {
    case .named(let name, let refinement, _):
      return named(name, refinement, scope, isParameter: isParameter)
    case .graph(let fields, let place):
      guard isParameter else {
        findings.report(.graphIsNoMessage(place))
        return nil
      }
      return graph(fields, scope)
    case .list(let element, _):
      return read(element, scope, isParameter: isParameter).map { .list($0) }
    case .optional(let wrapped, _):
      return read(wrapped, scope, isParameter: isParameter).map { .optional($0) }
    case .record(let fields, _):
      var result: [MessageType.Field] = []
      var places: [String: Place] = [:]
      var isRight = true
      for field in fields {
        if let first = places.updateValue(field.name.place, forKey: field.name.text), !field.name.isMissing {
          findings.report(.fieldTwice(field.name, first: first))
          isRight = false
        }
        guard let type = read(field.type, scope) else {
          isRight = false
          continue
        }
        result.append(.init(field.name.text, type))
      }
      return isRight ? .record(result) : nil
    case .broken: return nil
    }
  }

  private func named(_ name: Name, _ refinement: [Argument], _ scope: Scope, isParameter: Bool) -> MessageType? {
    if name.isMissing { return nil }
    let isKnown =
      Self.scalars.contains(name.text) || expander.typeNames.contains(name.text)
      || (isParameter && Self.parameterTypes.contains(name.text))
    guard isKnown else {
      var candidates = Self.scalars.union(expander.typeNames)
      if isParameter { candidates.formUnion(Self.parameterTypes) }
      findings.report(
        .unknownType(
          name, candidates: expander.candidates(Array(candidates)),
          isOnlyForParameters: Self.parameterTypes.contains(name.text)))
      return nil
    }
    if name.text == "Any" { return .any }
    if name.text == "Graph" { return .graph(inbox: nil, outbox: nil) }
    var refinements: [MessageType.Refinement] = []
    for argument in refinement {
      guard let value = refinementValue(argument.value, scope) else { continue }
      refinements.append(.init(argument.name?.text ?? "", value))
    }
    return .named(name.text, refinements)
  }

  /// A refinement; a range without one of its ends is one that goes as far as numbers do.
  private func refinementValue(_ expression: Expression, _ scope: Scope) -> Value? {
    if case .range(let lower, let upper, let place) = expression, lower == nil || upper == nil {
      guard let end = lower ?? upper, case .value(let value) = evaluate(end, scope) else { return nil }
      let ends: (Value, Value)? =
        switch value {
        case .int: (.int(.min), .int(.max))
        case .double: (.double(-.greatestFiniteMagnitude), .double(.greatestFiniteMagnitude))
        case .duration: (.duration(.nanoseconds(Int64.min)), .duration(.nanoseconds(Int64.max)))
        case .size: (.size(0), .size(.max))
        case .frequency: (.frequency(0), .frequency(.greatestFiniteMagnitude))
        default: nil
        }
      guard let ends else {
        findings.report(.halfRange(place))
        return nil
      }
      return lower == nil ? .range(ends.0, value) : .range(value, ends.1)
    }
    guard case .value(let value) = evaluate(expression, scope) else { return nil }
    if case .range(let low, let high) = value, high.isLess(than: low) != false {
      findings.report(.emptyRange(expression.place, value))
      return nil
    }
    return value
  }

  private func graph(_ fields: [TypeField], _ scope: Scope) -> MessageType {
    var inbox: MessageType?
    var outbox: MessageType?
    for field in fields {
      switch field.name.text {
      case "inbox": inbox = read(field.type, scope)
      case "outbox": outbox = read(field.type, scope)
      default: findings.report(.unknownBoxOfGraphType(field.name))
      }
    }
    return .graph(inbox: inbox, outbox: outbox)
  }
}
