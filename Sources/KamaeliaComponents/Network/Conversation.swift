import Kamaelia
import KamaeliaIO

/// A connection and the graph that speaks for this end of it.
///
/// What comes goes to the graph's default inbox, and what its default outbox sends goes to the peer, each as fast as the
/// other side takes it. Each direction ends by itself; when the graph has ended and all it sent is written, the
/// connection is over. When the connection breaks, the graph is stopped.
struct Conversation: Sendable {
  /// How it came to its end.
  enum End: Sendable {
    /// The graph has ended.
    case over
    /// The peer is gone, or the network is.
    case broken(any Error)
    /// Nothing came or went for the time allowed.
    case idle
    /// The graph could not be made, or has failed.
    case failed(any Error)
  }

  private enum Step: Sendable {
    case readToEnd, written, ended(Failed?), broken(any Error), idle, overdue, lingered, none
  }

  private struct Failed: Sendable { let error: any Error }

  let connection: Connection
  let graph: PartialGraph<Bytes, Bytes>
  /// How long nothing may come or go; nil for as long as it takes.
  let idle: Duration?
  /// How long the graph of a broken connection may take to end.
  var grace = Duration.seconds(5)
  /// How long the peer may take to end its side once this one is over.
  var linger = Duration.seconds(2)

  /// Bytes read at once: so many times the 256 messages that wait for a graph are 4 MiB.
  private static let chunk = 16_384

  /// Runs the graph to its end, on a strand.
  func run() async -> End {
    let running: RunningGraph<Bytes, Bytes>
    do {
      running = try graph.graph.make(graph.graph.takes("peer") ? ["peer": .text(connection.name)] : [:])
    } catch {
      return .failed(error)
    }
    running.start()
    return await withTaskCancellationHandler {
      await converse(running)
    } onCancel: {
      running.cancel()
      connection.close()
    }
  }

  private func converse(_ running: RunningGraph<Bytes, Bytes>) async -> End {
    await withTaskGroup(of: Step.self) { group in
      group.addTask { await receive(running) }
      group.addTask { await transmit(running) }
      group.addTask { await outcome(of: running) }
      if let idle { group.addTask { await stillness(idle) } }
      defer { group.cancelAll() }
      var end = End.over
      var (isBroken, hasRead, hasWritten, hasEnded, isLingering) = (false, false, false, false, false)
      /// Stops the graph of a connection that is no more.
      func giveUp(_ reason: End) {
        guard !isBroken, !(hasWritten && hasEnded) else { return }
        if case .over = end { end = reason }
        (isBroken, hasWritten) = (true, true)
        connection.close()
        running.output.close()
        running.stop()
        if !hasEnded { group.addTask { await pause(grace, .overdue) } }
      }
      while let step = await group.next() {
        switch step {
        case .readToEnd:
          hasRead = true
          group.addTask { await departure() }
        case .written: hasWritten = true
        case .ended(let failed):
          hasEnded = true
          if let failed { end = .failed(failed.error) }
        case .broken(let error):
          giveUp(.broken(error))
          hasRead = true
        case .idle: giveUp(.idle)
        case .overdue: running.cancel()
        case .lingered: hasRead = true
        case .none: break
        }
        guard hasEnded, hasWritten else { continue }
        connection.finishWriting()
        if isBroken || hasRead { return end }
        // Closed at once, what the peer has still sent would reset the connection and take our last words with it.
        if !isLingering { group.addTask { await pause(linger, .lingered) } }
        isLingering = true
      }
      return end
    }
  }

  /// Gives the graph what comes.
  private func receive(_ running: RunningGraph<Bytes, Bytes>) async -> Step {
    defer { running.input.close() }
    var isHeard = true
    do {
      while true {
        let bytes = try await outside { try await connection.read(upTo: Self.chunk) }
        if bytes.isEmpty { return .readToEnd }
        // What a graph does not want is read all the same: the end is behind it.
        guard isHeard else { continue }
        do { try await running.input.send(Bytes(bytes)) } catch is Stopped { isHeard = false }
      }
    } catch is CancellationError {
      return .none
    } catch {
      return .broken(error)
    }
  }

  /// Writes what the graph sends.
  private func transmit(_ running: RunningGraph<Bytes, Bytes>) async -> Step {
    // Without an outbox it has nothing to say, and leaves this direction open until it has ended.
    guard running.output.isLinked else { return .written }
    do {
      while let first = await running.output.next() {
        var batch = Array(first.storage)
        while batch.count < 65_536, let next = running.output.nextIfReady() { batch += next.storage }
        try await outside { [batch] in try await connection.write(batch) }
      }
    } catch is CancellationError {
      return .written
    } catch {
      running.output.close()
      return .broken(error)
    }
    connection.finishWriting()
    return .written
  }

  private func outcome(of running: RunningGraph<Bytes, Bytes>) async -> Step {
    do {
      try await running.finished()
      return .ended(nil)
    } catch {
      return .ended(Failed(error: error))
    }
  }

  /// Waits until a peer that sends no more is gone altogether.
  private func departure() async -> Step {
    do {
      try await outside { try await connection.untilGone() }
      return .none
    } catch is CancellationError {
      return .none
    } catch {
      return .broken(error)
    }
  }

  /// Waits until nothing has come or gone for `time`, to a quarter of it.
  private func stillness(_ time: Duration) async -> Step {
    var activity = connection.activity
    var quarters = 0
    while quarters < 4 {
      do { try await Time.sleep(for: time / 4) } catch { return .none }
      quarters = connection.activity == activity ? quarters + 1 : 0
      activity = connection.activity
    }
    return .idle
  }

  private func pause(_ time: Duration, _ step: Step) async -> Step {
    do { try await Time.sleep(for: time) } catch { return .none }
    return step
  }
}
