/// What is said about chains, instances, commands and tests.
extension Diagnostic {
  static func arrowFromNowhere(_ place: Place) -> Diagnostic {
    Diagnostic(.looseArrow, "nothing stands before this arrow", at: place, caption: "where does it come from?")
  }

  static func arrowToNowhere(_ place: Place) -> Diagnostic {
    Diagnostic(.looseArrow, "nothing stands after this arrow", at: place, caption: "where does it lead?")
  }

  static func nothingBetweenArrows(_ place: Place) -> Diagnostic {
    Diagnostic(.looseArrow, "nothing stands between two arrows", at: place, caption: "where does this one come from?")
  }

  /// - Parameter wrong: what stands in the place of the head, if it is nearly one.
  static func arrowWithoutHead(_ bracket: Place, wrong: Place?) -> Diagnostic {
    let after = Place(bracket.source, bracket.range.upperBound..<bracket.range.upperBound)
    return Diagnostic(
      .badArrowOptions, "an arrow with options ends with `]->`", at: wrong ?? bracket,
      fixes: [Fix("write `]->`", [.init(wrong ?? after, "->")])])
  }

  /// - Parameter options: the brackets behind the arrow.
  static func optionsBehindArrow(_ place: Place, options: Place) -> Diagnostic {
    Diagnostic(
      .badArrowOptions, "options sit in the arrow", at: place,
      fixes: [Fix("write `-\(options.text)->`", [.init(place, "-\(options.text)->")])])
  }

  static func arrowOptionsEmpty(_ place: Place) -> Diagnostic {
    Diagnostic(
      .badArrowOptions, "this arrow has brackets and no options", at: place, helps: ["without options it is `->`"])
  }

  static func optionsWithoutDash(_ place: Place) -> Diagnostic {
    Diagnostic(
      .badArrowOptions, "something in brackets follows a complete chain", at: place,
      helps: [
        "options sit in the arrow: `a -[64]-> b`; the element of an array box follows its name at once: `a.in[0]`"
      ])
  }

  static func nothingLinked(_ place: Place, word: String?) -> Diagnostic {
    let helps =
      word.map { ["`\($0)` begins a declaration when something follows that fits it"] }
      ?? ["link it by an arrow, `\(place.text.prefix(40)) -> …`, or declare an instance, `name = Component()`"]
    return Diagnostic(.nothingLinked, "this line links nothing", at: place, helps: helps)
  }

  /// Programs that a text in a chain is likely to mean.
  private static let programs: Set = [
    "awk", "bash", "cat", "curl", "cut", "date", "ffmpeg", "grep", "gzip", "head", "jq", "ls", "nl", "node", "perl",
    "python", "python3", "rev", "sed", "sh", "sort", "tac", "tail", "tee", "tr", "uniq", "wc", "xargs", "zcat",
  ]

