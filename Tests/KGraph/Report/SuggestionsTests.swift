import Testing

@testable import KGraph

struct SuggestionsTests {
  @Test(
    arguments: [
      ("FileTial", ["FileTail", "FileReader", "Tail"], ["FileTail"]),
      ("consolewriter", ["ConsoleReader", "ConsoleWriter"], ["ConsoleWriter"]),
      ("chekc", ["check", "fmt", "list"], ["check"]),
      ("lst", ["list", "test", "last"], ["last", "list"]),
      ("Console", ["ConsoleWriter", "Count", "ConsoleReader"], ["ConsoleReader", "ConsoleWriter"]),
      ("bad", ["bat", "cad", "bar", "ban"], ["ban", "bar", "bat"]),
      ("größe", ["grosse", "grösse", "größen"], ["größen"]),
      ("inbox", ["outbox", "control"], []),
    ])
  func `what was meant is found`(_ name: String, _ names: [String], _ expected: [String]) {
    #expect(Suggestions.closest(to: name, among: names) == expected)
  }

  @Test(arguments: ["", "a", "in", "ms", String(repeating: "x", count: 101)])
  func `a name that is too short or too long gets none`(_ name: String) {
    #expect(Suggestions.closest(to: name, among: ["a", "b", "an", "ins", "s", name + "x"]) == [])
  }

  @Test func `no more than asked for are given, and never the name itself or one twice`() {
    let names = ["tick", "ticks", "ticky", "ticka", "ticks", "tickb"]
    #expect(Suggestions.closest(to: "tick", among: names, limit: 2) == ["ticka", "tickb"])
    #expect(Suggestions.closest(to: "tick", among: names, limit: 9) == ["ticka", "tickb", "ticks", "ticky"])
    #expect(Suggestions.closest(to: "tick", among: names, limit: 0) == [])
    #expect(Suggestions.closest(to: "tick", among: names, limit: -1) == [])
  }

  @Test(
    arguments: [
      ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("abc", "abc", 0), ("abc", "acb", 1), ("kitten", "sitting", 3),
      ("ca", "abc", 3), ("ab", "ba", 1), ("abcd", "badc", 2),
    ])
  func `mistakes are counted`(_ a: String, _ b: String, _ distance: Int) {
    #expect(Suggestions.distance(Array(a), Array(b)) == distance)
    #expect(Suggestions.distance(Array(b), Array(a)) == distance)
  }
}
