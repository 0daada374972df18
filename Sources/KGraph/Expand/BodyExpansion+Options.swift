import Kamaelia

/// Options: of linkages, in arrows and defaults, and of restarts.
extension BodyExpansion {
  /// What an arrow says.
  func read(_ arrow: Arrow, _ scope: Scope) -> PartialOptions {
    if arrow.options.isEmpty { return plainOptions }
    let read = readOptions(arrow.options, scope, isDefault: false)
    return PartialOptions(
      capacity: read.capacity, byteCapacity: read.byteCapacity, overflow: read.overflow, timeToLive: read.timeToLive,
      defaults: defaults)
  }

  func readDefaults(_ options: [Argument], _ scope: Scope) -> PartialOptions.Defaults {
    readOptions(options, scope, isDefault: true)
  }

  private func readOptions(_ options: [Argument], _ scope: Scope, isDefault: Bool) -> PartialOptions.Defaults {
    var result = PartialOptions.Defaults()
    var first: [String: Place] = [:]
    for option in options {
      let value = evaluator.evaluate(option.value, scope)
      guard case .value(let known) = value else {
        if !value.graphs.isEmpty { findings.report(.badOption(option.value.place, .name("a graph"))) }
        continue
      }
      guard let kind = kind(of: option, known, isDefault: isDefault) else { continue }
      if let earlier = first.updateValue(option.place, forKey: kind) {
        findings.report(.optionTwice(option.place, kind, first: earlier))
        continue
      }
      switch (kind, known) {
      case ("capacity", .int(let count)) where count >= 1 && count <= 1 << 24: result.capacity = count
      case ("capacity", .int(let count)): findings.report(.capacityOutOfRange(option.value.place, count))
      case ("size", .size(let bytes)) where bytes >= 1: result.byteCapacity = bytes
      case ("ttl", .duration(let time)) where time > .zero: result.timeToLive = time
      case ("overflow", .name(let word)):
        result.overflow = LinkageOptions.Overflow(rawValue: word)
        if result.overflow == nil {
          findings.report(
            .unknownOverflow(option.value.place, word, LinkageOptions.Overflow.allCases.map(\.rawValue)))
        }
      default: findings.report(.badOptionValue(option.value.place, kind, known))
      }
    }
    if result.overflow == .latest, let capacity = result.capacity, capacity != 1, let place = first["capacity"] {
      findings.report(.capacityOfLatest(place, first["overflow"]))
    }
    return result
  }

  /// Which option is meant.
  private func kind(of option: Argument, _ value: Value, isDefault: Bool) -> String? {
    if let name = option.name {
      if name.isMissing { return nil }
      switch (name.text, value) {
      case ("capacity", .size): return "size"
      case ("capacity", _), ("overflow", _), ("ttl", _): return name.text
      default:
        findings.report(.unknownOption(name, candidates: ["capacity", "overflow", "ttl"]))
        return nil
      }
    }
    switch value {
    case .int: return "capacity"
    case .size: return "size"
    case .name: return "overflow"
    case .duration:
      findings.report(.unnamedTime(option.place))
      return nil
    default:
      findings.report(.badOption(option.value.place, value))
      return nil
    }
  }

  // MARK: Restart

  func policy(_ clause: RestartClause, _ scope: Scope) -> RestartPolicy? {
    guard let word = clause.policy, let when = RestartPolicy.When(rawValue: word.rawValue) else { return nil }
    var policy = RestartPolicy(when)
    var first: [String: Place] = [:]
    if when == .never, let argument = clause.arguments.first {
      findings.report(.neverWithArguments(argument.place))
      return policy
    }
    for argument in clause.arguments {
      let value = evaluator.evaluate(argument.value, scope)
      guard let name = argument.name else {
        findings.report(.unnamedRestartOption(argument.place))
        continue
      }
      if name.isMissing { continue }
      if let earlier = first.updateValue(argument.place, forKey: name.text) {
        findings.report(.optionTwice(argument.place, name.text, first: earlier))
        continue
      }
      guard case .value(let known) = value else { continue }
      switch (name.text, known) {
      case ("max", .int(let count)) where count >= 1: policy.limit = count
      case ("within", .duration(let time)) where time > .zero: policy.window = time
      case ("backoff", .duration(let time)) where time >= .zero: policy.backoff = time...time
      case ("backoff", .range(.duration(let low), .duration(let high))) where low >= .zero && low <= high:
        policy.backoff = low...high
      case ("max", _), ("within", _), ("backoff", _):
        findings.report(.badOptionValue(argument.value.place, name.text, known))
      default: findings.report(.unknownOption(name, candidates: ["max", "within", "backoff"]))
      }
    }
    return policy
  }
}
