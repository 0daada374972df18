import Kamaelia
import KamaeliaIO

/// What a checker saw, for the test that made it.
final class Notes: Sendable {
  static let all = Lock<[String: [Int]]>([:])

  static func note(_ key: String, _ values: [Int]) { all.withLock { $0[key] = values } }
  static func read(_ key: String) -> [Int]? { all.withLock { $0[key] } }
}

/// Checks that numbers come in order and counts them.
struct Checker: Component {
  static let summary = "Checks that numbers come in order and counts them."
  @Parameter("Under which name to note count, sum and first disorder.") var name: String
  @Parameter("Whether each number is one more than the one before.") var isOrdered = true
  let inbox = Inbox<Int>("Numbers.")

  func main() async throws {
    var (count, sum, last, disorder) = (0, 0, Int?.none, -1)
    for await number in inbox {
      if isOrdered, let last, number != last + 1, disorder < 0 { disorder = count }
      last = number
      count += 1
      sum += number
    }
    Notes.note(name, [count, sum, disorder])
  }
}

struct Merger: Component {
  static let summary = "Passes numbers on."
  let inbox = Inbox<Int>("Numbers.")
  let outbox = Outbox<Int>("The same.")
  func main() async throws { for await number in inbox { try await outbox.send(number) } }
}

struct Waits: Component {
  static let summary = "Takes from one inbox and then from another."
  let inbox = Inbox<Int>("First.")
  let other = Inbox<Int>("Then.", isRequired: false)
  let outbox = Outbox<Int>("Nothing.")
  func main() async throws {
    for await _ in inbox { if await other.next() == nil { return } }
  }
}

struct Thrower: Component {
  static let summary = "Fails on a number."
  @Parameter("Which one.") var at: Int
  let inbox = Inbox<Int>("Numbers.")
  let outbox = Outbox<Int>("The same.")
  struct Poison: Error, CustomStringConvertible { let description: String }
  func main() async throws {
    for await number in inbox {
      if number == at { throw Poison(description: "will not take \(number)") }
      try await outbox.send(number)
    }
  }
}

struct Quitter: Component {
  static let summary = "Returns after some messages."
  @Parameter("How many.") var after: Int
  let inbox = Inbox<Int>("Numbers.")
  func main() async throws {
    for _ in 0..<after where await inbox.next() == nil { return }
  }
}

struct Echo: Component {
  static let summary = "Sends one number and then what comes back."
  @Parameter("How often.") var times: Int
  let inbox = Inbox<Int>("What comes back.")
  let outbox = Outbox<Int>("What goes out.")
  func main() async throws {
    try await outbox.send(0)
    for _ in 0..<times {
      guard let number = await inbox.next() else { return }
      try await outbox.send(number)
    }
  }
}
