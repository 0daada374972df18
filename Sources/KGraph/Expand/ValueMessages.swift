import Kamaelia

/// What is said about values, arguments and types.
extension Diagnostic {
  /// Says: there is no parameter `…`.
  static func unknownParameter(_ name: Name, at place: Place, candidates: [String], isInstance: Bool) -> Diagnostic {
    var helps: [String] = []
    let fixes = renaming(name.place, name.text, among: candidates)
    if isInstance {
      helps = ["`\(name.text)` is an instance; `$` is for parameters and the variables of `for`"]
    } else if fixes.isEmpty {
      // What is written in capitals is a variable of the environment elsewhere.
      let isShouted = name.text.count > 1 && !name.text.contains(where: \.isLowercase)
      let own = isShouted ? name.text.lowercased() : name.text
      helps = ["declare it: `param \(own): Text`"]
      if isShouted {
        helps.append("variables of the environment are handed over: `kamaelia run FILE --set \(own)=\"$\(name.text)\"`")
      }
    }
    return Diagnostic(
      .unknownParameter, "there is no parameter `\(name.text)`", at: place, helps: helps, fixes: fixes)
  }

  /// Says: `…` is a parameter of the graph around `…`.
  static func outerParameter(
    _ name: Name, at place: Place, _ declaration: ParameterDeclaration, graph: GraphDefinition
  ) -> Diagnostic {
    Diagnostic(
      .unknownParameter, "`\(name.text)` is a parameter of the graph around `\(graph.name)`", at: place,
      caption: "a graph sees its own parameters", labels: [Label(declaration.name.place, "declared here")],
      helps: [
        "hand it on: `graph \(graph.name)(\(name.text): \(declaration.type.place.text)) { … }`, and "
          + "`\(graph.name)(\(name.text): $\(name.text))` where it is used"
      ])
  }

  /// Says: `…` cannot be put into a text.
  static func notInText(_ name: Name, _ value: Value) -> Diagnostic {
    Diagnostic(.notInText, "`\(name.text)` cannot be put into a text", at: name.place, caption: "it is \(value.sketch)")
  }

  /// Says: this value becomes too large.
  static func valueTooLarge(_ place: Place) -> Diagnostic {
    Diagnostic(.valueTooLarge, "this value becomes too large", at: place)
  }

  /// Says: a range has two ends.
  static func halfRange(_ place: Place) -> Diagnostic {
    Diagnostic(.badRange, "a range has two ends", at: place, caption: "as in `1...4`")
  }

  /// Says: this range holds nothing.
  static func emptyRange(_ place: Place, _ value: Value) -> Diagnostic {
    Diagnostic(.badRange, "this range holds nothing", at: place, caption: "\(value) begins after it ends")
  }

  /// Says: a component is no value here, or `…` is no function.
  ///
  /// - Parameter isKnown: whether there is a component or a graph of that name.
  static func componentAsValue(_ node: ComponentExpression, isKnown: Bool) -> Diagnostic {
    if !isKnown, case .name(let name) = node.subject, name.text.first?.isLowercase == true {
      let remark = FamiliarNames.entry(for: name.text, among: [])?.remark
      return Diagnostic(
        .componentAsValue, "there is no function `\(name.text)`", at: node.place, caption: "values are not computed",
        helps: [remark ?? "write what comes of it, or make it a parameter"])
    }
    return Diagnostic(
      .componentAsValue, "a component is no value here", at: node.place,
      helps: ["only parameters of type `Graph` take one"])
  }

  /// Says: `…` is a graph, and cannot stand in a range or a record.
  static func graphInside(_ place: Place, _ name: String) -> Diagnostic {
    Diagnostic(.componentAsValue, "`\(name)` is a graph, and cannot stand in a range or a record", at: place)
  }

  /// Says: field `…` is there twice.
  static func fieldTwice(_ name: Name, first: Place) -> Diagnostic {
    Diagnostic(
      .fieldTwice, "field `\(name.text)` is there twice", at: name.place, labels: [Label(first, "the first time")])
  }

  // MARK: Conditions and loops

