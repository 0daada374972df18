import KamaeliaIO
import Synchronization

/// Jobs in the order in which they came, with a place for a single one that needs no lock.
///
/// Most components have one task and so one job at a time. The queue also says whose turn it is: from the first job until
/// `end` says that there are none, the instance is in the scheduler's hands.
struct JobQueue: ~Copyable, Sendable {
  enum Job {
    case task(UnownedJob)
    /// The component goes on by a step.
    case step
    /// All who wait at its boxes look once more.
    case look
  }

  // Unsafe: a job is a reference that is used exactly once; its bits are kept while it waits. It is aligned, so that no
  // job has the bits of these.
  private static let idle: UInt = 0
  private static let busy: UInt = 1
  private static let step: UInt = 2
  private static let look: UInt = 3

  /// `idle`; `busy` while the instance is in the scheduler's hands and nothing is in this place; else a job.
  private let single = Atomic<UInt>(idle)
  private let more = Lock(Fifo<UInt>())
  private let moreCount = Atomic<Int>(0)

  /// From any thread.
  ///
  /// - Returns: whether the scheduler must be given the instance.
  func append(_ job: Job) -> Bool {
    let bits: UInt =
      switch job {
      case .task(let job): unsafeBitCast(job, to: UInt.self)
      case .step: Self.step
      case .look: Self.look
      }
    // Behind those that wait already, so that a job that comes again and again lets the others pass.
    if moreCount.load(ordering: .sequentiallyConsistent) == 0 {
      var seen = Self.idle
      while seen <= Self.busy {
        let (isDone, now) = single.compareExchange(expected: seen, desired: bits, ordering: .sequentiallyConsistent)
        if isDone { return seen == Self.idle }
        seen = now
      }
    }
    more.withLock { $0.append(bits) }
    moreCount.add(1, ordering: .sequentiallyConsistent)
    // In one order with `end`: either that sees the job, or this sees that nobody has the instance.
    return single.compareExchange(expected: Self.idle, desired: Self.busy, ordering: .sequentiallyConsistent).exchanged
  }

  /// How many jobs are there, if there are any; by whoever runs them.
  var countAtLeast: Int { 1 + moreCount.load(ordering: .acquiring) }

  /// By whoever runs them, one at a time.
  func next() -> Job? {
    var bits = single.exchange(Self.busy, ordering: .acquiringAndReleasing)
    if bits <= Self.busy, moreCount.load(ordering: .acquiring) > 0 {
      bits = more.withLock { $0.popFirst() } ?? Self.busy
      moreCount.subtract(1, ordering: .acquiringAndReleasing)
    }
    switch bits {
    case Self.idle, Self.busy: return nil
    case Self.step: return .step
    case Self.look: return .look
    default: return .task(unsafeBitCast(bits, to: UnownedJob.self))
    }
  }

  /// Ends a turn.
  ///
  /// - Returns: whether more is there by now, so that the turn goes on.
  func end() -> Bool {
    if moreCount.load(ordering: .acquiring) > 0 { return true }
    guard single.compareExchange(expected: Self.busy, desired: Self.idle, ordering: .sequentiallyConsistent).exchanged
    else { return true }
    if moreCount.load(ordering: .sequentiallyConsistent) == 0 { return false }
    return single.compareExchange(expected: Self.idle, desired: Self.busy, ordering: .sequentiallyConsistent).exchanged
  }
}
