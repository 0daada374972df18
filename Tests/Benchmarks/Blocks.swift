import Kamaelia

/// Sends 0, 1, 2, … in blocks.
struct BlockSource: Component {
  static let summary = "Sends 0, 1, 2, … in blocks."
  @Parameter("How many.", main: true) var count: Int
  let outbox = Outbox<Int>("The numbers.")

  /// As many as a batch of an inbox holds.
  private static let size = 1024

  func main() async throws {
    Measurement.begin()
    for first in stride(from: 0, to: count, by: Self.size) {
      let size = min(Self.size, count - first)
      let block = [Int](unsafeUninitializedCapacity: size) { memory, filled in
        for index in 0..<size { memory[index] = first &+ index }
        filled = size
      }
      try await outbox.send(contentsOf: block)
    }
  }
}

/// Adds one to each number of a block.
struct BlockStep: Component {
  static let summary = "Adds one to each number of a block."
  let inbox = Inbox<Int>("Numbers.")
  let outbox = Outbox<Int>("The next ones.")

  func main() async throws {
    for await var block in inbox.batches {
      block.withUnsafeMutableBufferPointer { numbers in
        for index in numbers.indices { numbers[index] &+= 1 }
      }
      try await outbox.send(contentsOf: block)
    }
  }
}

/// Adds up what comes in blocks.
struct BlockSink: Component {
  static let summary = "Adds up what comes in blocks."
  let inbox = Inbox<Int>("Numbers.")

  func main() async throws {
    var (sum, count) = (0, 0)
    for await block in inbox.batches {
      for number in block { sum &+= number }
      count += block.count
    }
    Measurement.end(sum: sum, count: count)
  }
}
