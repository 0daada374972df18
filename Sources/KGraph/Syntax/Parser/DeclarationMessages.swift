/// What is said about declarations, types, values, conditions and loops.
extension Diagnostic {
  /// - Parameter type: the type of the value that follows, where it can be seen.
  static func typeMissing(
    _ place: Place, name: String, example: String, found: String, type: String? = nil
  ) -> Diagnostic {
    Diagnostic(
      .typeMissing, "the type of `\(name)` is missing", at: place,
      caption: "expected `:` and a type, and here is \(found)",
      helps: type == nil ? ["write it as in `\(example)`"] : [],
      fixes: type.map { [Fix("write `: \($0)`", [.init(place, ": \($0)")])] } ?? [])
  }

  /// - Parameter isSwapped: whether the type stands before the name.
  static func colonMissing(between first: Place, _ second: Place, isSwapped: Bool) -> Diagnostic {
    let whole = Place(first.source, first.range.lowerBound..<second.range.upperBound)
    let right = isSwapped ? "\(second.text): \(first.text)" : "\(first.text): \(second.text)"
    return Diagnostic(
      .typeMissing, isSwapped ? "the name stands before its type" : "a colon is missing before the type", at: whole,
      caption: "a name, a colon and a type", fixes: [Fix("write `\(right)`", [.init(whole, right)])])
  }

  static func typeExpected(_ place: Place, found: String) -> Diagnostic {
    Diagnostic(.typeMissing, "a type belongs here", at: place, caption: "but here is \(found)")
  }

  /// - Parameter list: the type of the elements of what is meant for a list, and the place of the whole.
  static func typeInAngles(_ place: Place, name: String, list: (element: String, whole: Place)?) -> Diagnostic {
    Diagnostic(
      .badType, "types have no parts in angle brackets", at: place,
      helps: list != nil
        ? []
        : [
          "a list is `[Int]`, what may be missing `Int?`, a refinement `\(name)(…)`; what a component is generic in is "
            + "found out by itself"
        ],
      fixes: list.map { [Fix("write `[\($0.element)]`", [.init($0.whole, "[\($0.element)]")])] } ?? [])
  }

  static func listBehindType(_ place: Place, element: String) -> Diagnostic {
    Diagnostic(
      .badType, "the type of a list has the brackets around it", at: place,
      fixes: [Fix("write `[\(element)]`", [.init(place, "[\(element)]")])])
  }

  static func listOfTypes(_ place: Place, count: Int) -> Diagnostic {
    Diagnostic(
      .badType, count == 0 ? "this list has no type of elements" : "a list has one type of elements, not \(count)",
      at: place, caption: "as in `[Int]`",
      helps: count == 0 ? [] : ["for several values of different types use a record"])
  }

  static func optionalTwice(_ place: Place) -> Diagnostic {
    Diagnostic(
      .badType, "one `?` says it all", at: place, fixes: [Fix("take it away", [.init(place, "")])])
  }

  static func valueMissing(_ place: Place, after word: String, found: String) -> Diagnostic {
    let message = word.isEmpty ? "a value belongs here" : "after `\(word)` a value is missing"
    return Diagnostic(.valueMissing, message, at: place, caption: found.isEmpty ? "expected here" : "here is \(found)")
  }

  static func rangeEnd(_ place: Place) -> Diagnostic {
    Diagnostic(
      .badValue, "the ends of a range are numbers, quantities or parameters", at: place, caption: "this is neither")
  }

  static func minusWithoutNumber(_ place: Place) -> Diagnostic {
    Diagnostic(
      .badValue, "a minus belongs to a number", at: place, caption: "no number follows at once",
      helps: ["there is no arithmetic"])
  }

  static func parenthesesAroundValue(_ place: Place) -> Diagnostic {
    Diagnostic(
      .badValue, "values have no parentheses around them", at: place, helps: ["there is no arithmetic to group"])
  }

  /// - Parameter name: the name in `${name}`, where it is just that.
  static func dollarWithoutName(_ place: Place, braces: Bool, name: String? = nil) -> Diagnostic {
    Diagnostic(
      .dollarWithoutName, "a parameter's name follows `$` at once", at: place,
      caption: braces ? "`${name}` is for inside texts; here it is `$name`" : "as in `$name`",
      fixes: name.map { [Fix("write `$\($0)`", [.init(place, "$\($0)")])] } ?? [])
  }

