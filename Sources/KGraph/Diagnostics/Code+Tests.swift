/// K0801–K0812: tests.
extension Code {
  static let tests: [Code] = [
    unknownTestBox, wrongTestValue, wrongTestDirection, badTestTime, badTestPattern, testTwice, testWithoutExpectation,
    afterClose, failedTest, badCases, notRecorded,
  ]

  /// Said when a test runs, so that no graph gets it by being checked.
  package static let failedTest = Code(
    "K0810", "a test that fails",
    """
    The graph did something else than the test says: other messages came, too many or none, a box stayed open, or a component \
    failed. The last messages of every box stand below, and, where nothing could move any more, who waits for whom.
    """,
    example: """
      inbox in: Text
      outbox out: Text
      self.in -> Uppercase() -> self.out

      test "shouts" {
        send in: "hello"
        expect out: "hello"
      }

      """,
    commands: "kamaelia test example.kgraph\n",
    mended: """
      inbox in: Text
      outbox out: Text
      self.in -> Uppercase() -> self.out

      test "shouts" {
        send in: "hello"
        expect out: "HELLO"
      }

      """)

  /// Said when a test runs, too.
  package static let notRecorded = Code(
    "K0812", "a test that expects what has not been recorded",
    """
    `expect box recorded` looks at all messages that come until the box closes or nothing can move any more. What they have to be
    is written by `kamaelia test --record`, in the place where it is expected: `expect box recorded: "a", "b"`. Look at what it has
    written before you keep it. Afterwards the test fails where anything else comes; if that is meant, record it again.
    """,
    example: """
      test "it is loud" of Uppercase() {
        send inbox: "a"
        close inbox
        expect outbox recorded
      }

      """,
    commands: "kamaelia test example.kgraph\n",
    mended: """
      test "it is loud" of Uppercase() {
        send inbox: "a"
        close inbox
        expect outbox recorded: "A"
      }

      """)

  static let unknownTestBox = Code(
    "K0801", "a test of a box that does not exist",
    """
    A test speaks of the boxes of what it tests: those that a graph exports, all those of a component, and `instance.box` for a
    box of an instance inside the graph.
    """,
    example: """
      test "it is loud" of Uppercase() {
        send inbox: "a"
        expect result: "A"
      }

      """,
    mended: """
      test "it is loud" of Uppercase() {
        send inbox: "a"
        expect outbox: "A"
      }

      """)

  static let wrongTestValue = Code(
    "K0802", "a value in a test that the box does not carry",
    "What a test sends and expects has the type of the box, as literals in a graph have.",
    example: """
      test "it is loud" of Uppercase() {
        send inbox: 5
        expect outbox: "5"
      }

      """,
    mended: """
      test "it is loud" of Uppercase() {
        send inbox: "a5"
        expect outbox: "A5"
      }

      """)

  static let wrongTestDirection = Code(
    "K0803", "a test that sends to an outbox, or expects something of an inbox",
    "A test sends to inboxes and closes them, and looks at what comes out of outboxes.",
    example: """
      test "it is loud" of Uppercase() {
        send outbox: "a"
        expect outbox: "A"
      }

      """,
    mended: """
      test "it is loud" of Uppercase() {
        send inbox: "a"
        expect outbox: "A"
      }

      """)

  static let badTestTime = Code(
    "K0804", "a time in a test that is none",
    "`advance` and `within` take a duration above zero: `advance 1s`. It takes no real time.",
    example: """
      test "a tick a second" of Ticks(interval: 1s) {
        expect outbox: 0
        advance 1
        expect outbox: 1
      }

      """,
    mended: """
      test "a tick a second" of Ticks(interval: 1s) {
        expect outbox: 0
        advance 1s
        expect outbox: 1
      }

      """)

  static let badTestPattern = Code(
    "K0805", "a pattern in a test that is no regular expression",
    "`expect box matching r\"…\"` takes regular expressions, as `Match` does, each for one message.",
    example: """
      test "it is loud" of Uppercase() {
        send inbox: "a"
        expect outbox matching r"[A"
      }

      """,
    mended: """
      test "it is loud" of Uppercase() {
        send inbox: "a"
        expect outbox matching r"[A]"
      }

      """)

  static let testTwice = Code(
    "K0806", "two tests of one name",
    "The name of a test says what holds, and a failure is reported by it.",
    example: """
      test "it is loud" of Uppercase() {
        send inbox: "a"
        expect outbox: "A"
      }

      test "it is loud" of Uppercase() {
        send inbox: "b"
        expect outbox: "B"
      }

      """,
    mended: """
      test "it is loud" of Uppercase() {
        send inbox: "a", "b"
        expect outbox: "A", "B"
      }

      """)

  static let testWithoutExpectation = Code(
    "K0807", .warning, "a test that expects nothing",
    "Without `expect`, a test only shows that the graph starts. To say that nothing may come, write `expect nothing`.",
    example: """
      test "it is loud" of Uppercase() {
        send inbox: "a"
      }

      """,
    mended: """
      test "it is loud" of Uppercase() {
        send inbox: "a"
        expect outbox: "A"
      }

      """)

  static let afterClose = Code(
    "K0808", "a test that uses an inbox which it has closed",
    "`close` says that no more messages come. After it nothing can be sent to the inbox, and it cannot be closed again.",
    example: """
      test "it is loud" of Uppercase() {
        close inbox
        send inbox: "a"
        expect outbox: "A"
      }

      """,
    mended: """
      test "it is loud" of Uppercase() {
        send inbox: "a"
        close inbox
        expect outbox: "A"
      }

      """)

  static let badCases = Code(
    "K0811", "a table of cases that cannot be used",
    """
    `cases word, length { … }` names the values of a case, and in the braces has a line for each: its name, and as many values. A
    test has one such table, is run once for each of its cases, and says `$word` where it means the value. What `expect box recorded`
    stands for would be the same for all of them, so it belongs into a test of its own.
    """,
    example: """
      test "it is loud" of Uppercase() {
        cases quiet, loud {
          "a letter": "a"
        }
        send inbox: $quiet
        expect outbox: $loud
      }

      """,
    mended: """
      test "it is loud" of Uppercase() {
        cases quiet, loud {
          "a letter": "a", "A"
        }
        send inbox: $quiet
        expect outbox: $loud
      }

      """)
}
