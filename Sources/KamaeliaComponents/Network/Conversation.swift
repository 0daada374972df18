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

  let connection: Connection
  let graph: PartialGraph<Bytes, Bytes>
  /// How long nothing may come or go; nil for as long as it takes.
  let idle: Duration?
  /// How long a peer that has ended its side may be told nothing before it counts as gone, where it waits for no answer; nil
  /// for as long as it takes.
  var silence: Duration?
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
    let course = Course()
    await withTaskCancellationHandler {
      await converse(running, course)
    } onCancel: {
      running.cancel()
      connection.close()
    }
    return await course.end
  }

  // An idle connection costs what its tasks cost: so there is none for each thing that is waited for, and what seldom
  // happens is not inlined, or each task would keep room for it.

  private func converse(_ running: RunningGraph<Bytes, Bytes>, _ course: Course) async {
    if let idle { return await talk(running, course, watching: idle) }
    await talk(running, course)
  }

  @inline(never)
  private func talk(_ running: RunningGraph<Bytes, Bytes>, _ course: Course, watching idle: Duration) async {
    async let _: Void = watch(running, course, for: idle)
    await talk(running, course)
  }

  private func talk(_ running: RunningGraph<Bytes, Bytes>, _ course: Course) async {
    async let _: Void = listen(running, course)
    if let error = await speak(running) {
      await ending(running, course, after: error)
    } else {
      await ending(running, course)
    }
    connection.finishWriting()
    if await !course.isOver { await lingering(course) }
  }

  @inline(never)
  private func ending(_ running: RunningGraph<Bytes, Bytes>, _ course: Course, after error: any Error) async {
    async let _: Void = giveUp(running, course, .broken(error))
    await ending(running, course)
  }

  /// Closed at once, what the peer has still sent would reset the connection and take our last words with it.
  @inline(never)
  private func lingering(_ course: Course) async {
    await withTaskGroup { group in
      group.addTask { await course.untilOver() }
      group.addTask { await pause(linger) }
      await group.next()
      group.cancelAll()
    }
  }

  /// Gives the graph what comes, and waits until the peer is gone altogether.
  private func listen(_ running: RunningGraph<Bytes, Bytes>, _ course: Course) async {
    do {
      try await receive(running)
      if connection.isReadingStopped { try await drain(course) }
      await course.isRead()
      // Whether the peer has closed altogether, only a word to it would tell; until then its system keeps up appearances, for a
      // minute or more. A graph that has read all and owes no answer may never say one.
      if let silence, !running.answersItsInbox { return await untilGone(running, course, orSilentFor: silence) }
      try await outside { try await connection.untilGone() }
    } catch is CancellationError {
      return
    } catch {
      await giveUp(running, course, .broken(error))
    }
  }

  @inline(never)
  private func untilGone(_ running: RunningGraph<Bytes, Bytes>, _ course: Course, orSilentFor time: Duration) async {
    async let _: Void = watch(running, course, for: time, .over)
    do { try await outside { try await connection.untilGone() } } catch is CancellationError { return } catch {
      await giveUp(running, course, .broken(error))
    }
  }

  /// The component is to stop: what still comes is for nobody, but unread it would reset the connection and take our last words
  /// with it.
  @inline(never)
  private func drain(_ course: Course) async throws {
    await course.isQuiet()
    while try await !outside({ try await connection.drain(upTo: Self.chunk).isEmpty }) { await course.isTalking() }
  }

  private func receive(_ running: RunningGraph<Bytes, Bytes>) async throws {
    defer { running.input.close() }
    var isHeard = true
    while true {
      let bytes = try await outside { try await connection.read(upTo: Self.chunk) }
      if bytes.isEmpty { return }
      // What a graph does not want is read all the same: the end is behind it.
      guard isHeard else { continue }
      do { try await running.input.send(Bytes(bytes)) } catch is Stopped { isHeard = false }
    }
  }

  /// Writes what the graph sends.
  ///
  /// - Returns: what is wrong with the connection.
  private func speak(_ running: RunningGraph<Bytes, Bytes>) async -> (any Error)? {
    // Without an outbox it has nothing to say, and leaves this direction open until it has ended.
    guard running.output.isLinked else { return nil }
    do {
      while let first = await running.output.next() {
        var batch = Array(first.storage)
        while batch.count < 65_536, let next = running.output.nextIfReady() { batch += next.storage }
        try await outside { [batch] in try await connection.write(batch) }
      }
      connection.finishWriting()
      return nil
    } catch is CancellationError {
      return nil
    } catch {
      return error
    }
  }

  private func ending(_ running: RunningGraph<Bytes, Bytes>, _ course: Course) async {
    do {
      try await running.finished()
      await course.isDone()
    } catch {
      await course.isDone(.failed(error))
    }
  }

  /// Closes what cannot go on, and stops its graph, which has some time to end by itself.
  @inline(never)
  private func giveUp(_ running: RunningGraph<Bytes, Bytes>, _ course: Course, _ reason: End) async {
    guard await course.giveUp(reason) else { return }
    connection.close()
    running.output.close()
    running.stop()
    if await pause(grace) { running.cancel() }
  }

  /// Gives up when nothing has come or gone for `time`, to a quarter of it.
  private func watch(
    _ running: RunningGraph<Bytes, Bytes>, _ course: Course, for time: Duration, _ reason: End = .idle
  ) async {
    var activity = connection.activity
    var quarters = 0
    while quarters < 4 {
      guard await pause(time / 4) else { return }
      quarters = connection.activity == activity ? quarters + 1 : 0
      activity = connection.activity
    }
    await giveUp(running, course, reason)
  }

  /// - Returns: false where the task was cancelled meanwhile.
  @discardableResult
  private func pause(_ time: Duration) async -> Bool {
    do { try await Time.sleep(for: time) } catch { return false }
    return true
  }
}

/// How far a conversation is, for the tasks that it has; it runs on their executor.
private actor Course {
  private(set) var end = Conversation.End.over
  /// Nothing is to be expected of the peer any more.
  private(set) var isOver = false
  /// The graph has ended, and all it said is written.
  private var isDone = false
  private var isGivenUp = false
  private let waiter = Waiter()

  /// Nothing is expected of the peer, as long as it says nothing.
  func isQuiet() { isOver = true }

  /// It still sends.
  func isTalking() { isOver = isGivenUp }

  /// The peer sends no more.
  func isRead() {
    isOver = true
    waiter.wake()
  }

  func isDone(_ end: Conversation.End? = nil) {
    isDone = true
    if let end { self.end = end }
  }

  /// - Returns: whether this is the first trouble, and something is left to be given up.
  func giveUp(_ reason: Conversation.End) -> Bool {
    isOver = true
    waiter.wake()
    if isGivenUp || isDone { return false }
    (isGivenUp, end) = (true, reason)
    return true
  }

  func untilOver() async { while !isOver, !Task.isCancelled { await waiter.wait { false } } }
}