  /// Says: a condition is true or false.
  /// - Parameter isParameter: whether a parameter has the name that stands there without its sign.
  static func noTruth(_ expression: Expression, _ value: String, isParameter: Bool) -> Diagnostic {
    let word = wordMeant(expression, isParameter: isParameter)
    return Diagnostic(
      .noTruth, "a condition is true or false", at: expression.place,
      caption: isParameter ? "a parameter is written with `$`" : "this is \(value)",
      helps: word != nil ? [] : ["compare it: `\(expression.place.text.prefix(40)) == …`"],
      fixes: word.map { [Fix("write `\($0)`", [.init(expression.place, $0)])] } ?? [])
  }

  /// Says: these cannot be compared.
  ///
  /// - Parameters:
  ///   - sides: both, each with whether a parameter has the name that stands there without its sign.
  static func notComparable(
    _ place: Place, _ a: Value, _ b: Value, sides: [(expression: Expression, isParameter: Bool)] = []
  ) -> Diagnostic {
    let fixes = sides.compactMap { side in
      wordMeant(side.expression, isParameter: side.isParameter).map {
        Fix("write `\($0)`", [.init(side.expression.place, $0)])
      }
    }
    return Diagnostic(
      .notComparable, "these cannot be compared", at: place, caption: "\(a.sketch) and \(b.sketch)",
      fixes: fixes.count == 1 ? fixes : [])
  }

  /// What a bare word in a condition is probably meant to be: a parameter, or a Boolean of another language.
  private static func wordMeant(_ expression: Expression, isParameter: Bool) -> String? {
    guard case .word(let name) = expression else { return nil }
    return isParameter ? "$\(name.text)" : truth(name.text)
  }

  /// The Boolean that a word stands for elsewhere.
  static func truth(_ word: String) -> String? {
    switch word.lowercased() {
    case "true", "yes", "on": "true"
    case "false", "no", "off": "false"
    default: nil
    }
  }

  /// Says: `for` runs through a list or a range of whole numbers.
  static func noList(_ place: Place, _ value: String) -> Diagnostic {
    Diagnostic(
      .noList, "`for` runs through a list or a range of whole numbers", at: place, caption: "this is \(value)")
  }

  /// Says: `replicate` takes a number of copies, 1 or more.
  static func noCount(_ place: Place, _ value: Value) -> Diagnostic {
    Diagnostic(
      .noCount, "`replicate` takes a number of copies, 1 or more", at: place, caption: "this is \(value.sketch)")
  }

  // MARK: Arguments

  /// Says: `…` has no parameter `…`.
  static func unknownArgument(_ name: Name, of owner: String, candidates: [String]) -> Diagnostic {
    Diagnostic(
      .unknownArgument, "`\(owner)` has no parameter `\(name.text)`", at: name.place,
      helps: [candidates.isEmpty ? "it has no parameters" : "it has \(listed(candidates))"],
      fixes: renaming(name.place, name.text, among: candidates))
  }

  /// Says: it is not clear which parameter of `…` this is for.
  static func unnamedArgument(_ place: Place, of owner: String, _ names: [String]) -> Diagnostic {
    let fixes =
      names.count == 1
      ? [
        Fix(
          "write `\(names[0]): `",
          [.init(Place(place.source, place.range.lowerBound..<place.range.lowerBound), "\(names[0]): ")])
      ] : []
    return Diagnostic(
      .unnamedArgument, "it is not clear which parameter of `\(owner)` this is for", at: place,
      caption: names.isEmpty ? "it has none" : "write `name: value`",
      helps: names.isEmpty ? [] : ["it has \(listed(names))"], fixes: fixes)
  }

