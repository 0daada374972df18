import Kamaelia
import Testing

@testable import KGraph

/// What a test has recorded, written into the file.
struct RecordedTextTests {
  @Test(
    arguments: [
      ("expect b recorded", ["a", 1], "expect b recorded: \"a\", 1"),
      ("expect b recorded  # why", [], "expect b recorded: nothing  # why"),
      ("expect b recorded within 1s", ["a"], "expect b recorded: \"a\" within 1s"),
      ("expect b recorded: nothing in any order", ["a"], "expect b recorded: \"a\" in any order"),
      ("expect b recorded: 1,  2 in any order", [1, 3], "expect b recorded: 1,  3 in any order"),
      ("expect b recorded: 1, # one\n  2, # two\n  3", [1, 5, 3], "expect b recorded: 1, # one\n  5, # two\n  3"),
      ("expect b recorded: 1, # one\n  2, # two\n  3", [1], "expect b recorded: 1 # one\n   # two\n  "),
      ("expect b recorded: 1, 2 # end", [], "expect b recorded: nothing  # end"),
      ("expect b recorded: 1 # end", [1, [2.5, true]], "expect b recorded: 1, [2.5, true] # end"),
      ("expect b recorded: 1", [1], "expect b recorded: 1"),
      (
        "expect b recorded", [.text(String(repeating: "x", count: 90)), 2],
        "expect b recorded: \"\(String(repeating: "x", count: 90))\",\n        2"
      ),
    ] as [(String, [Value], String)])
  func `what came stands where it is expected, and all else as it was`(
    _ step: String, _ values: [Value], _ expected: String
  ) throws {
    func text(_ step: String) -> String { "# before\ntest \"it\" of C() {\n\(step)\n}\n# after\n" }
    let file = parsed(text(step))
    #expect(file.diagnostics.isEmpty)
    guard case .test(let test)? = file.statements.first, let place = test.steps.first?.place else {
      Issue.record("no step")
      return
    }
    let edits = RecordedText.edits([place: values], in: file)
    var bytes = file.source.bytes
    for edit in edits.reversed() { bytes.replaceSubrange(edit.place.range, with: Array(edit.replacement.utf8)) }
    #expect(String(decoding: bytes, as: UTF8.self) == text(expected))
    #expect(parsed(String(decoding: bytes, as: UTF8.self)).diagnostics.isEmpty)
  }
}
