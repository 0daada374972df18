import Kamaelia
import KamaeliaFormats
import KamaeliaIO

/// Sends what a graph says to a page as events, until the graph ends or the page has gone.
struct EventDelivery: Sendable {
  private enum Step: Sendable {
    case sent, gone
  }

  let connection: Connection
  let writer: HTTPResponseWriter
  let deadline: Deadline
  /// After so long without an event, a line is sent that says nothing.
  var pause = Duration.seconds(15)

  /// - Returns: whether the graph has come to its end, and the page is still there.
  func run(_ running: RunningGraph<NoMessage, String>) async -> Bool {
    let isComplete = await withTaskGroup(of: Step.self) { group in
      group.addTask { await send(running) }
      group.addTask { await untilGone(running) }
      defer { group.cancelAll() }
      return await group.next() == .sent
    }
    running.output.close()
    running.stop()
    do {
      try await running.finished()
    } catch {
      Notice.warning("\(error)")
      return false
    }
    return isComplete
  }

  private func send(_ running: RunningGraph<NoMessage, String>) async -> Step {
    do {
      while true {
        var batch: [UInt8] = []
        switch await running.output.next(until: Time.now + pause) {
        case .message(let text):
          batch = ServerSentEvent(data: text).bytes
          while batch.count < 65_536, let next = running.output.nextIfReady() {
            batch += ServerSentEvent(data: next).bytes
          }
        case .timeout: batch = ServerSentEvent.comment
        case .finished: return .sent
        }
        deadline.set(in: .seconds(30))
        try await outside { [batch] in try await connection.write(Array(writer.content(batch[...]))) }
        deadline.clear()
      }
    } catch {
      return .gone
    }
  }

  /// A page sends nothing more, so that whatever it sends is passed over.
  private func untilGone(_ running: RunningGraph<NoMessage, String>) async -> Step {
    do {
      while try await !outside({ try await connection.read(upTo: 4096).isEmpty }) {}
      guard connection.isReadingStopped else { return .gone }
      // The server is to stop, and the page still gets what the graph has to say.
      running.stop()
      try await outside { try await connection.drain() }
      return .gone
    } catch {
      return .gone
    }
  }
}
