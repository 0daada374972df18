import Kamaelia

extension Instant {
  /// Goes on by whole steps, at least one, to the first moment after `now`; moments that were missed are left out.
  ///
  /// - Parameter step: more than 0.
  mutating func advance(by step: Duration, past now: Instant) {
    self += step
    guard self <= now else { return }
    let missed = (now - self).nanoseconds / max(step.nanoseconds, 1)
    self += .nanoseconds(step.nanoseconds * (missed + 1))
  }
}
