import Kamaelia
import KamaeliaFormats
import KamaeliaIO

/// A graph that speaks over WebSockets, an instance for each.
protocol SocketRoute: Sendable {
  /// Makes an instance.
  ///
  /// - Parameters:
  ///   - arguments: for those parameters that the graph has.
  ///   - channel: a WebSocket whose handshake is done.
  ///   - rest: what came together with the handshake.
  ///   - pulses: what has the other end asked whether it is there.
  /// - Returns: what runs it to its end.
  func make(
    _ arguments: [String: Value], over channel: WebSocketChannel, _ rest: [UInt8], _ pulses: Pulses
  ) -> @Sendable () async -> Void
}

/// A WebSocket and the graph that speaks for the server's end of it.
///
/// Each message comes to the graph's default inbox, and what its default outbox sends goes back, each as fast as the
/// other side takes it. When the graph has ended, the WebSocket is closed; when the WebSocket is over, the graph's inbox
/// ends and it is stopped.
struct WebSocketConversation<A: Message, B: Message>: SocketRoute {
  let graph: PartialGraph<A, B>

  init(_ graph: PartialGraph<A, B>) { self.graph = graph }

  func make(
    _ arguments: [String: Value], over channel: WebSocketChannel, _ rest: [UInt8], _ pulses: Pulses
  ) -> @Sendable () async -> Void {
    do {
      let running = try graph.graph.make(arguments.filter { graph.graph.takes($0.key) })
      return { await run(running, channel, rest, pulses) }
    } catch {
      Notice.warning("\(error)")
      return { await channel.sendClose(WebSocketClosing(1011)) }
    }
  }

  // An idle connection costs what its tasks cost: so there is none for each thing that is waited for, and what comes at the end
  // is not inlined, or the task would keep room for it.

  private func run(
    _ running: RunningGraph<A, B>, _ channel: WebSocketChannel, _ rest: [UInt8], _ pulses: Pulses
  ) async {
    running.start()
    let number = await pulses.add { await channel.ping() }
    let course = Course()
    await withTaskCancellationHandler {
      await talk(running, channel, rest, course)
      await part(channel, course)
    } onCancel: {
      running.cancel()
      channel.connection.close()
    }
    await pulses.remove(number)
  }

  private func talk(
    _ running: RunningGraph<A, B>, _ channel: WebSocketChannel, _ rest: [UInt8], _ course: Course
  ) async {
    async let _: Void = listen(channel, rest, running, course)
    await speak(running, channel)
    await ending(running, course)
  }

  @inline(never)
  private func ending(_ running: RunningGraph<A, B>, _ course: Course) async {
    do { try await running.finished() } catch {
      Notice.warning("\(error)")
      await course.fail()
    }
  }

  @inline(never)
  private func part(_ channel: WebSocketChannel, _ course: Course) async {
    await channel.sendClose(course.closing)
    if await !course.isAnswered { await channel.awaitClose() } else { channel.connection.finishWriting() }
  }

  private func listen(
    _ channel: WebSocketChannel, _ rest: [UInt8], _ running: RunningGraph<A, B>, _ course: Course
  ) async {
    guard let end = await receive(channel, rest, running) else { return }
    await course.end(end)
    switch end {
    // After a close frame it still gets what is under way, and so it does when the server is to stop.
    case .closed, .stopped: break
    // Nobody hears what the graph says.
    case .violated, .gone, .unheard: running.output.close()
    }
    running.stop()
    do { try await Time.sleep(for: .seconds(5)) } catch { return }
    running.cancel()
  }

  /// Gives the graph what comes.
  ///
  /// - Returns: how it came to its end; nil when this end has no more to say.
  private func receive(
    _ channel: WebSocketChannel, _ rest: [UInt8], _ running: RunningGraph<A, B>
  ) async -> WebSocketChannel.End? {
    defer { running.input.close() }
    var isHeard = running.input.isLinked
    do {
      return try await channel.receive(rest[...]) { content in
        // What a graph does not want is read all the same: the close frame is behind it.
        guard isHeard else { return true }
        guard let message = content.message(as: A.self) else {
          throw WebSocketClosing(1003, "this kind of message is not understood here")
        }
        do { try await running.input.send(message) } catch is Stopped { isHeard = false }
        return true
      }
    } catch is CancellationError {
      return nil
    } catch {
      return .gone
    }
  }

  /// Sends what the graph says.
  private func speak(_ running: RunningGraph<A, B>, _ channel: WebSocketChannel) async {
    // Without an outbox it has nothing to say, and the WebSocket is open until it has ended.
    guard running.output.isLinked else { return }
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
      // So that the reading end notices it too.
      channel.connection.close()
    }
  }
}

/// What is to be said when a WebSocket is closed, for the tasks that it has; it runs on their executor.
private actor Course {
  private(set) var closing = WebSocketClosing.normal
  /// The other end has closed already, or is gone.
  private(set) var isAnswered = false
  private var isOver = false

  func end(_ end: WebSocketChannel.End) {
    switch end {
    // Told to stop, the graph may still fail.
    case .stopped: return closing = .goingAway
    case .closed(let theirs): (closing, isAnswered) = (WebSocketClosing(theirs.code), true)
    case .violated(let ours): closing = ours
    case .gone, .unheard: (closing, isAnswered) = (.goingAway, true)
    }
    isOver = true
  }

  /// The graph has failed.
  func fail() { if !isOver { closing = WebSocketClosing(1011) } }
}
