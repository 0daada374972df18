import Synchronization

/// What a component keeps in memory besides its boxes, as part of the memory that the run may have (`--max-memory`).
///
/// A component that gathers messages counts them in `main`; what it still has is given back when this value is gone:
/// ```swift
/// let kept = KeptBytes()
/// for await message in inbox {
///   kept.add(message)
///   …
/// ```
/// What is kept leaves less room on linkages. Without a limit nothing is counted, and nothing is ever full.
public final class KeptBytes: Sendable {
  private let budget: MemoryBudget?
  private let bytes = Atomic<Int>(0)
  private let hasWarned = Atomic<Bool>(false)

  /// For the component that makes it.
  public init() { budget = Instance.current?.memory }

  deinit { budget?.release(bytes.load(ordering: .relaxed)) }

  /// Whether there is no room for more beside what it keeps; never where it keeps nothing. A component that lets go of what
  /// it keeps as time passes or as its reader goes on takes no further message then.
  public var isFull: Bool { budget.map { $0.used > $0.limit && bytes.load(ordering: .relaxed) > 0 } ?? false }

  /// Whether components alone keep more than the run may have. A component that cannot let go of anything fails then.
  public var isTooMuch: Bool { budget.map { $0.kept > $0.limit } ?? false }

  /// Counts a message.
  public func add<M: Message>(_ message: M) { if budget != nil { add(Self.size(of: message)) } }
  /// Counts a message no longer.
  public func remove<M: Message>(_ message: M) { if budget != nil { remove(Self.size(of: message)) } }

  /// - Parameter count: bytes, 0 or more.
  public func add(_ count: Int) {
    guard let budget else { return }
    bytes.add(count, ordering: .relaxed)
    budget.keep(count)
  }

  /// - Parameter count: bytes that were added before.
  public func remove(_ count: Int) {
    guard let budget else { return }
    bytes.subtract(count, ordering: .relaxed)
    budget.release(count)
  }

  /// Counts nothing of what was added any longer.
  public func removeAll() { budget?.release(bytes.exchange(0, ordering: .relaxed)) }

  /// Tells the user once what comes of there being no room.
  package func warnOnce(_ words: String) { if !hasWarned.exchange(true, ordering: .relaxed) { Notice.warning(words) } }

  private static func size<M: Message>(of message: M) -> Int {
    M.hasVariableSize ? message.byteCount + MemoryLayout<M>.stride : MemoryLayout<M>.stride
  }
}