  /// Says: only one argument stands without a name.
  ///
  /// - Parameters:
  ///   - main: the parameter that the first one without a name is for.
  ///   - free: those that nothing is given for.
  ///   - fitting: those of them that could take the value.
  static func secondUnnamedArgument(
    _ place: Place, of owner: String, first: Place, main: String, _ free: [String], fitting: [String]
  ) -> Diagnostic {
    let start = Place(place.source, place.range.prefix(0))
    return Diagnostic(
      .unnamedArgument, "only one argument of `\(owner)` can be without its name", at: place,
      caption: fitting.isEmpty ? "write `name: value`" : "this one needs it",
      labels: [Label(first, "this is `\(main)`")],
      helps: fitting.isEmpty && !free.isEmpty ? ["it also has \(listed(free))"] : [],
      fixes: fitting.sorted().prefix(4).map { Fix("write `\($0): \(place.text)`", [.init(start, "\($0): ")]) })
  }

  /// Says: parameter `…` is given twice.
  static func argumentTwice(_ argument: Argument, _ name: String, first: Place?) -> Diagnostic {
    Diagnostic(
      .argumentTwice, "parameter `\(name)` is given twice", at: argument.place, caption: "the second time",
      labels: first.map { [Label($0, "the first time")] } ?? [])
  }

  /// Says: `…` needs its parameter `…`.
  static func missingArgument(
    _ name: String, _ type: String, _ description: String, of owner: String, _ place: Place, declared: Place? = nil
  ) -> Diagnostic {
    Diagnostic(
      .missingArgument, "`\(owner)` needs its parameter `\(name)`", at: place, caption: "`\(name): \(type)` is missing",
      labels: declared.map { [Label($0, "declared without a default")] } ?? [],
      helps: description.isEmpty ? [] : ["\(name): \(description)"])
  }

  /// Says: parameter `…` of `…` takes …, and … is none.
  ///
  /// - Parameters:
  ///   - owner: whose parameter it is; nil for the graph's own default.
  ///   - text: what follows the parameter's name, such as "takes Int, and …".
  static func wrongKind(
    _ place: Place, _ name: String, of owner: String?, _ text: String, _ expression: Expression,
    choices: [String] = [], removal: Place? = nil, isOptional: Bool = false
  ) -> Diagnostic {
    var helps: [String] = []
    var fixes: [Fix] = []
    switch expression {
    case .word(let word) where isNothing(word.text):
      if let removal { fixes.append(Fix("leave it out", [.init(removal, "")])) }
      if isOptional { fixes.append(Fix("write `none`", [.init(place, "none")])) }
      if fixes.isEmpty { helps = ["`\(word.text)` is no value here"] }
    case .word(let word) where text.contains("takes Bool") && truth(word.text) != nil:
      fixes = truth(word.text).map { [Fix("write `\($0)`", [.init(place, $0)])] } ?? []
    case .text(let literal) where text.contains("takes Bool") && truth(literal.constant ?? "") != nil:
      fixes = truth(literal.constant ?? "").map { [Fix("write `\($0)`", [.init(place, $0)])] } ?? []
    case .text(let literal) where text.contains("takes a graph") && (literal.constant?.isName ?? false):
      fixes = [Fix("write `\(literal.constant ?? "")` without quotes", [.init(place, literal.constant ?? "")])]
    case .component(let node) where text.contains("takes Text") || text.contains("takes Path"):
      if case .command = node.subject, node.arguments.isEmpty {
        let right = quoted(String(node.place.text.dropFirst().dropLast()))
        fixes = [Fix("write `\(right)`", [.init(place, right)])]
        helps = ["backticks are for programs"]
      }
    case .text(let literal) where text.contains("takes a command"):
      let command = literal.constant ?? ""
      if !command.isEmpty, !command.contains("`") {
        fixes = [Fix("write `` `\(command)` ``", [.init(place, "`\(command)`")])]
      }
    case .word(let word) where !choices.isEmpty: fixes = renaming(word.place, word.text, among: choices)
    case .text(let literal) where choices.contains(literal.constant ?? ""):
      fixes = [Fix("write `\(literal.constant ?? "")` without quotes", [.init(place, literal.constant ?? "")])]
    case .text(let literal) where isWritten(literal.constant, text):
      fixes = [Fix("write `\(literal.constant ?? "")` without quotes", [.init(place, literal.constant ?? "")])]
    case .word where text.contains("takes Bool"): helps = ["write `true` or `false`"]
    case .word(let word) where text.contains("takes Text") || text.contains("takes Path"):
      fixes = [Fix("put it in quotes", [.init(place, "\"\(word.text)\"")])]
      helps = ["for the value of a parameter, write `$\(word.text)`"]
    case .word(let word) where choices.isEmpty: helps = ["for the value of a parameter, write `$\(word.text)`"]
    case .literal(let literal) where literal.unit.isEmpty && text.contains("takes Duration"):
      // Whoever is used to milliseconds writes large numbers.
      let isLarge = literal.number.utf8.count > 2
      fixes = (isLarge ? ["ms", "s"] : ["s"]).map { unit in
        Fix("write `\(literal.number)\(unit)`", [.init(place, "\(literal.number)\(unit)")])
      }
      helps = ["a duration has a unit: `ns us ms s min h d`"]
    default: break
    }
    return Diagnostic(
      .wrongKind, "parameter `\(name)`\(owner.map { " of `\($0)`" } ?? "") \(text)", at: place, helps: helps,
      fixes: fixes)
  }