  /// Says: no shell runs that would put a program's output here.
  static func commandInValue(_ place: Place) -> Diagnostic {
    Diagnostic(
      .dollarWithoutName, "a parameter's name follows `$` at once", at: place, caption: "no shell runs here",
      helps: ["a program is a component, in backticks: `` `date` -> ConsoleWriter() ``"])
  }

  static func dollarInDeclaration(_ place: Place) -> Diagnostic {
    Diagnostic(
      .badLoop, "the variable of a loop is declared without `$`", at: place, caption: "only its uses have the sign",
      fixes: [Fix("take it away", [.init(place, "")])])
  }

  /// - Parameter closing: nil if there is none.
  static func loopInParentheses(_ opening: Place, _ closing: Place?) -> Diagnostic {
    Diagnostic(
      .badLoop, "a loop has no parentheses", at: opening,
      fixes: closing.map { [Fix("take them away", [.init(opening, ""), .init($0, "")])] } ?? [])
  }

  static func loopWithoutIn(_ place: Place, variable: String, found: String) -> Diagnostic {
    Diagnostic(
      .badLoop, "`in` is missing after `\(variable)`", at: place, caption: "here is \(found)",
      helps: ["a loop is written `for \(variable) in [\"a\", \"b\"] { … }`"])
  }

  /// - Parameter path: the name of the file without quotes, where it stands there.
  static func importWithoutFile(_ place: Place, path: Place? = nil) -> Diagnostic {
    Diagnostic(
      .badImport, "an import names its file in quotes", at: path ?? place,
      helps: ["`import \"audio.kgraph\" as Audio`, or `import {Mixer} from \"audio.kgraph\"`"],
      fixes: path.map { [Fix("write `\"\($0.text)\"`", [.init($0, "\"\($0.text)\"")])] } ?? [])
  }

  static func importWithoutBraces(_ place: Place) -> Diagnostic {
    Diagnostic(
      .badImport, "graphs that are taken from a file stand in braces", at: place,
      fixes: [Fix("write `{\(place.text)}`", [.init(place, "{\(place.text)}")])])
  }

  static func paramInParentheses(_ place: Place, next: Place) -> Diagnostic {
    let gap = Place(place.source, place.range.lowerBound..<next.range.lowerBound)
    return Diagnostic(
      .unexpected, "in parentheses parameters are declared without `param`", at: place,
      fixes: [Fix("take it away", [.init(gap, "")])])
  }

  static func elseOnItsOwnLine(_ place: Place, brace: Place) -> Diagnostic {
    let gap = Place(place.source, brace.range.upperBound..<place.range.lowerBound)
    let isBlank = gap.text.allSatisfy(\.isWhitespace)
    var edits = [Fix.Edit(gap, " ")]
    if place.text != "else" { edits.append(.init(place, "else if")) }
    return Diagnostic(
      .badElse, "`else` stands on the line of the closing brace", at: place, labels: [Label(brace, "this one")],
      fixes: isBlank ? [Fix("join the lines", edits)] : [])
  }

  static func elseWithoutIf(_ place: Place) -> Diagnostic {
    Diagnostic(.badElse, "no `if` belongs to this `\(place.text)`", at: place)
  }

  static func elseIfJoined(_ place: Place) -> Diagnostic {
    Diagnostic(
      .badElse, "`\(place.text)` is written `else if` here", at: place,
      fixes: [Fix("write `else if`", [.init(place, "else if")])])
  }

  static func fieldInQuotes(_ place: Place, name: String?) -> Diagnostic {
    Diagnostic(
      .unexpected, "the names of fields have no quotes", at: place, caption: "a record is written `{name: value}`",
      fixes: name.map { [Fix("write `\($0)`", [.init(place, $0)])] } ?? [])
  }

  static func conditionMissing(_ place: Place) -> Diagnostic {
    Diagnostic(.badCondition, "after `if` a condition is missing", at: place, caption: "such as `$debug`")
  }

  static func assignInCondition(_ place: Place) -> Diagnostic {
    Diagnostic(
      .badCondition, "two values are compared by `==`", at: place, caption: "`=` declares",
      fixes: [Fix("write `==`", [.init(place, "==")])])
  }

  static func comparisonInRow(_ place: Place) -> Diagnostic {
    Diagnostic(
      .badCondition, "a comparison has two sides", at: place, caption: "this would be a third",
      helps: ["join two comparisons by `and`"])
  }
}
