extension Library {
  /// What a component needs of the machine.
  ///
  /// - Parameters:
  ///   - arguments: those that are known; what is not here has its default.
  ///   - unknown: parameters whose values only the running graph will give. What depends on one is needed at its widest.
  ///   - programs: of unknown parameters that are commands, the programs that are known all the same.
  package func capabilities(
    of name: String, _ arguments: [String: Value], unknown: Set<String> = [], programs: [String: String] = [:]
  ) -> [Capability] {
    guard let type = component(name), !type.needs.isEmpty else { return [] }
    // Two guesses for what is unknown: a need that comes out the same does not depend on it.
    guard let one = Self.sample(type, arguments, unknown, programs, 0),
      let other = Self.sample(type, arguments, unknown, programs, 1)
    else {
      return Capability.all
    }
    return type.needs.compactMap { need in
      let (a, b) = (need.capability(of: one), need.capability(of: other))
      return a == b ? a : (a ?? b)?.widest
    }
  }

  /// Nil where no value is found for a parameter that must have one.
  private static func sample(
    _ type: any Component.Type, _ arguments: [String: Value], _ unknown: Set<String>,
    _ programs: [String: String], _ number: Int
  ) -> (any Component)? {
    let component = type.init()
    let members = Members(of: component)
    for (name, parameter) in members.parameters {
      let value = unknown.contains(name) ? parameter.type.sample(number, running: programs[name]) : arguments[name]
      do {
        if let value { try parameter.set(value) } else if unknown.contains(name) { return nil }
      } catch {
        return nil
      }
      if parameter.defaultValue == nil, value == nil { return nil }
    }
    return component
  }
}

extension ParameterType {
  /// Two values that have nothing in common; nil where there are none that any parameter of the type takes.
  fileprivate func sample(_ number: Int, running program: String? = nil) -> Value? {
    let word = number == 0 ? "a" : "b"
    switch self {
    case .text, .path, .pattern, .url, .any, .json: return .text("/\(word).unknown")
    case .address: return .text("\(word).unknown:\(number + 1)")
    case .port, .int: return .int(number + 1)
    case .double: return .double(Double(number + 1))
    case .bool: return .bool(number == 1)
    case .duration: return .duration(.seconds(number + 1))
    case .size: return .size(number + 1)
    case .frequency: return .frequency(Double(number + 1))
    case .rate: return .rate(perSecond: Double(number + 1), isBytes: false)
    case .command: return .command((program.map { [$0] } ?? []) + ["/\(word).unknown"])
    case .choice(let names): return (number == 0 ? names.first : names.last).map { .name($0) }
    case .list(let element): return element.sample(number).map { .list([$0]) }
    case .optional(let wrapped): return wrapped.sample(number, running: program)
    case .range, .graph: return nil
    }
  }
}
