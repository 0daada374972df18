import Kamaelia
import KamaeliaFormats
import KamaeliaIO

/// A graph that speaks over WebSockets, an instance for each.
protocol SocketRoute: Sendable {
  /// Runs an instance to its end, over a WebSocket whose handshake is done.
  ///
  /// - Parameters:
  ///   - rest: what came together with the handshake.
  ///   - arguments: for those parameters that the graph has.
  func run(over channel: WebSocketChannel, _ rest: [UInt8], _ arguments: [String: Value]) async
}

/// A WebSocket and the graph that speaks for the server's end of it.
///
/// Each message comes to the graph's default inbox, and what its default outbox sends goes back, each as fast as the
/// other side takes it. When the graph has ended, the WebSocket is closed; when the WebSocket is over, the graph's inbox
/// ends and it is stopped.
struct WebSocketConversation<A: Message, B: Message>: SocketRoute {
  private enum Step: Sendable {
    case read(WebSocketChannel.End), written, ended, failed, overdue, pulse
  }

  let graph: PartialGraph<A, B>

  init(_ graph: PartialGraph<A, B>) { self.graph = graph }

  func run(over channel: WebSocketChannel, _ rest: [UInt8], _ arguments: [String: Value]) async {
    let running: RunningGraph<A, B>
    do {
      running = try graph.graph.make(arguments.filter { graph.graph.takes($0.key) })
    } catch {
      Notice.warning("\(error)")
      await channel.sendClose(WebSocketClosing(1011))
      return
    }
    running.start()
    await withTaskCancellationHandler {
      await converse(running, channel, rest)
    } onCancel: {
      running.cancel()
      channel.connection.close()
    }
  }

  private func converse(_ running: RunningGraph<A, B>, _ channel: WebSocketChannel, _ rest: [UInt8]) async {
    await withTaskGroup(of: Step.self) { group in
      group.addTask { await receive(channel, rest, running) }
      group.addTask { await transmit(running, channel) }
      group.addTask { await outcome(of: running) }
      group.addTask {
        await channel.keepAlive()
        return .pulse
      }
      defer { group.cancelAll() }
      var (hasEnded, hasWritten, isOver, isAnswered) = (false, false, false, false)
      var closing = WebSocketClosing.normal
      while let step = await group.next() {
        switch step {
        case .read(.unheard), .pulse: break
        case .read(let end):
          isOver = true
          switch end {
          case .closed(let theirs): (closing, isAnswered) = (WebSocketClosing(theirs.code), true)
          case .violated(let ours): closing = ours
          case .gone, .unheard: (closing, isAnswered) = (.goingAway, true)
          }
          // After a close frame it still gets what is under way; otherwise nobody hears what the graph says.
          if case .closed = end {} else { running.output.close() }
          running.stop()
          if !hasEnded { group.addTask { await overdue() } }
        case .written: hasWritten = true
        case .ended: hasEnded = true
        case .failed:
          hasEnded = true
          if !isOver { closing = WebSocketClosing(1011) }
        case .overdue: running.cancel()
        }
        guard hasEnded, hasWritten else { continue }
        await channel.sendClose(closing)
        channel.connection.finishWriting()
        // Closed at once, what is still to be read would reset the connection, and take our close frame with it.
        if !isAnswered { await channel.awaitClose() }
        return
      }
    }
  }

  /// Gives the graph what comes.
  private func receive(_ channel: WebSocketChannel, _ rest: [UInt8], _ running: RunningGraph<A, B>) async -> Step {
    defer { running.input.close() }
    var isHeard = running.input.isLinked
    do {
      let end = try await channel.receive(rest[...]) { content in
        // What a graph does not want is read all the same: the close frame is behind it.
        guard isHeard else { return true }
        guard let message = content.message(as: A.self) else {
          throw WebSocketClosing(1003, "this kind of message is not understood here")
        }
        do { try await running.input.send(message) } catch is Stopped { isHeard = false }
        return true
      }
      return .read(end)
    } catch {
      return .read(.gone)
    }
  }

  /// Sends what the graph says.
  private func transmit(_ running: RunningGraph<A, B>, _ channel: WebSocketChannel) async -> Step {
    // Without an outbox it has nothing to say, and the WebSocket is open until it has ended.
    guard running.output.isLinked else { return .written }
    do {
      var output: [UInt8] = []
      while let first = await running.output.next() {
        channel.frame(first, to: &output)
        while output.count < 65_536, let next = running.output.nextIfReady() { channel.frame(next, to: &output) }
        try await channel.write(output)
        output.removeAll(keepingCapacity: output.capacity <= 4096)
      }
    } catch {
      running.output.close()
    }
    return .written
  }

  private func outcome(of running: RunningGraph<A, B>) async -> Step {
    do {
      try await running.finished()
      return .ended
    } catch {
      Notice.warning("\(error)")
      return .failed
    }
  }

  private func overdue() async -> Step {
    do { try await Time.sleep(for: .seconds(5)) } catch { return .pulse }
    return .overdue
  }
}
