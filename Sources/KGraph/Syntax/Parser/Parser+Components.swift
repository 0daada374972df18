/// Instances: components, their arguments, and the clauses after them.
extension Parser {
  /// `name = Component(…) replicate 4`
  mutating func instance() -> Statement {
    let start = position
    let documentation = documentation(before: start)
    let name = name(for: .instance, after: "")
    step()
    let component = component()
    let clauses = instanceClauses()
    if course == .sure {
      switch kind() {
      case .arrow, .arrowOptions:
        fail(.chainInInstance(place(at: position), name: name.text, component: component.place))
      case .dot: fail(.boxInInstance(place(at: position), name: name.text))
      case .identifier where text() == "as": fail(.aliasInInstance(place(at: position), name: name.text))
      default: break
      }
    }
    return .instance(
      InstanceDeclaration(
        documentation: documentation, name: name, component: component, replication: clauses.replication,
        restart: clauses.restart, place: place(from: start)))
  }

  /// `Component(arguments)`, or a command with or without arguments.
  mutating func component() -> ComponentExpression {
    let start = position
    switch kind() {
    case .identifier where position > statementStart && looksLikeStatement(position):
      abandon(.componentMissing(pointAfterLast, found: ""))
    case .identifier:
      let name = name(for: .component, after: "=")
      if kind() == .openParenthesis {
        let arguments = arguments()
        return ComponentExpression(subject: .name(name), arguments: arguments, place: place(from: start))
      }
      if course == .sure { withoutParentheses(name) }
      return ComponentExpression(subject: .name(name), arguments: [], place: place(from: start))
    case .backtick:
      let command = command()
      let arguments = course == .sure && kind() == .openParenthesis ? arguments() : []
      return ComponentExpression(subject: .command(command), arguments: arguments, place: place(from: start))
    case .quote, .rawString, .number, .dollar, .openBracket, .openBrace:
      let name = text(at: statementStart)
      let value = expression(after: "=")
      fail(.valueInInstance(value.place, name: name))
      return ComponentExpression(subject: .broken(value.place), arguments: [], place: place(from: start))
    default: fail(.componentMissing(currentPlace, found: foundText))
    }
    return ComponentExpression(subject: .broken(pointAfterLast), arguments: [], place: place(from: start))
  }

  private mutating func withoutParentheses(_ name: Name) {
    switch kind() {
    case .dot, .minus:
      _ = hyphenated(position - 1) ? () : fail(.unexpected(currentPlace, found: foundText, expected: "`(`"))
    case .openBrace, .openBracket, .closeParenthesis, .closeBracket:
      fail(.unexpected(currentPlace, found: foundText, expected: "`(`"))
    case .number, .quote, .rawString, .dollar: fail(.parenthesesMissing(name, hasArguments: true))
    case .identifier where !["replicate", "restart", "as"].contains(text()):
      fail(.unexpected(currentPlace, found: foundText, expected: "`(`"))
    default: report(.parenthesesMissing(name))
    }
  }

  mutating func arguments() -> [Argument] { commaSeparated(.closeParenthesis) { $0.argument() } }

  /// `path: $path`, or a value alone.
  mutating func argument() -> Argument {
    let start = position
    var name: Name?
    if kind() == .identifier {
      if kind(1) == .colon {
        name = self.name(for: .parameter, after: "")
        step()
      } else if kind(1) == .assign {
        report(.assignForColon(place(at: position + 1), name: text()))
        name = self.name(for: .parameter, after: "")
        step()
      } else if [.dollar, .quote, .rawString, .number, .backtick].contains(kind(1)), !beginsLine[position + 1] {
        let isSpoiled = spoilsLine(position + 1)
        if !isSpoiled { report(.colonMissing(after: place(at: position))) }
        name = self.name(for: .parameter, after: "")
      }
    }
    let value = expression(after: name == nil ? "" : ":")
    return Argument(name: name, value: value, place: place(from: start))
  }

  /// `replicate …` and `restart …`, in either order, each once.
  mutating func instanceClauses() -> (replication: Replication?, restart: RestartClause?) {
    var replication: Replication?
    var restart: RestartClause?
    while course == .sure, kind() == .identifier {
      let start = position
      if at("replicate"), kind(1) != .arrow {
        let clause = self.replication()
        if let first = replication {
          report(.clauseTwice(place(at: start), word: "replicate", first: first.place))
        } else {
          replication = clause
        }
      } else if at("restart"), kind(1) != .arrow {
        let clause = self.restart()
        if let first = restart {
          report(.clauseTwice(place(at: start), word: "restart", first: first.place))
        } else {
          restart = clause
        }
      } else {
        break
      }
    }
    return (replication, restart)
  }

  /// `replicate 4 by key(user) ordered`
  private mutating func replication() -> Replication {
    let start = position
    step()
    let count = expression(after: "replicate")
    var sharing = Replication.Sharing.unspecified
    if course == .sure, take("by") {
      if take("roundRobin") {
        sharing = .roundRobin
      } else if at("key"), kind(1) == .openParenthesis {
        step()
        sharing = .key(keyPath())
      } else {
        fail(.unknownSharing(currentPlace, found: foundText))
      }
    }
    let isOrdered = course == .sure && take("ordered")
    return Replication(count: count, sharing: sharing, isOrdered: isOrdered, place: place(from: start))
  }

  /// `(field.of.field)`
  private mutating func keyPath() -> [Name] {
    let start = position
    let paths = commaSeparated(.closeParenthesis) { parser in
      var names = [parser.name(for: .field, after: "")]
      while parser.course == .sure, parser.take(.dot) { names.append(parser.name(for: .field, after: ".")) }
      return names
    }
    if course == .sure, paths.count != 1 { report(.notOneKey(place(from: start))) }
    return paths.first ?? []
  }

  /// `restart onFailure(max: 5)`
  private mutating func restart() -> RestartClause {
    let start = position
    step()
    guard kind() == .identifier else {
      fail(.unknownPolicy(currentPlace, found: foundText))
      return RestartClause(name: Name("", pointAfterLast), arguments: [], place: place(from: start))
    }
    let name = name(for: .policy, after: "restart")
    if course == .sure, RestartClause.Policy(rawValue: name.text) == nil {
      report(.unknownPolicy(name.place, found: "`\(name.text)`"))
    }
    let arguments = course == .sure && kind() == .openParenthesis ? arguments() : []
    return RestartClause(name: name, arguments: arguments, place: place(from: start))
  }
}
