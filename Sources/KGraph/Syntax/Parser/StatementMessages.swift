/// What is said about statements, brackets and names.
extension Diagnostic {
  static func noStatement(_ place: Place) -> Diagnostic {
    if [")", "]"].contains(place.text) { return closesNothing(place) }
    return Diagnostic(
      .unknownStatement, "no statement begins with `\(place.text)`", at: place, helps: [Self.statementForms])
  }

  private static let statementForms = "a line is a linkage (`a -> b`), an instance (`a = Component()`) or a declaration"

  /// - Parameter isInstance: whether what follows makes the word look like the name of an instance.
  static func unknownStatement(_ word: Place, next: Place, isInstance: Bool = false) -> Diagnostic {
    if isInstance {
      let end = Place(word.source, word.range.upperBound..<word.range.upperBound)
      return Diagnostic(
        .unknownStatement, "`\(word.text)` begins no statement", at: word,
        labels: [Label(next, "so this is not understood")],
        fixes: [Fix("insert `=`", [.init(end, " =")])])
    }
    return Diagnostic(
      .unknownStatement, "`\(word.text)` begins no statement", at: word,
      labels: [Label(next, "so this is not understood")],
      helps: [
        statementForms,
        "declarations begin with \(Keyword.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", "))",
      ])
  }

  static func misspelledStatement(_ place: Place, _ keyword: String) -> Diagnostic {
    Diagnostic(
      .unknownStatement, "`\(place.text)` begins no statement", at: place, caption: "did you mean `\(keyword)`?",
      fixes: [Fix("write `\(keyword)`", [.init(place, keyword)])])
  }

  static func leftOver(_ place: Place, found: String) -> Diagnostic {
    Diagnostic(
      .leftOver, "\(found) follows a complete statement", at: place, caption: "nothing can stand here",
      helps: ["a statement ends with its line; begin a new line for another one"])
  }

  static func groupWithoutBrackets(_ place: Place) -> Diagnostic {
    Diagnostic(
      .leftOver, "`,` follows a complete statement", at: place, caption: "nothing can stand here",
      helps: ["several instances of one linkage stand in brackets: `[a, b] -> c`"])
  }

  static func misspelledClause(_ place: Place, _ word: String) -> Diagnostic {
    Diagnostic(
      .leftOver, "`\(place.text)` follows a complete statement", at: place, caption: "did you mean `\(word)`?",
      fixes: [Fix("write `\(word)`", [.init(place, word)])])
  }

  static func assignMissing(_ place: Place, found: String) -> Diagnostic {
    let start = Place(place.source, place.range.prefix(0))
    return Diagnostic(
      .leftOver, "\(found) follows a complete statement", at: place, caption: "a default follows `=`",
      fixes: [Fix("insert `=`", [.init(start, "= ")])])
  }

  static func arrowMissing(_ place: Place, found: String) -> Diagnostic {
    let start = Place(place.source, place.range.prefix(0))
    return Diagnostic(
      .leftOver, "\(found) follows a complete statement", at: place, caption: "nothing can stand here",
      helps: ["a statement ends with its line; begin a new line for another one"],
      fixes: [Fix("insert `->`", [.init(start, "-> ")])])
  }

  /// - Parameters:
  ///   - alias: `as name`, behind the clauses.
  ///   - end: where the clauses end.
  static func aliasAfterClauses(_ alias: Place, component: Place, after end: Int) -> Diagnostic {
    let source = alias.source
    return Diagnostic(
      .leftOver, "`as` stands before `replicate` and `restart`", at: alias,
      labels: [Label(component, "right behind the component")],
      fixes: [
        Fix(
          "put it there",
          [
            .init(Place(source, component.range.upperBound..<component.range.upperBound), " \(alias.text)"),
            .init(Place(source, end..<alias.range.upperBound), ""),
          ])
      ])
  }

