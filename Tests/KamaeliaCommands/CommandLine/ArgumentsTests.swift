import Testing

@testable import KamaeliaCommands

struct ArgumentsTests {
  private static let verb = Verb(
    "cut", "cut something",
    positionals: [.init("FILE", .file([]), 1...1, "what"), .init("PART", .text, 0...2, "where")],
    options: [
      .value("format", "FORMAT", .oneOf(["text", "json"]), "how"), .flag("deep", "all the way"),
      .value("set", "NAME=VALUE", .text, isRepeated: true, "set"), .value("e", "TEXT", .text, "text"),
      .flag("q", "quiet"),
      .flag("v", "loud"),
    ], examples: []
  ) { _ in .fine }
  private static let other = Verb("mend", "mend", options: [.flag("watch", "look")], examples: []) { _ in .fine }

  @Test(
    arguments: [
      (["f"], ["f"], "", [], false),
      (["f", "--format=json"], ["f"], "json", [], false),
      (["--format", "json", "f", "1", "2"], ["f", "1", "2"], "json", [], false),
      (["f", "--set", "a=1", "--set=b=2", "--set", "c=--deep"], ["f"], "", ["a=1", "b=2", "c=--deep"], false),
      (["--deep", "--", "--format", "-x"], ["--format", "-x"], "", [], true),
      (["-", "--set="], ["-"], "", [""], false),
      (["f", "--set", "-5"], ["f"], "", ["-5"], false),
    ])
  func `options and places are told apart`(
    _ words: [String], _ places: [String], _ format: String, _ sets: [String], _ isDeep: Bool
  ) throws {
    let arguments = try Arguments(words, for: Self.verb)
    #expect(arguments.positionals == places)
    #expect(arguments.value("format") ?? "" == format)
    #expect(arguments.values("set") == sets)
    #expect(arguments.has("deep") == isDeep)
  }

  @Test(arguments: [
    ["-e", "x -> y", "f"], ["-ex -> y", "f"], ["-qe", "x -> y", "f", "-v"], ["-e=x -> y", "f"], ["-qve=x -> y", "f"],
    ["-e", "x -> y", "--", "f"],
  ])
  func `a letter takes the rest of its word or the next`(_ words: [String]) throws {
    let arguments = try Arguments(words, for: Self.verb)
    #expect(arguments.value("e") == "x -> y")
    #expect(arguments.positionals == ["f"])
    #expect(arguments.has("q") == words.contains { $0.hasPrefix("-q") })
  }

  @Test(arguments: [["--help"], ["-h"], ["f", "a", "b", "--help"], ["--deep", "-h", "--nonsense"], ["-qh"], ["-hq"]])
  func `help is given however little else is right`(_ words: [String]) throws {
    #expect(try Arguments(words, for: Self.verb).wantsHelp)
  }

  @Test(
    arguments: [
      ([], "`cut` wants FILE", ""),
      (["f", "1", "2", "3"], "`3` is one too many: `cut` takes no more", ""),
      (["f", "--fromat=json"], "`cut` has no option `--fromat`", "did you mean `--format`?"),
      (["f", "--form", "json"], "`cut` has no option `--form`", "did you mean `--format`?"),
      (["f", "-format"], "`cut` has no option `-format`", "did you mean `--format`?"),
      (["f", "-format=json"], "`cut` has no option `-format=json`", "did you mean `--format=json`?"),
      (["f", "-x"], "`cut` has no option `-x`", "put `--` before words that begin with `-`"),
      (["f", "-qx"], "`cut` has no option `-x`", "put `--` before words that begin with `-`"),
      (["f", "-q=1"], "`-q` takes no value", ""),
      (["f", "--most=4"], "`cut` has no option `--most`", "a parameter of the graph is set by `--set most=4`"),
      (["f", "--most", "4"], "`cut` has no option `--most`", "a parameter of the graph is set by `--set most=4`"),
      (["--most", "a.kgraph"], "`cut` has no option `--most`", "a parameter of the graph is set by `--set most=…`"),
      (
        ["f", "1", "2", "a=3"], "`a=3` is one too many: `cut` takes no more",
        "a parameter of the graph is set by `--set a=3`"
      ),
      (["f", "--e", "x"], "`cut` has no option `--e`", "did you mean `-e`?"),
      (["f", "--watch"], "`cut` has no option `--watch`", "it is an option of `mend`"),
      (["f", "--zzz"], "`cut` has no option `--zzz`", "a parameter of the graph is set by `--set zzz=…`"),
      (["f", "--"], "", ""),
      (["f", "--format"], "`--format` wants a value: `--format FORMAT`", "it takes `text` or `json`"),
      (["f", "--set", "--deep"], "`--set` wants a value: `--set NAME=VALUE`", ""),
      (["f", "--format", "jsn"], "`--format` cannot be `jsn`", "did you mean `json`?"),
      (["f", "--format", "xml"], "`--format` cannot be `xml`", "it takes `text` or `json`"),
      (["f", "--format=text", "--format=json"], "`--format` is given twice", ""),
      (["f", "--deep=1"], "`--deep` takes no value", ""),
      (["f", "--=1"], "`cut` has no option `--`", ""),
    ])
  func `what does not fit is named, with what would`(_ words: [String], _ message: String, _ help: String) {
    var found: CommandError?
    do throws(CommandError) {
      _ = try Arguments(words, for: Self.verb, among: [Self.verb, Self.other])
    } catch {
      found = error
    }
    #expect(found == (message.isEmpty ? nil : .usage(message, help: help.isEmpty ? [] : [help])))
  }
}
