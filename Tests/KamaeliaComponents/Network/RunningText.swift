import KGraph
import Kamaelia
import KamaeliaRuntime
import Synchronization
import Testing

@testable import KamaeliaComponents

/// Hands messages to the test whose name it is given.
struct Tell: Component {
  static let summary = "Hands messages to a test."
  @Parameter("To whom.", main: true) var name: String
  let inbox = Inbox<AnyMessage>("Anything.")

  func main() async throws {
    for await message in inbox { Mail.put(message, for: name) }
    Mail.end(name)
  }
}

/// Fails with the first message.
struct Refuse: Component {
  struct Refusal: Error, CustomStringConvertible { let description: String }
  static let summary = "Fails with the first message."
  let inbox = Inbox<Bytes>("Anything.")

  func main() async throws { if let bytes = await inbox.next() { throw Refusal(description: "refused \(bytes.text)") } }
}

/// What components tell tests, by name.
private enum Mail {
  typealias Stream = (stream: AsyncStream<AnyMessage>, continuation: AsyncStream<AnyMessage>.Continuation)
  private static let streams = Mutex<[String: Stream]>([:])

  static func stream(_ name: String) -> Stream {
    streams.withLock { streams in
      let stream = streams[name] ?? AsyncStream.makeStream()
      streams[name] = stream
      return stream
    }
  }

  static func put(_ message: AnyMessage, for name: String) { stream(name).continuation.yield(message) }
  static func end(_ name: String) { stream(name).continuation.finish() }
}

/// A graph that is written in a test and runs with real sockets.
///
/// `Tell("name")` in it hands messages to ``next(_:)`` and ``all(_:)``.
final class RunningText: Sendable {
  let network: Network
  private let surroundings: Surroundings
  private let number: Int
  private static let numbers = Atomic<Int>(0)

  init(_ text: String) throws {
    number = Self.numbers.add(1, ordering: .relaxed).newValue
    let library = Library.standard + [Tell.self, Refuse.self]
    let text = text.replacing("Tell(\"", with: "Tell(\"\(number).")
    let checked = Checker(library: library, loader: MemoryLoader()).check(Source(name: "test.kgraph", text: text))
    let errors = checked.diagnostics.filter { $0.severity == .error }.map(\.message)
    try #require(errors == [], "\(text)")
    surroundings = Surroundings(library: library)
    network = try Network(try #require(checked.plan), in: surroundings)
    network.start()
  }

  /// The next message that was told to `name`; nil behind the last one.
  func next(_ name: String) async -> String? {
    var iterator = Mail.stream("\(number).\(name)").stream.makeAsyncIterator()
    return await iterator.next()?.text
  }

  /// All that are told to `name` from now on, until its end.
  func all(_ name: String) async -> [AnyMessage] {
    var all: [AnyMessage] = []
    for await message in Mail.stream("\(number).\(name)").stream { all.append(message) }
    return all
  }

  /// The port that was told to `port`.
  func port() async throws -> UInt16 { try #require(UInt16(await next("port") ?? "")) }

  /// Tells the graph to stop, and waits for its end.
  func stop() async -> Ending {
    network.stop()
    return await network.ended()
  }

  /// What was reported so far.
  func said() -> [String] { surroundings.journal.take().entries.map { "\($0.instance): \($0.text)" } }
}

extension Ending {
  var isGood: Bool { if case .finished = self { true } else { false } }
  var failure: String? {
    guard case .failed(let failures) = self else { return nil }
    return failures.first.map { "\($0)" }
  }
}
