import Kamaelia
import KamaeliaTesting
import Testing

struct Numbers: Component {
  static let summary = "Sends 0, 1, 2, …"
  @Parameter("How many.", main: true) var count: Int
  let outbox = Outbox<Int>("The numbers.")
  func main() async throws { for number in 0..<count { try await outbox.send(number) } }
}

struct AddOne: Transform {
  static let summary = "Adds one."
  let inbox = Inbox<Int>("A number.")
  let outbox = Outbox<Int>("The next one.")
  func transform(_ number: Int) -> Int { number + 1 }
}

@Suite(.fewAtATime) struct HarnessTests {
  @Test func `A source's messages come out in order`() async throws {
    let outcome = try await Harness(Numbers.self, ["count": 1000]).run()
    #expect(outcome.messages("outbox", as: Int.self) == Array(0..<1000))
    #expect(outcome.hasEnded)
  }

  @Test(arguments: [1, 2, 3, 256]) func `A transform keeps order at any capacity`(capacity: Int) async throws {
    let harness = Harness(AddOne.self, capacity: capacity)
    harness.feed("inbox", Array(0..<500))
    let outcome = try await harness.run()
    #expect(outcome.messages("outbox", as: Int.self) == Array(1...500))
  }

  @Test(arguments: [2, 3, 20])
  func `Literals come in the order in which they are written`(count: Int) async throws {
    var graph = GraphBuilder()
    let collector = graph.add("collector", Collector.self, ["name": .text("literals-\(count)")])
    for number in 0..<count { graph.literal(number, to: collector) }
    guard case .finished = try await graph.run() else {
      Issue.record("did not finish")
      return
    }
    #expect(Notes.read("literals-\(count)") == Array(0..<count))
  }

  @Test(arguments: [1, 3]) func `A message larger than a share passes`(count: Int) async throws {
    let large = Bytes([UInt8](repeating: 7, count: 3 << 20))
    let harness = Harness(Same.self, capacity: 2)
    harness.feed("inbox", [Bytes](repeating: large, count: count))
    let outcome = try await harness.run()
    #expect(outcome.messages("outbox", as: Bytes.self).map(\.count) == [Int](repeating: large.count, count: count))
  }
}

/// Passes bytes on.
private struct Same: Component {
  static let summary = "Passes bytes on."
  let inbox = Inbox<Bytes>("Bytes.")
  let outbox = Outbox<Bytes>("The same.")

  func main() async throws { for await bytes in inbox { try await outbox.send(bytes) } }
}