  /// - Parameter gap: what stands between `self` and the name.
  static func dotMissing(_ gap: Place, name: String) -> Diagnostic {
    let whole = Place(gap.source, gap.range.upperBound..<gap.range.upperBound + name.utf8.count)
    return Diagnostic(
      .leftOver, "`\(name)` follows a complete statement", at: whole,
      caption: "a box of the graph itself is `self.\(name)`",
      fixes: [Fix("write `.`", [.init(gap, ".")])])
  }

  /// - Parameter path: the text behind the sign.
  static func redirection(_ place: Place, path: Place) -> Diagnostic {
    Diagnostic(
      .leftOver, "a file is written by a component", at: place, caption: "`>` leads nowhere",
      fixes: [Fix("write `-> FileWriter(\(path.text))`", [.init(place, "-> FileWriter(\(path.text))")])])
  }

  /// Says: `let` declares nothing here.
  static func declaringWord(_ word: Place, next: Place, isValue: Bool) -> Diagnostic {
    let gap = Place(word.source, word.range.lowerBound..<next.range.lowerBound)
    return Diagnostic(
      .unknownStatement, "`\(word.text)` begins no statement", at: word,
      caption: isValue ? "a value is declared by `param`" : "an instance is declared by its name alone",
      fixes: isValue
        ? [Fix("write `param`", [.init(word, "param")])] : [Fix("take it away", [.init(gap, "")])])
  }

  /// Says: an import begins with `import`.
  static func importFrom(_ word: Place) -> Diagnostic {
    Diagnostic(
      .unknownStatement, "`from` begins no statement", at: word,
      helps: ["an import is written `import {Mixer} from \"audio.kgraph\"`"])
  }

  static func optionsInOtherBrackets(_ place: Place, write right: String) -> Diagnostic {
    Diagnostic(
      .badArrowOptions, "the options of an arrow stand in square brackets", at: place,
      fixes: [Fix("write `\(right)`", [.init(place, right)])])
  }

  static func optionOfProgram(_ place: Place) -> Diagnostic {
    Diagnostic(
      .leftOver, "`\(place.text)` follows a complete statement", at: place, caption: "nothing can stand here",
      helps: ["a program stands in backticks, with its options: `` `sort -u` ``"])
  }

  /// Says: an arrow is written `->`.
  static func noArrow(_ place: Place) -> Diagnostic {
    Diagnostic(
      .leftOver, "an arrow is written `->`", at: place, caption: "this is none",
      fixes: [Fix("write `->`", [.init(place, "->")])])
  }

  static func unexpected(_ place: Place, found: String, expected: String) -> Diagnostic {
    Diagnostic(
      .unexpected, "here \(found) stands instead of \(expected)", at: place, caption: "expected \(expected)",
      helps: place.isForCalculation
        ? [noArithmetic] : place.text == "?" ? ["a choice is made by `if` and `else`, around statements"] : [])
  }

  /// - Parameter isBeforeArrow: whether an arrow follows where the bracket should be closed.
  static func unclosedBracket(
    _ opening: Place, _ sign: String, end: Place, isBeforeArrow: Bool = false
  ) -> Diagnostic {
    Diagnostic(
      .bracketNotClosed, "no `\(sign)` closes this `\(opening.text)`", at: opening, caption: "it opens here",
      labels: [Label(end, "and should be closed by here")],
      fixes: [Fix("insert `\(sign)`", [.init(end, opening.text == "-[" && !isBeforeArrow ? "]->" : sign)])])
  }

  static func unclosedBrace(_ opening: Place, before: Place?, end: Place) -> Diagnostic {
    let insertion = before.map { Place($0.source, $0.range.prefix(0)) } ?? end
    let isOnNewLine = end.source.bytes.last == UInt8(ascii: "\n")
    return Diagnostic(
      .bracketNotClosed, "no `}` closes this `{`", at: opening, caption: "it opens here",
      labels: [before.map { Label($0, "this seems to stand outside of it") } ?? Label(end, "and the file ends here")],
      fixes: [Fix("insert `}`", [.init(insertion, before != nil || isOnNewLine ? "}\n" : "\n}\n")])])
  }

