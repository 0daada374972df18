import Kamaelia

/// Sends texts of 32 bytes, each made anew.
struct TextSource: Component {
  static let summary = "Sends texts of 32 bytes, each made anew."
  static let pattern = Array("kamaelia peers: 32 bytes of text".utf8)
  @Parameter("How many.", main: true) var count: Int
  let outbox = Outbox<String>("The texts.")

  func main() async throws {
    Measurement.begin()
    for _ in 0..<count { try await outbox.send(String(decoding: Self.pattern, as: UTF8.self)) }
  }
}

/// Passes a text on.
struct TextStep: Transform {
  static let summary = "Passes a text on."
  let inbox = Inbox<String>("A text.")
  let outbox = Outbox<String>("The same.")

  func transform(_ text: String) -> String { text }
}

/// Adds up the lengths.
struct TextSink: Component {
  static let summary = "Adds up the lengths of texts."
  let inbox = Inbox<String>("Texts.")

  func main() async throws {
    var (sum, count) = (0, 0)
    for await text in inbox {
      sum += text.utf8.count
      count += 1
    }
    Measurement.end(sum: sum, count: count)
  }
}

/// Sends chunks of 64 KiB, each filled once.
struct ChunkSource: Component {
  static let summary = "Sends chunks of 64 KiB, each filled once."
  static let size = 64 << 10
  @Parameter("How many.", main: true) var count: Int
  let outbox = Outbox<Bytes>("The chunks.")

  func main() async throws {
    Measurement.begin()
    for _ in 0..<count { try await outbox.send(Bytes([UInt8](repeating: 0x5a, count: Self.size))) }
  }
}

/// Passes a chunk on by reference.
struct ChunkStep: Transform {
  static let summary = "Passes a chunk on by reference."
  let inbox = Inbox<Bytes>("A chunk.")
  let outbox = Outbox<Bytes>("The same.")

  func transform(_ chunk: Bytes) -> Bytes { chunk }
}

/// Adds up the lengths.
struct ChunkSink: Component {
  static let summary = "Adds up the lengths of chunks."
  let inbox = Inbox<Bytes>("Chunks.")

  func main() async throws {
    var (sum, count) = (0, 0)
    for await chunk in inbox {
      sum += chunk.count
      count += 1
    }
    Measurement.end(sum: sum, count: count)
  }
}
