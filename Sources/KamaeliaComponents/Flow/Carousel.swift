import Kamaelia

/// Runs one instance of a graph at a time, and a new one on request.
struct Carousel<A: Message, B: Message>: GenericComponent2 {
  enum Each: String, ChoiceParameter {
    /// The next request ends it.
    case untilNext
    /// The next request waits until it has ended.
    case inTurn
  }

  static var summary: String {
    "Makes a new instance of a graph for each message on `next`, and passes data through it."
  }
  static var answersLate: Bool { true }
  static var waitsOnlyForGraph: Bool { true }
  static var details: String {
    """
    Each message on `next` makes an instance. While one runs, `each` says what comes of it. With `each: inTurn` messages on \
    `next` wait until it has ended by itself: each job is done, one after the other, and none is lost. With `each: untilNext` \
    a message ends the instance that runs, as the next slide ends the one before: it gets to its end in its own way for up to \
    `grace`, whatever it has not done by then stays undone, and it is cancelled then. That happens as well where nothing is \
    given for `each`, with a warning the first time.

    Where `parameter` is given, the message is the value of that \
    parameter of the graph; where it is empty, a JSON object gives parameters by their names, and any other message only \
    asks for a new instance. Arguments that the graph does not take go to `errors`; where the graph does not link \
    that, they are an error.

    What comes to `inbox` goes to the default inbox of the instance that runs; while none runs, or where it takes \
    nothing, it waits. An instance owns what it was given: if it ends before it has read all of that, the rest is dropped \
    and counted as other messages under way are. What its default outbox sends goes to `outbox`.

    When an instance ends by itself, `requestNext` sends `next`, for a Chooser to send the next item. A graph that \
    fails fails the Carousel. With `each: inTurn` an instance that reads its inbox must end by itself, since that is not closed \
    for the next one. Ends when `next` is finished and the last instance has ended. Keeps at most one \
    message of each box in memory.

        Chooser(["a.txt", "b.txt"], ends: true) as files -> Carousel(Show, parameter: "path").next as show -> ConsoleWriter()
        show.requestNext -> files
        paths -> Carousel(Convert, parameter: "path", each: inTurn).next as jobs -> ConsoleWriter()
    """
  }
  static var sendsUnasked: Bool { true }

  @Parameter("The graph to make instances of.", makes: "one for each request", main: true) var graph: Graph<A, B>
  @Parameter("The graph's parameter that a message on `next` is the value of.") var parameter = ""
  @Parameter(
    "Whether an instance runs `untilNext` is asked for, or each to its end `inTurn`; as `untilNext` if left out.")
  var each: Each? = nil
  @Parameter("How long an instance may take to end when the next one is asked for.", in: .zero...)
  var grace = Duration.seconds(5)
  @Parameter("Whether `requestNext` asks for the first instance at the start.") var requestFirst = false

  let inbox = Inbox<A>("A message for the instance that runs.", isRequired: false)
  let next = Inbox<AnyMessage>("A request for a new instance, perhaps with its arguments.")
  let outbox = Outbox<B>("What the instance that runs sends.")
  let requestNext = Outbox<String>("`next`, whenever an instance has ended by itself.", isReport: true)
  let errors = Outbox<BadInput>("A request with arguments that the graph does not take.", needsReader: true)

  static func specialised<C: Message, D: Message>(for a: C.Type, _ b: D.Type) -> any Component.Type {
    Carousel<C, D>.self
  }

  func argumentsGiven(toGraphsOf parameter: String) -> [GivenArgument]? {
    self.parameter.isEmpty ? [.anything] : [.message(ofInbox: "next", as: self.parameter)]
  }

  func main() async throws {
    if requestFirst { try await requestNext.send("next") }
    var request = await next.next()
    var unsent: A?
    var hasWarned = false
    while let message = request {
      guard let running = try await instance(for: message) else {
        request = await next.next()
        continue
      }
      (request, unsent) = try await turn(of: running, first: unsent, &hasWarned)
      if request == nil {
        if !next.isFinished { try await requestNext.send("next") }
        request = await next.next()
      }
    }
  }

  /// - Returns: nil where the graph does not take the arguments.
  private func instance(for request: AnyMessage) async throws -> RunningGraph<A, B>? {
    do { return try graph.make(arguments(of: request)) } catch {
      try await errors.send(BadInput("\(error)", request.text))
      return nil
    }
  }

  private func arguments(of request: AnyMessage) -> [String: Value] {
    if !parameter.isEmpty { return [parameter: Value(of: request)] }
    guard case .object(let members) = request.json else { return [:] }
    return Dictionary(members.map { ($0.name, Value(of: $0.value)) }) { $1 }
  }

  private enum Event {
    /// Nil where no more requests will come.
    case requested(AnyMessage?)
    /// The instance takes nothing more; with the message that it did not take.
    case fed(A?)
    case overdue
    case ended
  }

  /// Lets an instance run to its end.
  ///
  /// - Parameters:
  ///   - first: a message that the instance before did not take.
  ///   - hasWarned: whether the user knows that requests end instances.
  /// - Returns: the request that ended it, if one did, and the message that this instance did not take.
  private func turn(
    of running: RunningGraph<A, B>, first: A?, _ hasWarned: inout Bool
  ) async throws -> (request: AnyMessage?, unsent: A?) {
    running.start()
    do {
      return try await withThrowingTaskGroup(of: Event.self) { group in
        group.addTask { .fed(try await feed(running, first)) }
        if each != .inTurn { group.addTask { .requested(await next.next()) } }
        group.addTask {
          for await message in running.output { try await outbox.send(message) }
          try await running.finished()
          return .ended
        }
        var request: AnyMessage?
        var unsent: A?
        while let event = try await group.next() {
          switch event {
          case .fed(let message): unsent = message
          case .requested(let message):
            guard let message else { continue }
            request = message
            if each == nil, !hasWarned {
              Notice.warning(
                "has ended an instance of `\(graph.name)` to make the next one; `each: inTurn` lets each get to its end, "
                  + "`each: untilNext` says that this is meant")
              hasWarned = true
            }
            running.input.close()
            running.stop()
            group.addTask {
              // Cancelled once the instance has ended, and asked for nothing then.
              do { try await Time.sleep(for: grace) } catch { return .requested(nil) }
              return .overdue
            }
          case .overdue: running.cancel()
          case .ended: group.cancelAll()
          }
        }
        return (request, unsent)
      }
    } catch {
      running.cancel()
      throw error
    }
  }

  /// Gives the instance what comes, as long as it takes anything.
  ///
  /// - Returns: the message that it did not take.
  private func feed(_ running: RunningGraph<A, B>, _ first: A?) async throws -> A? {
    guard running.input.isLinked else { return first }
    var message = first
    if message == nil { message = await inbox.next() }
    while let current = message {
      do { try await running.input.send(current) } catch is Stopped { return current } catch is CancellationError {
        return current
      }
      message = await inbox.next()
    }
    running.input.close()
    return nil
  }
}
