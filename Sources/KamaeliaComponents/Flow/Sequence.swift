import Kamaelia

/// Runs graphs one after the other. (Its own name would hide the standard library's protocol from its neighbours.)
struct GraphSequence<T: Message>: GenericComponent {
  static var name: String { "Sequence" }
  static var summary: String { "Runs graphs one after the other, and passes on what each sends." }
  static var waitsOnlyForGraph: Bool { true }
  static var details: String {
    """
    The next graph is made when all components of the one before have ended. Their messages go on in the order in which \
    they come. A graph that fails fails the Sequence.

    Ends when the last graph has ended; where the reader leaves before, the graph that runs is stopped and the \
    others are not made. One graph at a time exists; no message is kept in memory.

        Sequence([Opening, Film, Credits]) -> screen
    """
  }

  @Parameter(
    "The graphs, in the order in which they run; their default outboxes are read.", makes: "one after the other",
    main: true)
  var graphs: [Graph<NoMessage, T>]

  let outbox = Outbox<T>("What the graph that runs now sends.")

  static func specialised<A: Message>(for type: A.Type) -> any Component.Type { GraphSequence<A>.self }

  var endsByItself: Bool { true }

  func argumentsGiven(toGraphsOf parameter: String) -> [GivenArgument]? { [] }

  func main() async throws {
    try await whileHeard(outbox) {
      for graph in graphs { try await pass(from: graph.make()) }
    }
  }

  private func pass(from running: RunningGraph<NoMessage, T>) async throws {
    running.start()
    do {
      for await message in running.output { try await outbox.send(message) }
      try Task.checkCancellation()
      try await running.finished()
    } catch {
      running.cancel()
      throw error
    }
  }
}