  /// - Parameter text: what it says, where it is a text.
  static func literalInChain(_ place: Place, text: String? = nil) -> Diagnostic {
    var fixes: [Fix] = []
    if let text, !text.contains("`"), !text.contains("${"), !text.utf8.contains(where: { $0 < 0x20 }) {
      let words = text.split(separator: " ")
      let isProgram =
        words.first.map { programs.contains(String($0)) } == true
        || (words.count > 1 && words.first?.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber) } == true
          && words.dropFirst().contains { $0.hasPrefix("-") || $0.hasPrefix("'") })
      if text.isFormatOfGStreamer { return formatInChain(place, whole: nil) }
      if words.count == 1, text.contains(".") || text.contains("/") {
        let right = "FileWriter(\(quoted(text)))"
        fixes = [Fix("for a file, write `\(right)`", [.init(place, right)])]
      } else if isProgram {
        fixes = [Fix("for a program, write `` `\(text)` ``", [.init(place, "`\(text)`")])]
      }
    }
    return Diagnostic(
      .literalInChain, "a value can only stand at the start of a chain", at: place, caption: "a value receives nothing",
      fixes: fixes)
  }

  static func groupInGroup(_ place: Place) -> Diagnostic {
    Diagnostic(
      .badGroup, "a group holds no other group", at: place, caption: "its members can stand in the outer one",
      fixes: [
        Fix(
          "take the brackets away",
          [
            .init(Place(place.source, place.range.prefix(1)), ""),
            .init(Place(place.source, place.range.suffix(1)), ""),
          ])
      ])
  }

  static func emptyGroup(_ place: Place) -> Diagnostic {
    Diagnostic(.badGroup, "this group is empty", at: place, caption: "as in `[b, c]`")
  }

  static func notTwoBoxes(_ place: Place, count: Int) -> Diagnostic {
    Diagnostic(
      .badBoxes, "an inbox and an outbox are picked here", at: place,
      caption: "expected two names, and here are \(count)",
      helps: ["`.(left, mix)` picks both, `_` stands for the default; one alone is `.left`"])
  }

  static func notOneIndex(_ place: Place, count: Int) -> Diagnostic {
    Diagnostic(
      .badBoxes, "one element of an array box is picked here", at: place,
      caption: "expected one value, and here are \(count)")
  }

  /// - Parameter hasArguments: whether a value follows that seems to be meant for it.
  static func parenthesesMissing(_ name: Name, hasArguments: Bool = false) -> Diagnostic {
    let end = name.place.range.upperBound
    if hasArguments {
      return Diagnostic(
        .parenthesesMissing, "a new `\(name.text)` has parentheses", at: name.place,
        caption: "its arguments stand in them", helps: ["as in `\(name.text)(…)`"])
    }
    return Diagnostic(
      .parenthesesMissing, "a new `\(name.text)` has parentheses", at: name.place,
      caption: "a bare name is an instance",
      fixes: [Fix("write `\(name.text)()`", [.init(Place(name.place.source, end..<end), "()")])])
  }

  static func componentMissing(_ place: Place, found: String) -> Diagnostic {
    Diagnostic(
      .badInstance, "after `=` a component is missing", at: place,
      caption: found.isEmpty ? "such as `Lines()`" : "here is \(found)")
  }

  static func valueInInstance(_ place: Place, name: String) -> Diagnostic {
    Diagnostic(
      .badInstance, "an instance is made by a component, and this is a value", at: place, caption: "such as `Lines()`",
      helps: ["a value is declared with its type: `param \(name): Type = \(place.text.prefix(60))`"])
  }

  static func chainInInstance(_ place: Place, name: String, component: Place) -> Diagnostic {
    Diagnostic(
      .badInstance, "an instance is declared by itself, and linked by its name", at: place,
      caption: "the declaration ends here",
      helps: ["name it inside the chain: `\(component.text.prefix(60)) as \(name) -> …`"])
  }

  static func boxInInstance(_ place: Place, name: String) -> Diagnostic {
    Diagnostic(
      .badInstance, "a declaration names an instance, not a box", at: place,
      helps: ["pick the box where it is linked: `\(name).box -> …`"])
  }

  static func aliasInInstance(_ place: Place, name: String) -> Diagnostic {
    Diagnostic(.badInstance, "this instance has its name already", at: place, caption: "it is `\(name)`")
  }

  static func aliasOfName(_ place: Place, name: String) -> Diagnostic {
    Diagnostic(
      .badInstance, "an instance has one name", at: place, caption: "`\(name)` is an instance already",
      helps: ["`as` names a new one: `Component() as name`"])
  }

  static func aliasTwice(_ place: Place, first: Name) -> Diagnostic {
    Diagnostic(
      .badInstance, "an instance has one name", at: place, caption: "a second one",
      labels: [Label(first.place, "it is called `\(first.text)` already")])
  }

  static func clauseTwice(_ place: Place, word: String, first: Place) -> Diagnostic {
    Diagnostic(
      .badClause, "`\(word)` stands twice", at: place, caption: "once is enough",
      labels: [Label(first, "the first one")])
  }

  static func unknownSharing(_ place: Place, found: String) -> Diagnostic {
    Diagnostic(
      .badClause, "`by` is followed by `roundRobin` or `key(field)`", at: place, caption: "here is \(found)")
  }

  static func notOneKey(_ place: Place) -> Diagnostic {
    Diagnostic(.badClause, "`key` names one field", at: place, caption: "as in `key(user)` or `key(user.id)`")
  }

  static func unknownPolicy(_ place: Place, found: String) -> Diagnostic {
    let policies = RestartClause.Policy.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
    let nearest = Suggestions.closest(to: place.text, among: RestartClause.Policy.allCases.map(\.rawValue)).first
    return Diagnostic(
      .badClause, "`restart` is followed by one of \(policies)", at: place, caption: "here is \(found)",
      fixes: nearest.map { [Fix("write `\($0)`", [.init(place, $0)])] } ?? [])
  }

  static func assignForColon(_ place: Place, name: String) -> Diagnostic {
    Diagnostic(
      .colonOrAssign, "the value of `\(name)` follows a colon", at: place, caption: "`=` declares",
      fixes: [Fix("write `:`", [.init(place, ":")])])
  }

  static func colonMissing(after name: Place) -> Diagnostic {
    let end = Place(name.source, name.range.upperBound..<name.range.upperBound)
    return Diagnostic(
      .colonOrAssign, "a colon is missing after `\(name.text)`", at: name, fixes: [Fix("insert `:`", [.init(end, ":")])]
    )
  }

  static func colonForAssign(_ place: Place, name: String) -> Diagnostic {
    Diagnostic(
      .colonOrAssign, "the instance `\(name)` is declared with `=`", at: place,
      fixes: [Fix("write `=`", [.init(place, " =")])])
  }

  static func commandQuoteOpen(_ place: Place, _ quote: Character) -> Diagnostic {
    Diagnostic(
      .badCommand, "no `\(quote)` closes the one in this command", at: place,
      helps: ["a backslash before a quote makes it a character like others"])
  }

  static func commandEmpty(_ place: Place) -> Diagnostic {
    Diagnostic(.badCommand, "this command names no program", at: place, caption: "as in `sort -u`")
  }

  /// - Parameter place: the value that follows the word.
  static func boxMissing(_ place: Place, name: String) -> Diagnostic {
    Diagnostic(
      .badTest, "the box is missing before the messages", at: place,
      fixes: [Fix("insert `\(name):`", [.init(Place(place.source, place.range.prefix(0)), "\(name): ")])])
  }

  static func testNameWithoutQuotes(_ place: Place) -> Diagnostic {
    Diagnostic(
      .badTest, "the name of a test stands in quotes", at: place,
      fixes: [Fix("write `\"\(place.text)\"`", [.init(place, "\"\(place.text)\"")])])
  }

  static func testWithoutName(_ place: Place, found: String) -> Diagnostic {
    Diagnostic(
      .badTest, "`test` is followed by its name in quotes", at: place, caption: "here is \(found)",
      helps: ["write it as in `test \"slow lines are dropped\" of Throttle() { … }`"])
  }

  static func unknownStep(_ place: Place, nearest: String?) -> Diagnostic {
    Diagnostic(
      .badTest, "no step of a test begins with `\(place.text)`", at: place,
      caption: nearest.map { "did you mean `\($0)`?" }
        ?? "steps are `send`, `expect`, `advance`, `close`, `replace` and `cases`",
      fixes: nearest.map { [Fix("write `\($0)`", [.init(place, $0)])] } ?? [])
  }

  static func stepWithoutValues(_ place: Place, found: String, example: String) -> Diagnostic {
    Diagnostic(
      .badTest, "a colon and the messages are missing", at: place, caption: "here is \(found)",
      helps: ["write it as in `\(example)`"])
  }

  static func replaceWithout(_ place: Place, _ name: String, found: String) -> Diagnostic {
    Diagnostic(
      .badTest, "`with` and a component are missing", at: place, caption: "here is \(found)",
      helps: ["write it as in `replace \(name) with Ticks(10ms)`"])
  }

  static func replacedBox(_ dot: Place, _ name: String) -> Diagnostic {
    Diagnostic(
      .badTest, "a whole instance is replaced, and not one of its boxes", at: dot,
      caption: "here is a box of `\(name)`",
      helps: ["write it as in `replace \(name) with Ticks(10ms)`; what is put there has boxes of the same names"])
  }

  static func caseWithoutName(_ place: Place, found: String) -> Diagnostic {
    Diagnostic(
      .badTest, "a case begins with its name in quotes", at: place, caption: "here is \(found)",
      helps: ["write it as in `\"a short one\": \"a\", 1`"])
  }

  static func inAnyOrder(_ place: Place, found: String) -> Diagnostic {
    Diagnostic(.badTest, "`in` is followed by `any order`", at: place, caption: "here is \(found)")
  }
}
