import Kamaelia

/// What is said about options of linkages and restarts.
extension Diagnostic {
  /// Says: there is no option `…` here.
  static func unknownOption(_ name: Name, candidates: [String]) -> Diagnostic {
    Diagnostic(
      .unknownOption, "there is no option `\(name.text)` here", at: name.place,
      helps: ["there are \(listed(candidates))"],
      fixes: renaming(name.place, name.text, among: candidates))
  }

  /// Says: this is no option of a linkage.
  static func badOption(_ place: Place, _ value: Value) -> Diagnostic {
    Diagnostic(
      .badOption, "this is no option of a linkage", at: place, caption: "it is \(value.sketch)",
      helps: ["a number of messages, a size in bytes, an overflow policy, or `ttl: 5s`"])
  }

  /// Says: `…` takes ….
  static func badOptionValue(_ place: Place, _ option: String, _ value: Value) -> Diagnostic {
    let wanted = [
      "capacity": "a number of messages or a size above 0", "size": "a size above 0", "overflow": "an overflow policy",
      "ttl": "a duration above 0", "within": "a duration above 0", "max": "a whole number above 0",
      "backoff": "a duration, or two with `...` between them",
    ]
    return Diagnostic(
      .badOption, "`\(option == "size" ? "capacity" : option)` takes \(wanted[option] ?? "another value")", at: place,
      caption: "this is \(value.sketch)")
  }

  /// Says: there is no overflow policy `…`.
  static func unknownOverflow(_ place: Place, _ word: String, _ words: [String]) -> Diagnostic {
    Diagnostic(
      .badOption, "there is no overflow policy `\(word)`", at: place, helps: ["there are \(listed(words))"],
      fixes: renaming(place, word, among: words))
  }

  /// Says: `…` is given twice.
  static func optionTwice(_ place: Place, _ option: String, first: Place) -> Diagnostic {
    Diagnostic(
      .optionTwice, "`\(option == "size" ? "capacity" : option)` is given twice", at: place,
      labels: [Label(first, "the first time")])
  }

  /// Says: a linkage holds 1 to 16777216 messages.
  static func capacityOutOfRange(_ place: Place, _ count: Int) -> Diagnostic {
    Diagnostic(
      .capacityOutOfRange, "a linkage holds 1 to 16777216 messages", at: place,
      helps: count == 0 ? ["for no waiting at all, `-[1]->` comes nearest"] : [])
  }

  /// Says: `latest` keeps one message.
  static func capacityOfLatest(_ place: Place, _ policy: Place?) -> Diagnostic {
    Diagnostic(
      .capacityOfLatest, "`latest` keeps one message", at: place, caption: "this asks for more",
      labels: policy.map { [Label($0, "keeps the newest message only")] } ?? [])
  }

  /// Says: it is not clear what this time is for.
  static func unnamedTime(_ place: Place) -> Diagnostic {
    let start = Place(place.source, place.range.lowerBound..<place.range.lowerBound)
    return Diagnostic(
      .badOption, "it is not clear what this time is for", at: place,
      fixes: [Fix("write `ttl: `: how long a message may wait", [.init(start, "ttl: ")])])
  }

  /// Says: `never` has no options.
  static func neverWithArguments(_ place: Place) -> Diagnostic {
    Diagnostic(.badRestart, "`never` has no options", at: place)
  }

  /// Says: the options of `restart` are written with their names.
  static func unnamedRestartOption(_ place: Place) -> Diagnostic {
    Diagnostic(
      .badRestart, "the options of `restart` are written with their names", at: place,
      helps: ["as in `restart onFailure(max: 5, within: 1min, backoff: 1s...30s)`"])
  }
}