  /// - Parameter isMended: whether it is right to take it away.
  static func closesNothing(_ place: Place, isMended: Bool = true) -> Diagnostic {
    Diagnostic(
      .closesNothing, "this `\(place.text)` closes nothing", at: place,
      helps: isMended ? [] : ["perhaps the block was closed too early"],
      fixes: isMended ? [Fix("take it away", [.init(place, "")])] : [])
  }

  static func wrongBracket(_ place: Place, _ sign: String, opening: Place) -> Diagnostic {
    Diagnostic(
      .closesNothing, "`\(opening.text)` is closed by `\(sign)`, not by `\(place.text)`", at: place,
      labels: [Label(opening, "opened here")], fixes: [Fix("write `\(sign)`", [.init(place, sign)])])
  }

  static func commaMissing(_ place: Place, next: Place, found: String) -> Diagnostic {
    Diagnostic(
      .commaMissing, "a comma is missing before \(found)", at: next,
      caption: "arguments and elements are parted by commas",
      fixes: [Fix("insert `,`", [.init(place, ",")])])
  }

  static func quoteInText(_ place: Place) -> Diagnostic {
    Diagnostic(
      .commaMissing, "a text ends here, and something follows at once", at: place, caption: "this quote ends it",
      helps: ["inside a text a quote is written `\\\"`; `r#\"…\"#` takes quotes as they are"])
  }

  static func nothingBeforeComma(_ place: Place) -> Diagnostic {
    Diagnostic(
      .commaMissing, "nothing stands before this comma", at: place, fixes: [Fix("take it away", [.init(place, "")])])
  }

  static func nameMissing(_ place: Place, _ subject: String, after word: String, found: String) -> Diagnostic {
    let article = subject == "instance" ? "an" : "a"
    let expected = "the name of \(article) \(subject)"
    let message = word.isEmpty ? "here stands \(found) instead of \(expected)" : "`\(word)` is followed by \(expected)"
    return Diagnostic(
      .nameMissing, message, at: place, caption: word.isEmpty ? "expected a name" : "but here is \(found)")
  }

  static func nameWithDigit(_ place: Place) -> Diagnostic {
    Diagnostic(.badName, "`\(place.text)` is not a name", at: place, caption: "names begin with a letter or `_`")
  }

  static func nameWithHyphen(_ place: Place) -> Diagnostic {
    var name = ""
    for part in place.text.split(separator: "-") {
      name += name.isEmpty ? String(part) : part.prefix(1).uppercased() + part.dropFirst()
    }
    return Diagnostic(
      .badName, "a hyphen is no part of a name", at: place,
      fixes: [Fix("write `\(name)`", [.init(place, name)])])
  }

  static func reservedName(_ place: Place) -> Diagnostic {
    Diagnostic(
      .reservedName, "`self` is the graph itself, and nothing else can be called so", at: place,
      caption: "choose another name")
  }

  static func nestedTooDeeply(_ place: Place, limit: Int) -> Diagnostic {
    Diagnostic(
      .nestedTooDeeply, "this is nested more than \(limit) deep", at: place, caption: "level \(limit + 1) begins here",
      helps: ["give inner parts names of their own"])
  }

  static func blockMissing(_ place: Place, found: String, after word: String) -> Diagnostic {
    Diagnostic(
      .blockMissing, "`\(word)` needs a block in braces", at: place, caption: "expected `{`, and here is \(found)",
      helps: place.isForCalculation ? [noArithmetic] : [])
  }

  static func braceOnNextLine(_ place: Place, after end: Place) -> Diagnostic {
    let gap = Place(place.source, end.range.upperBound..<place.range.lowerBound)
    let isBlank = gap.text.allSatisfy(\.isWhitespace)
    return Diagnostic(
      .blockMissing, "the opening brace stands on the line before", at: place, labels: [Label(end, "here")],
      fixes: isBlank ? [Fix("join the lines", [.init(gap, " ")])] : [])
  }
}

extension Place {
  /// Whether a sign stands there that others calculate with.
  fileprivate var isForCalculation: Bool { ["-", "+", "*", "/", "%"].contains(text) }
}
