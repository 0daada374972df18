import Kamaelia

extension Outbox {
  /// Sends a copy along every linkage; a message that nobody reads any more is skipped while another outbox is read.
  ///
  /// For components with several outboxes: they go on until the readers of all have left.
  ///
  /// - Parameter othersAreRead: whether another outbox of the component is linked.
  /// - Throws: as `send` does; ``Stopped`` only where no other outbox is linked.
  func send(_ message: M, orSkipWhile othersAreRead: @autoclosure () -> Bool) async throws {
    do { try await send(message) } catch let stopped as Stopped { if !othersAreRead() { throw stopped } }
  }
}
