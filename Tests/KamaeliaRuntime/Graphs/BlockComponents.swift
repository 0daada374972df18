import Kamaelia

/// Sends 0, 1, 2, … in blocks.
struct BlockSource: Component {
  static let summary = "Sends numbers in blocks."
  @Parameter("How many.") var count: Int
  @Parameter("How many at once.") var size = 10
  let outbox = Outbox<Int>("Numbers from 0.")

  func main() async throws {
    for first in stride(from: 0, to: count, by: size) {
      try await outbox.send(contentsOf: Array(first..<min(count, first + size)))
    }
  }
}

/// Passes blocks on.
struct BlockRelay: Component {
  static let summary = "Passes blocks on."
  @Parameter("The largest block.") var limit = 1024
  let inbox = Inbox<Int>("Numbers.")
  let outbox = Outbox<Int>("The same.")

  func main() async throws {
    for await block in inbox.batches(atMost: limit) { try await outbox.send(contentsOf: block) }
  }
}

/// Notes what comes, and how long the longest block was.
struct BlockSink: Component {
  static let summary = "Notes what comes in blocks."
  @Parameter("Under which name.") var name: String
  @Parameter("The largest block.") var limit = 1024
  @Parameter("After how many blocks it leaves.") var blocks = Int.max
  let inbox = Inbox<Int>("Numbers.")

  func main() async throws {
    var (all, longest, left) = ([Int](), 0, blocks)
    for await block in inbox.batches(atMost: limit) {
      all += block
      longest = max(longest, block.count)
      left -= 1
      if left == 0 { break }
    }
    Notes.note(name, all)
    Notes.note("\(name)-longest", [longest])
  }
}

/// Takes what is there without waiting, and notes it.
struct ReadySink: Component {
  static let summary = "Notes what is there, again and again."
  @Parameter("Under which name.") var name: String
  let inbox = Inbox<Int>("Numbers.")

  func main() async throws {
    var (all, longest) = ([Int](), 0)
    while let first = await inbox.next() {
      let before = all.count
      all.append(first)
      while let next = inbox.nextIfReady() { all.append(next) }
      longest = max(longest, all.count - before)
    }
    Notes.note(name, all)
    Notes.note("\(name)-longest", [longest])
  }
}

/// Fails once on a number, having noted all blocks it got.
struct BlockFailure: Component {
  static let summary = "Fails on the first block that holds a number, each time."
  @Parameter("Which one.") var at: Int
  @Parameter("Under which name.") var name: String
  let inbox = Inbox<Int>("Numbers.")

  func main() async throws {
    for await block in inbox.batches {
      let before = Notes.read(name) ?? []
      Notes.note(name, before + block)
      if block.contains(at), !before.contains(at) { throw Thrower.Poison(description: "will not take \(at)") }
    }
  }
}

/// Turns numbers into texts of different lengths, in blocks, and back.
struct BlockTexts: Component {
  static let summary = "Turns numbers into texts of different lengths."
  let inbox = Inbox<Int>("Numbers.")
  let outbox = Outbox<String>("The numbers, some behind many blanks.")

  func main() async throws {
    for await block in inbox.batches {
      try await outbox.send(contentsOf: block.map { String(repeating: " ", count: $0 % 50) + String($0) })
    }
  }
}

/// Notes the numbers in texts that come in blocks.
struct BlockTextSink: Component {
  static let summary = "Notes the numbers in texts."
  @Parameter("Under which name.") var name: String
  let inbox = Inbox<String>("Texts.")

  func main() async throws {
    var all: [Int] = []
    for await block in inbox.batches { all += block.map { Int($0.drop { $0 == " " }) ?? -1 } }
    Notes.note(name, all)
  }
}
