import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

/// When the reader of one outbox leaves, the others get all that is theirs.
@Suite(.timeLimit(.minutes(2))) struct SeveralOutboxesTests {
  /// A component, and what makes all its outboxes send something.
  struct Drive: Sendable, CustomTestStringConvertible {
    let name: String
    let type: any Component.Type
    var arguments: [String: Value] = [:]
    var meals: [Meal] = []
    /// Boxes that are not driven: they send something only where the one beside them is slow.
    var silent: Set<String> = []
    var isReal = false
    var testDescription: String { name }
  }

  /// What an inbox is fed.
  struct Meal: Sendable {
    let box: String
    let moment: Duration
    let messages: [any Message]

    init(_ box: String, at moment: Duration = .zero, _ messages: [any Message]) {
      self.box = box
      self.moment = moment
      self.messages = messages
    }
  }

  private static let numbers = Array(0..<40)
  /// Every other one is no number, no key and no JSON.
  private static let mixed: [any Message] = (0..<40).map {
    AnyMessage($0 % 2 == 0 ? JSON.object(["n": .int($0 % 5)]) : JSON.object(["m": .int($0)]))
  }

  private static func texts(_ count: Int, _ text: (Int) -> String) -> [any Message] { (0..<count).map(text) }

  static let text: [Drive] = [
    Drive(name: "Bars", type: Bars.self, arguments: ["of": "n"], meals: [Meal("inbox", mixed)]),
    Drive(name: "Format", type: Format.self, arguments: ["template": "{n}"], meals: [Meal("inbox", mixed)]),
    Drive(name: "FormatCSV", type: FormatCSV.self, meals: [Meal("inbox", mixed)]),
    Drive(
      name: "Lines", type: Lines.self, arguments: ["longest": .size(3)],
      meals: [Meal("inbox", (0..<40).map { Bytes($0 % 2 == 0 ? "ok\n" : "too long\n") })]),
    Drive(
      name: "Match", type: Match.self, arguments: ["pattern": "a"],
      meals: [Meal("inbox", texts(40) { $0 % 2 == 0 ? "aa" : "c" })], silent: ["errors"]),
    Drive(
      name: "ParseCSV", type: ParseCSV.self,
      meals: [Meal("inbox", ["a,b"] + texts(40) { $0 % 2 == 0 ? "\($0),x" : "\($0)" })]),
    Drive(
      name: "ParseJSON", type: ParseJSON.self,
      meals: [Meal("inbox", texts(40) { $0 % 2 == 0 ? "[\($0)]" : "no" })]),
    Drive(
      name: "Replace", type: Replace.self, arguments: ["pattern": "a", "with": "x"],
      meals: [Meal("inbox", texts(40) { "a\($0)" })], silent: ["errors"]),
    Drive(
      name: "Split", type: Split.self, arguments: ["pattern": " "], meals: [Meal("inbox", texts(40) { "\($0) a" })],
      silent: ["errors"]),
  ]

  static let flow: [Drive] = [
    Drive(
      name: "Buffer", type: Buffer<Int>.self, arguments: ["size": 100], meals: [Meal("inbox", numbers)],
      silent: ["dropped"]),
    Drive(
      name: "Chooser", type: Chooser<Int>.self, arguments: ["items": .list(numbers.map { .int($0) })],
      meals: [Meal("inbox", texts(40) { $0 % 2 == 0 ? "next" : "no" })]),
    Drive(
      name: "Dedupe", type: Dedupe<Int>.self, meals: [Meal("inbox", numbers.map { $0 / 2 })]),
    Drive(name: "Drop", type: Drop<Int>.self, arguments: ["count": 20], meals: [Meal("inbox", numbers)]),
    Drive(
      name: "Filter", type: Filter<Int>.self, arguments: ["above": .int(20)],
      meals: [Meal("inbox", numbers.map { $0 * 17 % 40 })]),
    Drive(name: "Tee", type: Tee<Int>.self, meals: [Meal("inbox", numbers)]),
    Drive(
      name: "Throttle", type: Throttle<Int>.self,
      arguments: ["rate": .rate(perSecond: 1, isBytes: false), "excess": .name("reject")],
      meals: (0..<20).map { Meal("inbox", at: .seconds($0), [$0, $0]) }),
    Drive(
      name: "Timeout", type: Timeout<Int>.self, arguments: ["after": .duration(.seconds(1))],
      meals: (0..<20).map { Meal("inbox", at: .seconds($0 * 10), [$0]) }),
    Drive(
      name: "Unbatch", type: JSON.Unbatch.self,
      meals: [Meal("inbox", (0..<40).map { $0 % 2 == 0 ? JSON.array([.int($0)]) : JSON.int($0) })]),
    Drive(
      name: "Zip", type: Zip<Int, String>.self,
      meals: [Meal("left", numbers), Meal("right", texts(20) { "\($0)" })], silent: ["unpairedRight"]),
  ]

  static let figures: [Drive] = [
    Drive(
      name: "CountBy", type: CountBy<JSON>.self, arguments: ["by": "n", "each": 1], meals: [Meal("inbox", mixed.json)]),
    Drive(
      name: "Histogram", type: Histogram<JSON>.self,
      arguments: ["of": "n", "edges": .list([.int(0), .int(9)]), "each": 1],
      meals: [Meal("inbox", mixed.json)]),
    Drive(name: "Mean", type: Mean<JSON>.self, arguments: ["of": "n"], meals: [Meal("inbox", mixed.json)]),
    Drive(name: "Sum", type: Sum<JSON>.self, arguments: ["of": "n"], meals: [Meal("inbox", mixed.json)]),
    Drive(
      name: "TopK", type: TopK<JSON>.self, arguments: ["k": 2, "by": "n", "each": 1], meals: [Meal("inbox", mixed.json)]
    ),
  ]

  static let programs: [Drive] = ["Process", "ProcessBytes"].map { name in
    let script = "i=0; while [ $i -lt 40 ]; do echo $i; echo error $i >&2; i=$((i+1)); done; exit 0"
    return Drive(
      name: name, type: name == "Process" ? KamaeliaComponents.Process.self : ProcessBytes.self,
      arguments: ["command": .command(["sh", "-c", script])], silent: name == "Process" ? ["tooLong"] : [],
      isReal: true)
  }

  /// What has to do with files, below.
  private static let files: Set = ["FileReader", "FileTail", "WholeFile"]
  /// Boxes of these only tell of connections, or take what comes from outside; their own tests drive them.
  private static let others: Set = [
    "Carousel", "ConsoleReader", "HTTPClient", "HTTPServer", "MulticastReceiver", "Switch", "TCPClient", "TCPServer",
    "UDPReceiver",
    "UnixSocketClient", "UnixSocketServer", "Visitor", "WebSocketServer",
  ]

  @Test func `Every component with several outboxes is looked at`() {
    let drives = Self.text + Self.flow + Self.figures + Self.programs
    let several = Library.standard.names.filter { name in
      guard let signature = Library.standard.signature(of: name) else { return false }
      return signature.outboxes.count > 1
    }
    #expect(Set(several) == Set(drives.map(\.name)).union(Self.files).union(Self.others))
  }

  @Test(arguments: text + flow + figures + programs)
  func `When the reader of one outbox leaves, the others get all that is theirs`(_ drive: Drive) async throws {
    try await expectIndependence(drive)
  }

  @Test func `The same holds for what is read from files`() async throws {
    let scratch = try Scratch()
    try scratch.write("a", String(repeating: "ok\ntoo long\n", count: 40))
    try await expectIndependence(
      Drive(
        name: "FileReader", type: FileReader.self,
        arguments: ["path": .text(scratch["a"]), "longest": .size(4), "chunk": .size(8)]))
    try scratch.write("b", "b")
    try await expectIndependence(
      Drive(
        name: "WholeFile", type: WholeFile.self,
        meals: [Meal("inbox", Self.texts(20) { scratch[$0 % 2 == 0 ? "b" : "none"] })]))
  }

  @Test(arguments: [0, 1]) func `Who only hears of finished files may leave`(_ count: Int) async throws {
    let scratch = try Scratch()
    let harness = Harness(
      FileWriter.self,
      ["path": .text(scratch["log"]), "mode": .name("append"), "rotateSize": .size(4), "keep": 100])
    harness.feed("inbox", Self.texts(20) { "\($0)" }.map { AnyMessage($0) })
    harness.leave("finished", after: count)
    let outcome = try await harness.run()
    #expect(outcome.failure == nil)
    let lines = scratch.names.compactMap { scratch.read($0) }.joined().split(separator: "\n")
    #expect(Set(lines.map(String.init)) == Set((0..<20).map(String.init)))
    #expect(scratch.read("log") != nil)
  }

  private func run(_ drive: Drive, leaving box: String?, after count: Int) async throws -> [String: [String]] {
    let harness = Harness(drive.type, drive.arguments, clock: drive.isReal ? .real : .virtual, capacity: 2)
    for meal in drive.meals { try feed(harness, meal, drive) }
    if let box { harness.leave(box, after: count) }
    let outcome = try await harness.run()
    #expect(outcome.failure == nil, "\(drive.name)")
    return Dictionary(
      uniqueKeysWithValues: Signature(of: drive.type).outboxes.map { box in
        (box.name, outcome.timed(box.name).map(\.text))
      })
  }

  private func feed(_ harness: Harness, _ meal: Meal, _ drive: Drive) throws {
    func feed<M: Message>(_ first: M) { harness.feed(meal.box, at: meal.moment, meal.messages.compactMap { $0 as? M }) }
    guard let first = meal.messages.first else {
      Issue.record("an empty meal")
      return
    }
    feed(first)
  }

  private func expectIndependence(_ drive: Drive) async throws {
    let all = try await run(drive, leaving: nil, after: 0)
    #expect(Set(all.filter { $0.value.isEmpty }.keys) == drive.silent, "\(drive.name)")
    for box in all.keys {
      for count in [0, 1] {
        let left = try await run(drive, leaving: box, after: count)
        for (other, texts) in all where other != box {
          // How a stream of bytes is cut depends on who runs when.
          let isBytes = drive.name == "ProcessBytes" && other == "outbox"
          #expect(
            isBytes ? left[other]?.joined() == texts.joined() : left[other] == texts,
            "\(drive.name): `\(other)` without a reader of `\(box)` after \(count)")
        }
      }
    }
  }
}

extension [any Message] {
  fileprivate var json: [any Message] { map(\.json) }
}
