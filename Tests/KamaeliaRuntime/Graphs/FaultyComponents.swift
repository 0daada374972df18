import Glibc
import Kamaelia
import KamaeliaIO

/// Notes all numbers that come, in order.
struct Collector: Component {
  static let summary = "Notes all numbers."
  @Parameter("Under which name.") var name: String
  @Parameter("How long it deals with each.") var pause = Duration.zero
  @Parameter("After how many it returns.") var limit = Int.max
  let inbox = Inbox<Int>("Numbers.")

  func main() async throws {
    var all: [Int] = []
    defer { Notes.note(name, all) }
    while all.count < limit, let number = await inbox.next() {
      all.append(number)
      if pause > .zero { try await Time.sleep(for: pause) }
    }
  }
}

/// Notes all numbers, which come as messages of any type.
struct AnyCollector: Component {
  static let summary = "Notes all numbers among messages of any type."
  @Parameter("Under which name.") var name: String
  let inbox = Inbox<AnyMessage>("Messages.")

  func main() async throws {
    var all: [Int] = []
    for await message in inbox { if let number = message.base as? Int { all.append(number) } }
    Notes.note(name, all)
  }
}

/// Numbers at a steady pace.
struct Paced: Component {
  static let summary = "Sends 0, 1, 2, … at a pace."
  @Parameter("How many.") var count = Int.max
  @Parameter("Time between them.") var every = Duration.seconds(1)
  let outbox = Outbox<Int>("The numbers.")

  func main() async throws {
    for number in 0..<count {
      try await outbox.send(number)
      try await Time.sleep(for: every)
    }
  }
}

/// As many numbers as are taken, and a note of how many that were.
struct Endless: Component {
  static let summary = "Sends 0, 1, 2, … without end and notes how many were accepted."
  @Parameter("Under which name.") var name: String
  let outbox = Outbox<Int>("The numbers.")

  func main() async throws {
    var sent = 0
    defer { Notes.note(name, [sent]) }
    while true {
      try await outbox.send(sent)
      sent += 1
    }
  }
}

/// Holds its worker.
struct Blocks: Component {
  static let summary = "Blocks its thread until a flag is set."
  @Parameter("Whose flag.") var name: String

  func main() async throws { Flag.named(name).wait() }
}

/// Never gives way by itself.
struct Sleepless: Component {
  static let summary = "Sends one number and computes on until a flag is set."
  @Parameter("Whose flag.") var name: String
  let outbox = Outbox<Int>("One number.")

  func main() async throws {
    try await outbox.send(1)
    let flag = Flag.named(name)
    while !flag.isUp { _ = getpid() }
  }
}

/// Sets a flag when it is given a number.
struct Swallow: Component {
  static let summary = "Sets a flag."
  @Parameter("Whose flag.") var name: String
  let inbox = Inbox<Int>("When.")

  func main() async throws {
    for await _ in inbox { Flag.named(name).raise() }
  }
}

/// Reads nothing and waits.
struct Deaf: Component {
  static let summary = "Never reads."
  @Parameter("How long it lasts.") var time = Duration.seconds(5)
  let inbox = Inbox<Int>("Numbers nobody reads.")
  func main() async throws { try await Time.sleep(for: time) }
}

/// Fails on some numbers, each a number of times.
struct Flaky: Component {
  static let summary = "Fails on multiples of a number."
  @Parameter("Of which.") var on: Int
  @Parameter("How often on each.") var times: Int
  @Parameter("Whose memory.") var name: String
  let inbox = Inbox<Int>("Numbers.")
  let outbox = Outbox<Int>("The same.")
  static let failures = Lock<[String: Int]>([:])

  func main() async throws {
    for await number in inbox {
      if number % on == 0 {
        let count = Self.failures.withLock { failures in
          failures["\(name) \(number)", default: 0] += 1
          return failures["\(name) \(number)", default: 0]
        }
        if count <= times { throw Thrower.Poison(description: "choked on \(number)") }
      }
      try await outbox.send(number)
    }
  }
}

/// No, one or several outputs for each input, after a while that differs.
struct Many: Component {
  static let summary = "Sends n mod 3 copies of n after a while."
  let inbox = Inbox<Int>("Numbers.")
  let outbox = Outbox<Int>("Copies.")

  func main() async throws {
    for await number in inbox {
      try await Time.sleep(for: .milliseconds((number &* 7919) % 13))
      for _ in 0..<number % 3 { try await outbox.send(number) }
    }
  }
}

/// Several tasks that send along one outbox.
struct Several: Component {
  static let summary = "Sends 0, 1, 2, … from each of several tasks."
  @Parameter("How many tasks.") var tasks: Int
  @Parameter("How many numbers each of them sends.") var count: Int
  let outbox = Outbox<Int>("Numbers.")

  func main() async throws {
    try await withThrowingDiscardingTaskGroup { [outbox, count] group in
      for _ in 0..<tasks { group.addTask { for number in 0..<count { try await outbox.send(number) } } }
    }
  }
}

/// Messages of different sizes.
struct Chunks: Component {
  static let summary = "Sends bytes of given sizes."
  @Parameter("The sizes.") var sizes: [Int]
  let outbox = Outbox<Bytes>("Bytes.")
  func main() async throws {
    for size in sizes { try await outbox.send(Bytes([UInt8](repeating: 1, count: size))) }
  }
}

/// Something that never ends by itself.
struct Ticker: Component {
  static let summary = "Passes numbers on, and says every second that it lives."
  let outbox = Outbox<Int>("Numbers of seconds.")
  func main() async throws {
    var second = 0
    while true {
      try await Time.sleep(for: .seconds(1))
      second += 1
      try await outbox.send(second)
    }
  }
}

/// Makes graphs, gives each a number and collects what comes back.
struct Maker: Component {
  static let summary = "Makes a graph for each number that comes."
  @Parameter("The graph.") var made: Graph<Int, Int>
  @Parameter("How many.") var count: Int
  @Parameter("How it deals with them: run, drop, forget.") var how = "run"
  let outbox = Outbox<Int>("What they sent.")

  func main() async throws {
    for number in 0..<count {
      let graph = try made.make()
      if how == "drop" { continue }
      graph.start()
      if how == "forget" { continue }
      try await graph.input.send(number)
      graph.input.close()
      for await reply in graph.output { try await outbox.send(reply) }
      try await graph.finished()
    }
  }
}
