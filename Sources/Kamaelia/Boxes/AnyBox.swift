/// An inbox or outbox, as whoever asks what a component waits for sees it.
package protocol AnyBox: AnyObject, Sendable {
  /// Those who wait at it: for a message, or for room.
  var sleepers: Waiter { get }
  /// Whether one of them waits until a certain time only; from any thread.
  var hasDeadline: Bool { get }
  func eachLinkage(_ body: (any AnyLinkage) -> Void)
}

extension AnyBox {
  /// Whether a linkage is one of the box's. On the executor of its component, or while nothing runs.
  package func has(_ linkage: any AnyLinkage) -> Bool {
    var isFound = false
    eachLinkage { isFound = isFound || $0 === linkage }
    return isFound
  }
}
