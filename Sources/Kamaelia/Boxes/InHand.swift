/// The message that a component took last and has not dealt with yet, kept for the case that the component fails.
struct InHand<M: Message> {
  private(set) var message: M?
  private(set) var isToBeRedelivered = false
  /// How many times the component has failed on it.
  private(set) var failures = 0

  /// A new message is in hand.
  mutating func take(_ message: M) {
    self.message = message
    failures = 0
  }

  /// The message has been dealt with.
  mutating func finish() { self = InHand() }

  /// The component failed on the message and is to get it once more.
  ///
  /// - Returns: how many times it has failed on it by now; 0 where no message is in hand.
  mutating func redeliver() -> Int {
    guard message != nil else { return 0 }
    isToBeRedelivered = true
    failures += 1
    return failures
  }

  mutating func redelivered() -> M? {
    guard isToBeRedelivered else { return nil }
    isToBeRedelivered = false
    return message
  }
}
