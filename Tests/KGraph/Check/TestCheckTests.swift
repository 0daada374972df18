import Kamaelia
import Testing

@testable import KGraph

/// Tests in graph files, checked.
@Suite struct TestCheckTests {
  @Test func `a test has a plan whose boxes are exported, and steps`() throws {
    let checked = check(
      """
      graph Loud(mark: Text) {
        inbox words: Text
        outbox louder: Text
        errors = Match("x")
        self -> errors -> Prefix("${mark}") -> self
        inner = Inner()
        errors.rejected -> inner
      }
      graph Inner {
        inbox inbox: Text
        outbox seen: Text
        self -> Uppercase() -> self
      }

      test "all of it" of Loud(mark: ">") {
        send   words: "ax", "b"
        expect louder: ">ax" within 2s
        expect errors.rejected: "b"
        expect inner.seen matching r"B"
        expect nothing on louder
        advance 500ms
        close words
        expect louder closed within 5s
        expect nothing
      }
      """)
    #expect(checked.words == [])
    let test = try #require(checked.tests.first)
    #expect(test.name == "all of it")
    #expect(test.plan.inboxes == [PlannedBox(name: "words", type: .text)])
    #expect(test.plan.outboxes.map(\.name) == ["louder", "errors.rejected", "inner.seen"])
    #expect(
      test.plan.linkages.map(test.plan.words) == [
        "inner/Uppercase#1.outbox -> self.inner.seen: Text", "self.words -> errors.inbox: Text",
        "errors.outbox -> Prefix#1.inbox: Text", "Prefix#1.outbox -> self.louder: Text",
        "errors.rejected -> inner/Uppercase#1.inbox: Text", "errors.rejected -> self.errors.rejected: Text",
      ])
    #expect(
      test.steps.map { "\($0.action)" }.filter { !$0.hasPrefix("expectMatching") } == [
        #"send("words", ["ax", "b"])"#, #"expect("louder", [">ax"], inAnyOrder: false)"#,
        #"expect("errors.rejected", ["b"], inAnyOrder: false)"#, #"expectNothing(Optional("louder"))"#,
        "advance(0.5 seconds)", #"close("words")"#, #"expectClosed("louder")"#,
        "expectNothing(nil)",
      ])
    #expect(test.steps.map(\.within) == [nil, .seconds(2), nil, nil, nil, nil, nil, .seconds(5), nil])
    guard case .expectMatching("inner.seen", let patterns, false) = test.steps[3].action else {
      Issue.record("no patterns")
      return
    }
    #expect(patterns.map(\.source) == ["B"])
  }

  @Test func `a test makes other instances in the place of a graph's own`() throws {
    let checked = check(
      """
      param path: Path = "a"
      reader = FileReader($path)
      reader -> Lines() -> Match("x") as errors -> ConsoleWriter()

      test "as it is" {
        expect errors.outbox matching r"a", r"b" in any order
        replace reader with Encoded("x")
      }
      graph Encoded(text: Text) {
        outbox outbox: Bytes
        $text -> Encode() -> self
      }
      """)
    #expect(checked.words == [])
    let test = try #require(checked.tests.first)
    #expect(test.plan.instances.map(\.component) == ["Encode", "Lines", "Match", "ConsoleWriter"])
    #expect(checked.plan?.instances.map(\.component) == ["FileReader", "Lines", "Match", "ConsoleWriter"])
    guard case .expectMatching(_, _, true)? = test.steps.first?.action, test.steps.count == 1 else {
      Issue.record("the steps are others")
      return
    }
  }

  @Test(arguments: [
    ("replace readr with Ticks()", "", "`Main` has no instance `readr`"),
    ("replace reader with Nonsense()", "", "there is no component or graph `Nonsense`"),
    ("replace reader with Uppercase()", " of Uppercase()", "`Uppercase` has no instance `reader`"),
  ]) func `what cannot be replaced is named`(_ step: String, _ subject: String, _ message: String) {
    let checked = check(
      """
      reader = Ticks(interval: 1s)
      reader -> ConsoleWriter()
      test "it"\(subject) {
        \(step)
        expect nothing
      }
      """)
    #expect(checked.words.contains { $0.contains(message) }, "\(checked.words)")
  }

  @Test(arguments: [
    ("send inbox: 1, 2\nexpect outbox: [1, 2]", "Batch(2)", "T = Int"),
    ("send inbox: \"a\"\nexpect outbox: [\"a\"]", "Batch(1)", "T = Text"),
    ("expect outbox closed", "Take(1)", "T = Any"),
    ("send inbox: {a: 1}\nexpect outbox: {a: 1}", "Take(1)", "T = JSON"),
    ("send inbox: \"next\"\nexpect outbox: 1", "Chooser([1, 2])", "T = Int"),
    ("send left: 1\nsend right: \"a\"\nexpect outbox: {left: 1, right: \"a\"}", "Zip()", "T = Int, U = Text"),
    ("send in[0]: 1.5\nexpect outbox: 1.5", "Merge()", "T = Double"),
    ("send inbox: 1\nexpect out[\"a\"]: 1\nexpect nothing on unmatched", "Switch()", "T = Int"),
  ]) func `values find the types of generic components`(_ steps: String, _ component: String, _ types: String) throws {
    let checked = check("test \"it\" of \(component) {\n\(steps)\n}")
    #expect(checked.words == [])
    let instance = try #require(checked.tests.first?.plan.instances.first)
    #expect(
      instance.types.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }.joined(separator: ", ") == types)
  }

  @Test func `a test with cases is one for each of them`() throws {
    let checked = check(
      """
      graph Marked(mark: Text) {
        inbox  words: Text
        outbox louder: Text
        source = Ticks(interval: 1s)
        self.words -> Prefix($mark) -> Uppercase() -> self
        source -> ConsoleWriter()
      }
      test "it marks" of Marked(mark: $sign) {
        cases word, sign, loud {
          "a star":  "a", "* ", "* A"
          "nothing": "b", "",   "B"
        }
        send words: $word
        expect louder: "${loud}"
        replace source with Encoded($sign)
      }
      graph Encoded(text: Text) {
        outbox outbox: Text
        $text -> Uppercase() -> self
      }
      """)
    #expect(checked.words == [])
    #expect(checked.tests.map(\.name) == ["it marks: a star", "it marks: nothing"])
    #expect(checked.tests.map(\.title) == ["it marks", "it marks"])
    #expect(checked.tests.map(\.place.text) == ["\"a star\"", "\"nothing\""])
    #expect(
      checked.tests.map { $0.steps.map { "\($0.action)" } } == [
        [#"send("words", ["a"])"#, #"expect("louder", ["* A"], inAnyOrder: false)"#],
        [#"send("words", ["b"])"#, #"expect("louder", ["B"], inAnyOrder: false)"#],
      ])
    #expect(checked.tests.map { $0.plan.literals.map(\.value) } == [["* "], [""]])
  }

  @Test(arguments: [
    ("\"a\": 1", "7:1 K0811 this case has 1 value, and the table names 2"),
    ("\"a\": 1, 2, 3", "7:1 K0811 this case has 3 values, and the table names 2"),
    ("", "6:34 K0811 this table has no cases, so the test is never run"),
    ("\"a\": \"x\", 2", "7:6 K0802 \"x\" is no Int"),
    ("\"a\": 1, 2\n\"a\": 1, 2", "8:1 K0806 there are two cases \"a\""),
    ("\"a\": 1, 2\n}\ncases c {\n\"a\": 3", "9:7 K0811 a test has one table of cases"),
    (
      "\"a\": 1, 2\n}\nexpect out recorded\ncases a, b {\n",
      "9:12 K0811 what is recorded would be the same for all cases"
    ),
    ("\"a\": 1, $c", "7:9 K0204 there is no parameter `c`"),
  ]) func `a mistake in a table of cases gets one clear message`(_ rows: String, _ words: String) {
    let checked = check(
      """
      graph Same {
        inbox into: Int
        outbox out: Int
        self.into -> Take(1) -> self.out
      }
      test "it" of Same() { cases a, b {
      \(rows)
      }
      send into: $a
      expect out: $b
      }
      """)
    #expect(checked.words.first == words)
  }

  @Test func `a value of a case that no step speaks of is told of, and one that hides a parameter too`() {
    let checked = check(
      """
      param b: Int = 1
      taken = Take($b)
      1 -> taken -> ConsoleWriter()
      test "it" of Take(1) {
        cases a, b { "one": 1, 2
        }
        send inbox: $b
        expect outbox: $b
      }
      """)
    #expect(checked.words == ["5:9 K0901 `a` is never used", "5:12 K0904 `b` hides `$b` outside"])
  }

  @Test func `what is recorded is checked as what is expected`() throws {
    let checked = check(
      """
      test "it" of Uppercase() {
        send inbox: "a"
        expect outbox recorded
        expect outbox recorded: nothing in any order within 1s
        expect outbox recorded: "A", "B" in any order
      }
      """)
    #expect(checked.words == [])
    #expect(
      try #require(checked.tests.first).steps.dropFirst().map { "\($0.action)" } == [
        #"expectRecorded("outbox", nil, inAnyOrder: false)"#,
        #"expectRecorded("outbox", Optional([]), inAnyOrder: true)"#,
        #"expectRecorded("outbox", Optional(["A", "B"]), inAnyOrder: true)"#,
      ])
    #expect(
      check("test \"it\" of Uppercase() {\nexpect outbox recorded: 5\n}").words == ["2:25 K0802 5 is no Text"])
  }

  @Test func `a test without a subject is one of the file`() throws {
    let checked = check(
      """
      param mark: Text = "> "
      inbox words: Text
      outbox louder: Text
      self -> Prefix($mark) -> self

      test "it marks" {
        send words: "a"
        expect louder: "${mark}a"
      }
      """)
    #expect(checked.words == [])
    #expect(checked.tests.first?.plan.name == "Main")
    guard case .expect(_, let values, _)? = checked.tests.first?.steps.last?.action else {
      Issue.record("no values")
      return
    }
    #expect(values == ["> a"])
  }

  @Test func `a test brings the backplanes along that its graph uses`() throws {
    let checked = check(
      """
      backplane room: Text
      graph Client(nick: Text) {
        inbox network: Bytes
        outbox reply: Bytes
        self.network -> Lines() -> Prefix("${nick}: ") -> @room
        @room -> Encode() -> self.reply
      }
      TCPServer(port: 1500, protocol: Client)

      test "a line reaches the room" of Client(nick: "ann") {
        send   network: "hi\\n"
        expect reply: "ann: hi"
      }
      test "a server serves" of TCPServer(port: 1, protocol: Client) {
        expect nothing
      }
      """)
    #expect(checked.words == [])
    #expect(checked.tests.map { $0.plan.backplanes.map(\.path) } == [["room"], ["room"]])
    #expect(checked.tests.map { $0.plan.backplanes.map(\.type) } == [[.text], [.text]])
  }

  @Test(arguments: [
    (
      "send inbox: \"a\"\nsend outbx: 1\nexpect outbox: \"A\"", "Uppercase()",
      "3:6 K0801 `Uppercase` has no box `outbx`"
    ),
    ("send inbox: 1.5\nexpect outbox: true", "PassThrough()", "3:16 K0802 true is no Double"),
    ("send inbox: 1.5, \"a\"\nexpect outbox: 1.5", "PassThrough()", "2:18 K0802 \"a\" is no Double"),
    ("send inbox: 70\nexpect nothing", "Limited()", "2:13 K0802 70 is no Int(1...64)"),
    ("expect inbox: \"a\"", "Uppercase()", "2:8 K0803 `inbox` is an inbox, and nothing comes out of it"),
    ("close outbox\nexpect nothing", "Uppercase()", "2:7 K0803 `outbox` is an outbox, and takes nothing"),
    ("advance -1s\nexpect nothing", "Uppercase()", "2:9 K0804 a test takes a duration above zero here"),
    ("expect outbox: \"a\" within 5", "Uppercase()", "2:27 K0804 a test takes a duration above zero here"),
    ("expect outbox matching 5", "Uppercase()", "2:24 K0805 a pattern takes Pattern, and 5 is none"),
    ("expect in: \"a\"", "Merge()", "2:8 K0803 `in` is an inbox, and nothing comes out of it"),
    ("send in: \"a\"\nexpect nothing", "Merge()", "2:6 K0217 `in` of `Merge` is several boxes"),
    ("send inbox[0]: \"a\"\nexpect nothing", "Uppercase()", "2:6 K0217 `inbox` is one box, and has no elements"),
    ("send a.inbox: \"a\"\nexpect nothing", "Uppercase()", "2:6 K0801 `Uppercase` has no instance `a`"),
    ("expect nothing", "Upercase()", "1:14 K0201 there is no component or graph `Upercase`"),
    ("expect nothing", "Match()", "1:14 K0111 `Match` needs its parameter `pattern`"),
  ]) func `a mistake in a test gets one clear message`(_ steps: String, _ subject: String, _ words: String) {
    #expect(check("test \"it\" of \(subject) {\n\(steps)\n}").words == [words])
  }
}
