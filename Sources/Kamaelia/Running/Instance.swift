import KamaeliaIO
import Synchronization

/// A component of a running graph: its boxes and the serial executor that all its tasks run on.
///
/// The executor gathers jobs; while it has any, it is in the hands of the scheduler exactly once. A scheduler that runs it
/// does so on one thread at a time, which is what makes it serial.
@usableFromInline
package final class Instance: TaskExecutor, @unchecked Sendable {
  // Boxes are set before the component runs; `spent`, `watched` and `steps` are touched on the executor only.

  /// Of a graph that a component has made: `server/Client#3/`; empty for the one at the top.
  private let prefix: String
  private let path: String
  /// The path of the instance from the top graph: `server/client[3]`.
  package var name: String { prefix.isEmpty ? path : prefix + path }
  package let timekeeper: any Timekeeper
  /// How many messages a component may take or send before it gives way to others.
  @usableFromInline package let quantum: Int
  private let scheduler: any Scheduler
  private let handOver: HandOver
  package let journal: Journal
  /// Makes the graphs that the component is given as parameters; set before the component runs.
  package weak var graphs: (any GraphMaker)?
  /// What the boxes of all graphs of the run may hold together; nil where there is no such limit.
  let memory: MemoryBudget?
  /// Who is told, on the executor, when a reader of one of its outboxes has left; set before the component is linked, and let go
  /// of when it ends.
  package var keeper: (any InstanceKeeper)? { didSet { hasKeeper = hasKeeper || keeper != nil } }
  private var hasKeeper = false
  package private(set) var inboxes: [any AnyInbox] = []
  package private(set) var outboxes: [any AnyOutbox] = []
  private let jobs = JobQueue()
  /// The other ends of its linkages.
  @exclusivity(unchecked) private var watched = UnsafeMutableBufferPointer<OtherEnd>(start: nil, count: 0)
  /// The linkages of which the other end's marks do not tell everything.
  private var specials: [(any AnyLinkage, isReader: Bool)] = []
  @exclusivity(unchecked) private var hasSpecials = false
  @exclusivity(unchecked) private var mustGather = true
  /// How the component goes on without a task, while it does (see `goOn`).
  @exclusivity(unchecked) private var steps: Unmanaged<Steps>?
  /// The task that `main` runs in, as its continuations name it; 0 before it has begun.
  private let mainTask = Atomic<UInt>(0)
  /// Whether tasks have run on it that are neither its main one nor the runtime's own.
  private let hasOtherTasks = Atomic<Bool>(false)
  /// So many jobs of the runtime's own are still to run on it.
  private let posts = Atomic<Int>(0)
  /// So many of its tasks wait for a certain time.
  private let timeWaits = Atomic<Int>(0)
  private let wasTold = Atomic<Bool>(false)
  private let written = Lock<[any AnyLinkage]>([])
  /// Timers, descriptors and calls that block that a task of this component waits for.
  let outside: Outside
  /// How many of them its tasks wait for at this moment.
  private let outsideWaits = Atomic<Int>(0)
  @exclusivity(unchecked) private var spent = 0
  private let wasCut = Atomic<Bool>(false)
  private let hasEnded = Atomic<Bool>(false)
  private let wasEndedEarly = Atomic<Bool>(false)
  /// Graphs that the component has made and waits for the end of.
  private let awaited = Lock<[String]>([])

  /// The component whose task is running.
  @TaskLocal package static var ofTask: Instance?

  /// The component whose code is running.
  package static var current: Instance? { ofTask ?? Steps.current }

  package init(
    prefix: String = "", path: String, scheduler: any Scheduler, timekeeper: any Timekeeper, journal: Journal,
    outside: Outside, memory: MemoryBudget? = nil, quantum: Int = 512
  ) {
    self.memory = memory
    self.prefix = prefix
    self.path = path
    self.scheduler = scheduler
    handOver = scheduler.handOver
    self.timekeeper = timekeeper
    self.journal = journal
    self.outside = outside
    self.quantum = quantum
  }

  /// An executor beside this one, for a part of the same component that has boxes of its own.
  func beside(named part: String) -> Instance {
    let instance = Instance(
      prefix: prefix, path: "\(path)/\(part)", scheduler: scheduler, timekeeper: timekeeper, journal: journal,
      outside: outside, memory: memory, quantum: quantum)
    instance.graphs = graphs
    return instance
  }

  /// Attaches the boxes that the component declares, before it runs.
  package func attach(_ inboxes: [any AnyInbox], _ outboxes: [any AnyOutbox], names: [BoxName]) {
    self.inboxes = inboxes
    self.outboxes = outboxes
    for box in inboxes { box.attach(to: self) }
    for (box, name) in zip(outboxes, names) { box.attach(to: self, name: name) }
    boxesChanged()
  }

  package func attach(_ inbox: any AnyInbox) {
    inboxes.append(inbox)
    inbox.attach(to: self)
    boxesChanged()
  }

  package func attach(_ outbox: any AnyOutbox, name: BoxName) {
    outboxes.append(outbox)
    outbox.attach(to: self, name: name)
    boxesChanged()
  }

  /// Closes all boxes and lets go of them: the component has ended. On its executor.
  package func close() {
    hasEnded.store(true, ordering: .releasing)
    for box in outboxes { box.close() }
    for box in inboxes { box.close() }
    letGoOfBoxes()
    keeper = nil
  }

  deinit {
    letGoOfBoxes()
    watched.deallocate()
    steps?.release()
  }

  private func letGoOfBoxes() {
    for box in outboxes { box.forgetOwner() }
    for box in inboxes { box.forgetOwner() }
    outboxes = []
    inboxes = []
    mustGather = true
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

  package func detach(_ inbox: any AnyInbox) {
    settle()
    inboxes.removeAll { $0 === inbox }
    boxesChanged()
  }

  package func detach(_ outbox: any AnyOutbox) {
    // Its readers may sleep and have messages.
    settle()
    outboxes.removeAll { $0 === outbox }
    boxesChanged()
  }

  // MARK: Jobs

  @usableFromInline
  package func enqueue(_ job: consuming ExecutorJob) {
    if jobs.append(.task(UnownedJob(job))) { handOver(.passRetained(self)) }
  }

  /// Lets the component go on by a step. From any thread.
  ///
  /// - Parameter instance: one count of it, which goes on to the scheduler.
  static func step(_ instance: Unmanaged<Instance>) {
    guard instance._withUnsafeGuaranteedRef({ $0.jobs.append(.step) }) else { return instance.release() }
    instance._withUnsafeGuaranteedRef { $0.handOver }(instance)
  }

  /// Runs what was there when it began. By the scheduler only, on one thread at a time.
  ///
  /// - Returns: whether more is there by now, so that the scheduler must run this instance again.
  package func run() -> Bool {
    spent = 0
    var left = jobs.countAtLeast
    repeat {
      switch jobs.next() {
      case .task(let job):
        note(job)
        job.runSynchronously(on: asUnownedTaskExecutor())
      case .step: goOn()
      case .look: wakeBoxes()
      case nil: left = 0
      }
      left -= 1
    } while left > 0
    settle()
    return jobs.end()
  }

  // MARK: Steps

  /// Whether the sleeper is the component's own task, and none that it has made.
  @usableFromInline
  func isMain(_ sleeper: Sleeper) -> Bool { sleeper.bits == mainTask.load(ordering: .relaxed) }

  /// The task that runs is the component's own.
  package func beginMain() {
    // Unsafe: only its bits are looked at, which are those that its continuations and its jobs have.
    withUnsafeCurrentTask { mainTask.store(unsafeBitCast($0, to: UInt.self), ordering: .relaxed) }
  }

  /// Lets `take` do the component's work in place of its task, until it says that the task must see to it.
  ///
  /// Where the task is not the component's own, it comes back at once.
  @usableFromInline
  func run(bySteps take: @escaping () -> Pause) async {
    await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
      guard isMain(Sleeper(continuation)), !isTold else { return continuation.resume() }
      steps = .passRetained(Steps(task: continuation, take: take))
      Self.step(.passRetained(self))
    }
  }

  private func goOn() {
    guard let steps else { return }
    switch steps._withUnsafeGuaranteedRef({ $0.run(for: self) }) {
    case .goesOn, .mustGiveWay: Self.step(.passRetained(self))
    case .mustWait: break
    case .isSpecial:
      self.steps = nil
      steps.takeRetainedValue().task.resume()
    }
  }

  // MARK: What it waits for

  /// Notes whether a job is of a task that is neither the component's main one nor the runtime's own.
  private func note(_ job: UnownedJob) {
    let main = mainTask.load(ordering: .relaxed)
    // Unsafe: only its bits are looked at; a task is its own job.
    guard main != 0, unsafeBitCast(job, to: UInt.self) != main else { return }
    if posts.load(ordering: .relaxed) > 0 {
      posts.subtract(1, ordering: .relaxed)
    } else {
      hasOtherTasks.store(true, ordering: .relaxed)
    }
  }

  /// Whether all that the component waits for is at that box: its main task sleeps there, and it has made no other one.
  /// From any thread.
  package func waitsOnly(at box: any AnyBox) -> Bool {
    let steps = UInt(bitPattern: Unmanaged.passUnretained(self).toOpaque()) | 1
    let main = mainTask.load(ordering: .relaxed)
    return !hasOtherTasks.load(ordering: .relaxed) && (box.sleepers.holds(main) || box.sleepers.holds(steps))
  }

  // MARK: Telling it to stop

  /// Whether the component has been told to stop: whoever waits at a box looks at it once more.
  @usableFromInline
  var isTold: Bool { wasTold.load(ordering: .sequentiallyConsistent) }

  /// Tells the component's own task to stop, besides cancelling it: that task sleeps at boxes without heeding its cancellation,
  /// at those as well that it has got while it runs. From any thread.
  package func tell() {
    wasTold.store(true, ordering: .sequentiallyConsistent)
    if jobs.append(.look) { handOver(.passRetained(self)) }
  }

  private func wakeBoxes() {
    for box in inboxes { box.wake() }
    for box in outboxes { box.wake() }
  }

  // MARK: Fairness

  /// Counts messages that were taken or sent without waiting.
  func spend(_ messages: Int) { spent += messages }

  /// Counts a block of messages, in which each costs the component little.
  @usableFromInline
  func spend(block messages: Int) { spent += messages >> 5 }

  /// Counts a visit to a slow path.
  ///
  /// - Parameter bytes: of a large message that is about to be sent: 4 KiB count as much as a message, so that what is
  ///   sent before others run is still in the processor's cache when they get it.
  /// - Returns: false where the component has had its share.
  @usableFromInline
  func mayGoOn(after bytes: Int = 0) -> Bool {
    // Asked before it is counted, so that one message is always within the share, however large it is.
    guard spent < quantum else { return false }
    spent += 16 + bytes >> 12
    return true
  }

  /// Lets others run.
  @usableFromInline
  func giveWay() async {
    spent = 0
    // A yield is a job of its own.
    posts.add(1, ordering: .relaxed)
    await Task.yield()
  }

  /// Lets others run when the component has had its share.
  func giveWayIfDue() async {
    if mayGoOn() { return }
    await giveWay()
  }

  // MARK: Wakes

  /// Wakes the components that wait for what this one did, now that both sides have passed a barrier.
  package func settle() {
    atomicMemoryFence(ordering: .sequentiallyConsistent)
    if mustGather { gatherWatched() }
    for end in watched { end.wakeIfNeeded() }
    if hasSpecials { settleSpecials() }
  }

  private func settleSpecials() {
    for (linkage, isReader) in specials {
      if isReader { linkage.wakeReaderIfNeeded() } else { linkage.wakeWriterForAnyRoom() }
    }
  }

  /// The boxes have other linkages by now. On the executor, or before the component runs.
  @usableFromInline
  func boxesChanged() { mustGather = true }

  private func gatherWatched() {
    var ends: [OtherEnd] = []
    ends.reserveCapacity(max(watched.count, inboxes.count + outboxes.count))
    if hasSpecials { specials = [] }
    for box in outboxes {
      box.eachLinkage { linkage in
        if let end = linkage.readerEnd { ends.append(end) } else { specials.append((linkage, isReader: true)) }
      }
    }
    for box in inboxes {
      box.eachLinkage { linkage in
        if let end = linkage.writerEnd { ends.append(end) } else { specials.append((linkage, isReader: false)) }
      }
    }
    hasSpecials = !specials.isEmpty
    watched.deallocate()
    watched = .allocate(capacity: ends.count)
    _ = watched.initialize(from: ends)
    mustGather = false
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
  func readerLeft() {
    if hasKeeper, !hasEnded.load(ordering: .acquiring) { post { [self] in keeper?.readerLeft() } }
  }

  // MARK: Waiting for what lies outside of the graph

  /// A task of this component begins or ends to wait for a certain time.
  func waitsForTime(_ isWaiting: Bool) { timeWaits.add(isWaiting ? 1 : -1, ordering: .relaxed) }

  /// Whether a task of this component waits for time or outside of the graph; from any thread.
  package var waitsElsewhere: Bool {
    timeWaits.load(ordering: .relaxed) > 0 || outsideWaits.load(ordering: .relaxed) > 0
  }

  package func beginOutside() {
    outsideWaits.add(1, ordering: .relaxed)
    outside.begin()
  }

  package func endOutside() {
    outsideWaits.subtract(1, ordering: .relaxed)
    outside.end()
  }

  /// Whether one of its tasks waits for something that is none of the graph's boxes; from any thread.
  package var waitsOutside: Bool { outsideWaits.load(ordering: .relaxed) > 0 }

  /// Where its calls that block are counted, if anybody waits for them.
  var openCalls: OpenCalls? { outside.calls }

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

  /// What the component sends is not all that it would have sent: it has failed, or was stopped before its end. From any thread.
  package func endEarly() { wasEndedEarly.store(true, ordering: .releasing) }

  /// Whether whoever reads its outboxes has not got everything when they close.
  var isIncomplete: Bool {
    isCut || wasEndedEarly.load(ordering: .acquiring) || inboxes.contains { $0.makesIncomplete }
  }

  /// Whether one of its outboxes is read by somebody that it goes on for. On its executor.
  var hasReaders: Bool { outboxes.contains { $0.keepsGoing } }

  // MARK: Changes while it runs

  /// Runs `body` between two steps of the component, on its executor, some time soon.
  package func post(_ body: @escaping @Sendable () -> Void) {
    posts.add(1, ordering: .relaxed)
    Task.detached(executorPreference: self) { body() }
  }

  /// Runs `body` between two steps of the component, on its executor.
  package func perform<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
    posts.add(1, ordering: .relaxed)
    return await Task.detached(executorPreference: self) { body() }.value
  }
}

/// Who looks after a component that ends with its readers.
package protocol InstanceKeeper: AnyObject, Sendable {
  /// A reader of one of the component's outboxes has left. On the component's executor.
  func readerLeft()
}
