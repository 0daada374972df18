import Synchronization

/// A component with one inbox and one outbox that makes one message of each.
///
/// It is the fastest kind: while nothing is unusual it runs without a task of its own.
public protocol Transform: Component {
  associatedtype Input: Message
  associatedtype Output: Message
  var inbox: Inbox<Input> { get }
  var outbox: Outbox<Output> { get }

  /// The message to send for `message`.
  func transform(_ message: Input) throws -> Output
}

extension Transform {
  public static var endsWithReaders: Bool { true }

  @inlinable
  public func main() async throws {
    while let message = await inbox.next() {
      try await outbox.send(try transform(message))
      guard let course = Course(self) else { continue }
      await course.owner.run { course.step() }
      if let error = course.error { throw error }
      if let message = course.unsent { try await outbox.sendSlowly(message) }
    }
  }
}

/// A transform that runs by steps: from ring to ring.
@usableFromInline
final class Course<T: Transform> {
  // Touched on the executor only.
  @usableFromInline let component: T
  @usableFromInline let owner: Instance
  @usableFromInline let inbox: Inbox<T.Input>
  @usableFromInline let outbox: Outbox<T.Output>
  /// A message that is made and has found no room yet.
  @exclusivity(unchecked) @usableFromInline var unsent: T.Output?
  /// Where it has waited for room with that message.
  @exclusivity(unchecked) @usableFromInline var stalledAt: Ring<T.Output>?
  /// What the component has thrown.
  @exclusivity(unchecked) @usableFromInline var error: (any Error)?

  /// Nil where a box has no fast path.
  @inlinable
  init?(_ component: T) {
    guard component.inbox.fast.pointee != nil, component.outbox.fast.pointee != nil, let owner = component.inbox.owner
    else { return nil }
    self.component = component
    self.owner = owner
    inbox = component.inbox
    outbox = component.outbox
  }

  /// Takes messages while there are some and there is room.
  @inlinable
  func step() -> Pause {
    if let ring = stalledAt {
      stalledAt = nil
      ring.written.pointee.stalled.subtract(1, ordering: .relaxed)
      if outbox.mustLeave { return .isSpecial }
    }
    guard !owner.isTold, let target = outbox.fast.pointee, let source = inbox.fast.pointee else { return .isSpecial }
    if unsent != nil {
      let pause = sendUnsent(target)
      if pause != .goesOn { return pause }
    }
    let pause = run(from: source, to: target)
    return pause == .goesOn && unsent != nil ? sendUnsent(target) : pause
  }

  /// Takes messages until a box makes it pause, or until one that is made finds no room: then that is in `unsent`, and it
  /// goes on.
  @inlinable
  func run(from first: Ring<T.Input>, to target: Ring<T.Output>) -> Pause {
    var source = first
    while true {
      guard let message = source.pop() else {
        let pause = inbox.pause(source, owner)
        if pause == .goesOn, let next = inbox.fast.pointee {
          source = next
          continue
        }
        if pause == .mustWait { inbox.arm(Sleeper(owner), owner) }
        return pause
      }
      source.wakeWriter()
      do {
        let made = try component.transform(message)
        let bytes = T.Output.hasVariableSize ? made.byteCount : 0
        if target.takes(bytes) {
          target.put(made, bytes)
        } else {
          unsent = made
          return .goesOn
        }
      } catch {
        self.error = error
        return .isSpecial
      }
    }
  }

  /// Puts the unsent message where it belongs, or waits for room.
  @inlinable
  func sendUnsent(_ target: Ring<T.Output>) -> Pause {
    guard let message = unsent else { return .goesOn }
    let bytes = T.Output.hasVariableSize ? message.byteCount : 0
    while !target.takes(bytes) {
      let pause = outbox.pause(target, bytes, owner)
      if pause == .mustWait {
        stalledAt = target
        outbox.arm(Sleeper(owner), owner, target, bytes)
      }
      if pause != .goesOn { return pause }
    }
    unsent = nil
    target.put(message, bytes)
    return .goesOn
  }
}
