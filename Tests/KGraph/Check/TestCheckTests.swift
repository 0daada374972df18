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
