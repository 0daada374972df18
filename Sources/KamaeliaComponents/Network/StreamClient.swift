import Kamaelia
import KamaeliaIO

/// A component that is one end of a connection which it opens itself.
protocol StreamClient: Component {
  var reconnect: Bool { get }
  var backoff: ClosedRange<Duration> { get }
  var timeout: Duration { get }
  var inbox: Inbox<Bytes> { get }
  var outbox: Outbox<Bytes> { get }
  var log: Outbox<String> { get }

  /// What it connects to, for messages.
  var target: String { get }

  func open() async throws -> Connection
}

extension StreamClient {
  static var waitsOnlyForGraph: Bool { true }

  static var answersLate: Bool { true }
  static var sendsUnasked: Bool { true }

  static var connectionDetails: String {
    """
    Each direction ends by itself: when the inbox ends, the peer sees the end, and what it still sends is waited for, for 5 s where \
    nobody reads the outbox and else as long as it takes; when the peer sends no more, the component goes on until its inbox ends. \
    When the readers of the outbox have left, what comes is dropped, and without an inbox the component ends. Nobody listening, an \
    answer that does not come within `timeout`, and a connection that breaks are errors.

    With `reconnect: true` they are not: it connects again after a pause that begins with the first of `backoff` and doubles \
    up to the second, and begins anew once a server has sent something. The end of what the peer sends counts as a loss, too. What was on its way when the connection was lost \
    is lost; what comes to the inbox meanwhile waits. `log` tells of each connection and each loss; if nobody has linked it, \
    these are reported.
    """
  }

  func main() async throws {
    guard outbox.isLinked, !inbox.isLinked else { return try await run() }
    try await whileHeard(outbox) { try await run() }
  }

  private func run() async throws {
    var pause = backoff.lowerBound
    while true {
      var reason = "lost \(target)"
      do {
        let connection = try await connect()
        defer {
          connection.close()
          // Whoever has said something was there; a server that takes and closes is called less and less often.
          if connection.hasReceived { pause = backoff.lowerBound }
        }
        try await note("connected to \(target)")
        let isOver = try await talk(over: connection)
        if isOver { return }
        guard reconnect else { return }
      } catch let error where reconnect && error.isOfTheNetwork {
        reason = "\(error)"
      }
      try await note("\(reason); connects again in \(pause.text)")
      try await Time.sleep(for: pause)
      pause = min(pause * 2, backoff.upperBound)
    }
  }

  private func note(_ text: String) async throws {
    guard log.isLinked else {
      if reconnect { Notice.note(text) }
      return
    }
    try await log.send(text)
  }

  private func connect() async throws -> Connection {
    try await Connecting.within(timeout, to: target) { try await open() }
  }

  private func talk(over connection: Connection) async throws -> Bool {
    try await withThrowingTaskGroup(of: StreamStep.self) { group in
      group.addTask { try await receive(from: connection) }
      if inbox.isLinked { group.addTask { try await transmit(to: connection) } }
      defer { group.cancelAll() }
      var hasWritten = false
      while let step = try await group.next() {
        switch step {
        case .readToEnd:
          if hasWritten { return true }
          if reconnect || !inbox.isLinked { return false }
        case .written:
          connection.finishWriting()
          hasWritten = true
          // Nobody waits for an answer, so the peer gets a while to take the last of it.
          if !outbox.isLinked {
            group.addTask {
              try await Time.sleep(for: .seconds(5))
              return .lingered
            }
          }
        case .lingered: return true
        }
      }
      // Both directions have come to their end.
      return true
    }
  }

  private func receive(from connection: Connection) async throws -> StreamStep {
    var isHeard = true
    while true {
      let bytes = try await outside { try await connection.read(upTo: 65_536) }
      if bytes.isEmpty { return .readToEnd }
      guard isHeard else { continue }
      do { try await outbox.send(Bytes(bytes)) } catch let stopped as Stopped {
        guard inbox.isLinked else { throw stopped }
        isHeard = false
      }
    }
  }

  private func transmit(to connection: Connection) async throws -> StreamStep {
    while let first = await inbox.next() {
      var batch = Array(first.storage)
      // Where the component is started again, it gets the one in its hands, and no others.
      while batch.count < 65_536, !inbox.isKeptInHand, let next = inbox.nextIfReady() { batch += next.storage }
      try await outside { [batch] in try await connection.write(batch) }
    }
    try Task.checkCancellation()
    return .written
  }
}

/// A part of a connection that has come to its end.
private enum StreamStep: Sendable {
  case readToEnd, written, lingered
}
