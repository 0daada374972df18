import KamaeliaIO
import Synchronization

/// Jobs in the order in which they came, with a place for a single one that needs no lock.
///
/// Most components have one task and so one job at a time.
final class JobQueue: Sendable {
  private let single = Atomic<UInt>(0)
  private let more = Lock(Fifo<UInt>())
  private let moreCount = Atomic<Int>(0)

  /// From any thread.
  func append(_ job: UnownedJob) {
    // Unsafe: a job is a reference that is used exactly once; its bits are kept while it waits.
    let bits = unsafeBitCast(job, to: UInt.self)
    // Behind those that wait already, so that a job that comes again and again lets the others pass.
    if moreCount.load(ordering: .acquiring) == 0,
      single.compareExchange(expected: 0, desired: bits, ordering: .acquiringAndReleasing).exchanged
    {
      return
    }
    more.withLock { $0.append(bits) }
    moreCount.add(1, ordering: .acquiringAndReleasing)
  }

  /// From one thread at a time.
  func next() -> UnownedJob? {
    var bits = single.exchange(0, ordering: .acquiringAndReleasing)
    if bits == 0, moreCount.load(ordering: .acquiring) > 0 {
      bits = more.withLock { $0.popFirst() } ?? 0
      moreCount.subtract(1, ordering: .acquiringAndReleasing)
    }
    return bits == 0 ? nil : unsafeBitCast(bits, to: UnownedJob.self)
  }
}
