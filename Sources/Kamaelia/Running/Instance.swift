import KamaeliaIO
import Synchronization

/// A component of a running graph: its boxes and the serial executor that all its tasks run on.
///
/// The executor gathers jobs; while it has any, it is in the hands of the scheduler exactly once. A scheduler that runs it
/// does so on one thread at a time, which is what makes it serial.
package final class Instance: TaskExecutor, @unchecked Sendable {
  // Boxes are set before the component runs; `spent` is touched on the executor only.

  /// The path of the instance in its graph: `server/client[3]`.
  package let name: String
  package let timekeeper: any Timekeeper
  /// How many messages a component may take or send before it gives way to others.
  @usableFromInline package let quantum: Int
  private let scheduler: any Scheduler
  package let journal: Journal
  /// Makes the graphs that the component is given as parameters; set before the component runs.
  package weak var graphs: (any GraphMaker)?
  /// What the boxes of all graphs of the run may hold together; nil where there is no such limit.
  let memory: MemoryBudget?
  /// What to do when a reader of one of its outboxes has left; set before the component is linked. On its executor.
  package var whenReaderLeaves: (@Sendable () -> Void)?
  package private(set) var inboxes: [any AnyInbox] = []
  package private(set) var outboxes: [any AnyOutbox] = []
  private let jobs = JobQueue()
  /// Jobs that were given and not run yet; the scheduler has this instance while it is more than 0.
  private let pending = Atomic<Int>(0)
  private let written = Lock<[any AnyLinkage]>([])
  /// Timers, descriptors and calls that block that a task of this component waits for.
  private let outside: Outside
  private var spent = 0
  private let wasCut = Atomic<Bool>(false)
  private let hasEnded = Atomic<Bool>(false)
  /// Graphs that the component has made and waits for the end of.
  private let awaited = Lock<[String]>([])

  /// The component whose code is running.
  @TaskLocal package static var current: Instance?

  package init(
    name: String, scheduler: any Scheduler, timekeeper: any Timekeeper, journal: Journal, outside: Outside,
    memory: MemoryBudget? = nil, quantum: Int = 512
  ) {
    self.memory = memory
    self.name = name
    self.scheduler = scheduler
    self.timekeeper = timekeeper
    self.journal = journal
    self.outside = outside
    self.quantum = quantum
  }

  package func attach(_ inbox: any AnyInbox) {
    inboxes.append(inbox)
    inbox.attach(to: self)
  }

  package func attach(_ outbox: any AnyOutbox, name: String) {
    outboxes.append(outbox)
    outbox.attach(to: self, name: name)
  }

  /// Closes all boxes and lets go of them: the component has ended. On its executor.
  package func close() {
    hasEnded.store(true, ordering: .releasing)
    for box in outboxes { box.close() }
    for box in inboxes { box.close() }
    outboxes = []
    inboxes = []
  }

  /// Lets go of boxes that nothing wakes or closes any more. From any thread; those of a component that has ended are gone.
  package func detachSoon(_ inbox: (any AnyInbox)?, _ outbox: (any AnyOutbox)?) {
    if hasEnded.load(ordering: .acquiring) { return }
    let detach: @Sendable () -> Void = { [self] in
      if let inbox { self.detach(inbox) }
      if let outbox { self.detach(outbox) }
    }
    if Self.current === self { detach() } else { post(detach) }
  }

  package func detach(_ inbox: any AnyInbox) { inboxes.removeAll { $0 === inbox } }
  package func detach(_ outbox: any AnyOutbox) { outboxes.removeAll { $0 === outbox } }

  // MARK: Jobs

  package func enqueue(_ job: consuming ExecutorJob) {
    jobs.append(UnownedJob(job))
    if pending.add(1, ordering: .acquiringAndReleasing).oldValue == 0 { scheduler.schedule(self) }
  }

  /// Runs what was there when it began. By the scheduler only, on one thread at a time.
  ///
  /// - Returns: whether more is there by now, so that the scheduler must run this instance again.
  package func run() -> Bool {
    spent = 0
    let count = pending.load(ordering: .acquiring)
    for _ in 0..<count {
      guard let job = jobs.next() else { preconditionFailure("a job was counted and is not there") }
      job.runSynchronously(on: asUnownedTaskExecutor())
    }
    settle()
    return pending.subtract(count, ordering: .acquiringAndReleasing).newValue > 0
  }

  // MARK: Fairness

  /// Counts messages that were taken or sent without waiting.
  func spend(_ messages: Int) { spent += messages }

  /// Lets others run when the component has had its share.
  func giveWayIfDue() async {
    spent += 16
    guard spent >= quantum else { return }
    spent = 0
    await Task.yield()
  }

  // MARK: Wakes

  /// Wakes the components that wait for what this one did, now that both sides have passed a barrier.
  package func settle() {
    atomicMemoryFence(ordering: .sequentiallyConsistent)
    for outbox in outboxes { outbox.settle() }
    for inbox in inboxes { inbox.settle() }
  }

  func wrote(to linkage: any AnyLinkage) {
    written.withLock { linkages in
      // Now and then, so that it costs the same however many there are.
      if linkages.count >= 16, linkages.count & (linkages.count - 1) == 0 {
        linkages.removeAll { $0.isFinished || $0.isAbandoned }
      }
      linkages.append(linkage)
    }
  }

  /// Wakes readers for a component that has been running for long. From any thread.
  package func settleFromOutside() {
    let linkages = written.withLock { $0 }
    for linkage in linkages { linkage.wakeReaderIfNeeded() }
  }

  /// A reader has left. From any thread.
  func readerLeft() { if let whenReaderLeaves { post(whenReaderLeaves) } }

  // MARK: Waiting for what lies outside of the graph

  package func beginOutside() { outside.begin() }
  package func endOutside() { outside.end() }

  /// The graphs whose end a task of this component waits for; from any thread.
  package var awaitedGraphs: [String] { awaited.withLock { $0 } }

  package func beginAwaiting(_ graph: String) { awaited.withLock { $0.append(graph) } }

  package func endAwaiting(_ graph: String) {
    awaited.withLock { graphs in
      if let index = graphs.firstIndex(of: graph) { graphs.remove(at: index) }
    }
  }

  // MARK: Ending at once

  /// Whether the component is to end at once, without delivering what it is about to send.
  package var isCut: Bool { wasCut.load(ordering: .acquiring) }

  /// The component will be ended at once: from now on the end of an inbox does not mean that all has come.
  package func announceCut() { wasCut.store(true, ordering: .releasing) }

  /// Ends the component at once, even where it delivers what others have got already. Besides, its task is cancelled.
  package func cut() {
    announceCut()
    post { [self] in for outbox in outboxes { outbox.wake() } }
  }

  func checkCut() throws { if isCut { throw CancellationError() } }

  // MARK: Changes while it runs

  /// Runs `body` between two steps of the component, on its executor, some time soon.
  package func post(_ body: @escaping @Sendable () -> Void) { Task.detached(executorPreference: self) { body() } }

  /// Runs `body` between two steps of the component, on its executor.
  package func perform<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
    await Task.detached(executorPreference: self) { body() }.value
  }
}

/// Whoever runs instances that have jobs.
package protocol Scheduler: AnyObject, Sendable {
  /// Takes an instance that has work, until its `run` says that there is no more. From any thread.
  func schedule(_ instance: Instance)
}
