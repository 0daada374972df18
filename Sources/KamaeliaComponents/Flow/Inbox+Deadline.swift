import Kamaelia

extension Inbox {
  /// The next message if it comes before `deadline`; waits for as long as it takes where that is nil.
  func next(until deadline: Instant?) async -> Arrival {
    if let deadline { return await next(until: deadline) }
    guard let message = await next() else { return .finished }
    return .message(message)
  }
}
