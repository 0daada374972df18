/// A graph that a component has made; it ends with the component at the latest.
///
/// Where it fails, `finished` throws the failure; when nobody has asked how it ended by the time that the component lets go
/// of it, its failure is the component's own.
public final class RunningGraph<Input: Message, Output: Message>: Sendable {
  /// What is sent here comes to the graph's default inbox.
  public let input = Outbox<Input>("What the graph is given.")
  /// What the graph's default outbox sends.
  public let output = Inbox<Output>("What the graph sends.")
  private let handle: any GraphHandle
  private let host: Instance

  init(_ reference: GraphReference, _ arguments: [String: Value], _ host: Instance) throws {
    self.host = host
    guard let maker = host.graphs else { preconditionFailure("a component that runs has a runtime") }
    output.isOfGraph = true
    host.attach(input, name: BoxName("input"))
    host.attach(output)
    do {
      handle = try maker.make(
        reference, arguments, host: host, input: Input.self == NoMessage.self ? nil : input,
        output: Output.self == NoMessage.self ? nil : output)
    } catch {
      host.detach(input)
      host.detach(output)
      throw error
    }
  }

  deinit { handle.letGo() }

  /// Whether what the graph sends depends on what it is given, by linkages from its default inbox to its default outbox.
  package var answersItsInbox: Bool { handle.answersItsInbox }

  /// Lets the graph run.
  public func start() { handle.start() }

  /// Waits until all components of the graph have ended. What they have sent by then can still be taken.
  ///
  /// - Throws: the failure that ended it. Whoever waits here has dealt with the failure by catching it.
  public func finished() async throws {
    host.beginAwaiting(handle.path)
    defer { host.endAwaiting(handle.path) }
    try await handle.finished()
  }

  /// Stops the graph's sources and lets the rest end by itself.
  public func stop() { handle.stop() }

  /// Ends all its components at once.
  public func cancel() { handle.cancel() }
}
