import Kamaelia

/// Makes instances.
extension BodyExpansion {
  /// Makes what stands in a segment.
  mutating func make(_ segment: Segment, _ position: Position, _ scope: Scope) -> Node {
    switch segment {
    case .endpoint(let endpoint): return .endpoint(endpoint)
    case .instance(let node):
      let number = make(
        node.component, named: node.name, node.replication, node.restart, scope,
        place: node.name?.place ?? node.component.place, position)
      if !position.hasBefore, !position.hasAfter { result.instances[number].standsAlone = true }
      return .instance(number, node.boxes, node.place)
    case .group(let members, let place):
      return .group(members.map { make($0, position, scope) }, place)
    case .backplane(let name, let place): return .backplane(name, place)
    case .literal(let expression): return .literal(expression)
    case .broken: return .broken
    }
  }

  /// - Returns: the number of the instance.
  @discardableResult
  mutating func make(
    _ expression: ComponentExpression, named name: Name?, _ replication: Replication?, _ restart: RestartClause?,
    _ scope: Scope, place: Place, _ position: Position
  ) -> Int {
    let replacement = name.flatMap { replacements.components[$0.text] }
    let expression = replacement ?? expression
    let words = replacement == nil ? scope : Scope(parent: scope, values: replacements.values)
    let (kind, arguments, title) = subject(expression, position, words)
    let number = result.instances.count
    let copies = replication.flatMap { self.replication($0, scope) }
    let policy = restart.flatMap { self.policy($0, scope) }
    result.instances.append(
      LocalInstance(
        name: path(name, title, scope), kind: kind, arguments: arguments, place: place,
        componentPlace: expression.place, restart: policy, replication: copies, givenName: name))
    if let name, !name.isMissing {
      if let first = scope.instances[name.text] {
        findings.report(.declaredTwice("instance", name, first: first.place))
        result.instances[number].isSpoiled = true
      } else {
        scope.instances[name.text] = (number, name.place)
      }
    }
    let count = copies?.count ?? 1
    var own = Extent(instances: 1)
    if case .graph(let inner) = kind.subject { own.add(expander.expanded[inner].size) }
    result.size.add(own, times: count)
    if copies != nil { result.size.add(Extent(instances: 2, linkages: Extent.product(count, 3))) }
    expander.check(result.size, at: place)
    return number
  }

  /// The last part of the path of an instance; no two in a graph have the same.
  private mutating func path(_ name: Name?, _ title: String, _ scope: Scope) -> String {
    var path: String
    if let name, !name.isMissing {
      path = name.text + scope.suffix
    } else {
      let count = unnamed[title, default: 0] + 1
      unnamed[title] = count
      path = "\(title)#\(count)"
    }
    guard let taken = names.updateValue(1, forKey: path) else { return path }
    let plain = path
    var count = taken
    repeat {
      count += 1
      path = "\(plain)#\(count)"
    } while names[path] != nil
    names[plain] = count
    names[path] = 1
    return path
  }

  /// What an instance is one of, with its arguments, and what it is called where it has no name.
  private mutating func subject(
    _ expression: ComponentExpression, _ position: Position, _ scope: Scope
  ) -> (Kind, [String: Evaluated], String) {
    switch expression.subject {
    case .broken: return (Kind(unknown: "?"), [:], "?")
    case .command(let command): return program(command, expression, scope)
    case .name(let name):
      if let binding = expander.program.binding(of: name.text, in: definition.id) {
        guard let target = binding.target else { return (Kind(unknown: name.text), [:], name.text) }
        let values = expander.bind(
          expression.arguments, to: target, at: expression.place, from: definition.id, scope)
        guard let number = expander.expand(target, values, at: expression.place) else {
          return (Kind(unknown: name.text), [:], name.text)
        }
        return (expander.expanded[number].kind, values, name.text)
      }
      if !name.isMissing, let kind = expander.component(name.text) {
        let values = expander.arguments(
          expression.arguments, for: kind, at: expression.place, from: definition.id, scope)
        return (kind, values, name.text)
      }
      if !name.isMissing {
        let names = expander.candidates(
          expander.program.graphNames(in: definition.id) + expander.componentNames)
        let candidates = position.suited(names, to: name.text) { expander.component($0) }
        findings.report(
          expander.unknownComponent(name, expression.arguments, candidates: candidates) { kind in
            position.suits(kind)
          })
      }
      for argument in expression.arguments { _ = evaluator.evaluate(argument.value, scope) }
      return (Kind(unknown: name.text), [:], name.text)
    }
  }

  /// A command in backticks is an instance of `Process`.
  private mutating func program(
    _ command: CommandLiteral, _ expression: ComponentExpression, _ scope: Scope
  ) -> (Kind, [String: Evaluated], String) {
    let given = evaluator.command(command, scope)
    let title = given.program?.split(separator: "/").last.map(String.init) ?? "command"
    guard let kind = expander.component("Process"),
      kind.signature?.parameters.contains(where: { $0.name == "command" }) == true
    else {
      findings.report(.noPrograms(command.place))
      return (Kind(unknown: title), [:], title)
    }
    let values = expander.arguments(
      expression.arguments, for: kind, at: expression.place, from: definition.id, scope,
      given: ["command": given])
    return (kind, values, title)
  }

  private func replication(_ node: Replication, _ scope: Scope) -> LocalReplication? {
    let value = evaluator.evaluate(node.count, scope)
    guard case .value(let known) = value else {
      if !value.graphs.isEmpty { findings.report(.noCount(node.count.place, .name("a graph"))) }
      return nil
    }
    guard case .int(let count) = known, count >= 1 else {
      findings.report(.noCount(node.count.place, known))
      return nil
    }
    var key: String?
    if case .key(let names) = node.sharing { key = names.map(\.text).joined(separator: ".") }
    return LocalReplication(count: count, key: key, isOrdered: node.isOrdered, place: node.place)
  }
}
