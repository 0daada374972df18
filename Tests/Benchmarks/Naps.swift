import Dispatch
import Glibc
import Kamaelia
import KamaeliaRuntime

/// Wakes a component from outside and waits until all workers sleep again, again and again.
///
/// `Tests/KamaeliaRuntime/NapTests.swift` has it do so a million times on a small stack: what a nap costs, in time and in
/// memory, must stay the same.
struct Naps {
  /// How many, a multiple of 10.
  let count: Int

  /// Prints a line for each tenth of the naps: processor time in microseconds, and KiB of memory that have been added.
  func run(workers: Int?) {
    let asleep = DispatchSemaphore(value: 0)
    let pool = workers.map { WorkerPool(size: $0) } ?? WorkerPool()
    let outside = Outside {}
    let instance = Instance(
      path: "napper", scheduler: pool, timekeeper: SystemClock(outside: outside), journal: Journal(), outside: outside)
    pool.whenIdle { asleep.signal() }
    for tenth in 1...10 {
      let before = Self.used
      for _ in 0..<count / 10 {
        instance.post {}
        asleep.wait()
      }
      let after = Self.used
      print(
        #"{"tenth": \#(tenth), "naps": \#(count / 10), "microseconds": \#(after.time - before.time), "#
          + #""kilobytes": \#(after.memory - before.memory)}"#)
    }
    pool.end()
  }

  private static var used: (time: Int, memory: Int) {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let seconds = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec
    return (seconds * 1_000_000 + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec, usage.ru_maxrss)
  }
}