  /// Whether a word says in another language that there is no value.
  private static func isNothing(_ word: String) -> Bool {
    ["null", "nil", "none", "undefined", "nothing", "void"].contains(word.lowercased()) && word != "none"
  }

  /// Whether a text holds just such a literal as is taken.
  ///
  /// - Parameter words: what follows the parameter's name, such as "takes Int, and …".
  private static func isWritten(_ text: String?, _ words: String) -> Bool {
    guard let text, (1...40).contains(text.utf8.count) else { return false }
    let tree = GraphFile.parse(Source(name: "", text: "a = A(v: \(text))\n"))
    guard tree.diagnostics.isEmpty, case .instance(let node)? = tree.statements.first,
      case .literal(let literal)? = node.component.arguments.first?.value
    else { return false }
    return words.contains("takes \(literal.value.typeName ?? "Percent")")
  }

  /// Says: parameter `…` of `…` takes … to …, not ….
  static func badValue(_ place: Place, _ name: String, of owner: String?, _ text: String) -> Diagnostic {
    Diagnostic(.valueRefused, "parameter `\(name)`\(owner.map { " of `\($0)`" } ?? "") \(text)", at: place)
  }

  // MARK: Types

  /// Says: no message is a `…`.
  static func unknownType(_ name: Name, candidates: [String], isOnlyForParameters: Bool) -> Diagnostic {
    let foreign = [
      "String": "Text", "Str": "Text", "Integer": "Int", "Float": "Double", "Number": "Double", "Boolean": "Bool",
      "Time": "Duration", "Url": "URL", "Json": "JSON", "File": "Path", "Byte": "Bytes", "Data": "Bytes",
    ]
    let other = foreign.first { $0.key.lowercased() == name.text.lowercased() }?.value
    return Diagnostic(
      .unknownType, isOnlyForParameters ? "no message is a `\(name.text)`" : "there is no type `\(name.text)`",
      at: name.place, caption: isOnlyForParameters ? "only parameters have this type" : "",
      fixes: other.map { [Fix("write `\($0)`", [.init(name.place, $0)])] }
        ?? renaming(name.place, name.text, among: candidates))
  }

  /// Says: no box carries a graph.
  static func graphIsNoMessage(_ place: Place) -> Diagnostic {
    Diagnostic(.graphIsNoMessage, "no box carries a graph", at: place, caption: "only parameters have this type")
  }

  /// Says: the type of a graph names `inbox`, `outbox` or both.
  static func unknownBoxOfGraphType(_ name: Name) -> Diagnostic {
    Diagnostic(
      .unknownType, "the type of a graph names `inbox`, `outbox` or both", at: name.place,
      helps: ["as in `Graph(inbox: Bytes, outbox: Bytes)`"])
  }
}

extension Value {
  /// What it is in a few words, however long it is.
  var sketch: String {
    switch self {
    case .list(let values): "a list of \(values.count)"
    case .record: "a record"
    case .text(let text) where text.utf8.count > 40: "a text"
    default: "\(self)"
    }
  }
}
