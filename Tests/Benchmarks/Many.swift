import Dispatch
import Glibc
import KGraph
import Kamaelia
import KamaeliaIO
import KamaeliaRuntime
import Synchronization

/// Sends nothing, for as long as the graph runs.
struct Silence: Component {
  static let summary = "Sends nothing, for as long as the graph runs."
  let outbox = Outbox<Int>("Nothing.")

  func main() async throws { try await Time.sleep(for: .seconds(86_400)) }
}

/// Waits for what never comes.
struct Idler: Component {
  static let summary = "Waits for what never comes."
  let inbox = Inbox<Int>("Nothing.")

  func main() async throws {
    if Self.missing.subtract(1, ordering: .sequentiallyConsistent).newValue == 0 { Self.all.signal() }
    for await _ in inbox {}
  }

  private static let missing = Atomic<Int>(0)
  private static let all = DispatchSemaphore(value: 0)

  static func expect(_ count: Int) { missing.store(count, ordering: .sequentiallyConsistent) }
  static func waitForAll() { all.wait() }
}

/// So many components, one of which keeps the others waiting: how fast they are made and ended, and what each costs; and, once they are there, how often a
/// thread of the process wakes up.
struct Many {
  let count: Int
  /// kB in use before the network is made.
  private var before = 0
  private var began = 0.0

  init(count: Int) { self.count = max(2, count) }

  private mutating func makeNetwork(workers: Int?) throws -> (Network, Surroundings) {
    let text = "silence = Silence()\nfor i in 1...\(count - 1) {\n  silence -> Idler()\n}\n"
    let checked = Checker(library: Workload.library, loader: MemoryLoader())
      .check(KGraph.Source(name: "many.kgraph", text: text), for: .run)
    guard let plan = checked.plan else {
      throw Wrong(description: Report(checked.diagnostics).render(.gcc, version: ""))
    }
    Idler.expect(count - 1)
    let surroundings = Surroundings(library: Workload.library, workers: workers)
    // What checking has freed is not to be taken for what the network uses.
    FreedMemory.giveBack()
    before = status("VmRSS")
    began = seconds()
    return (try Network(plan, in: surroundings), surroundings)
  }

  /// Prints one JSON line: time and memory of the network without its plan, which is checked before.
  ///
  /// - Throws: ``Wrong`` where the graph ends otherwise.
  mutating func run(workers: Int?) async throws {
    let (network, _) = try makeNetwork(workers: workers)
    network.start()
    Idler.waitForAll()
    let started = seconds()
    let resident = status("VmRSS")
    network.stop()
    guard case .finished = await network.ended() else { throw Wrong(description: "w5: ended otherwise") }
    let ended = seconds()
    print(
      "{\"peer\":\"kamaelia\",\"workload\":\"w5\",\"messages\":\(count),\"seconds\":\(ended - began),"
        + "\"rate\":\(Double(count) / (ended - began)),\"start_s\":\(started - began),\"stop_s\":\(ended - started),"
        + "\"rss_per_component\":\((resident - before) * 1024 / count),"
        + "\"peak_per_component\":\((status("VmHWM") - before) * 1024 / count)}")
  }

  /// Prints one JSON line: how often threads were woken and components were run, while nothing happened.
  ///
  /// - Throws: ``Wrong`` where the graph ends otherwise.
  mutating func watchIdling(workers: Int?) async throws {
    let (network, surroundings) = try makeNetwork(workers: workers)
    network.start()
    Idler.waitForAll()
    let time = 5.0
    Self.rest(0.5)
    let (wakes, activations) = (Self.wakes, surroundings.activations)
    Self.rest(time)
    let woken = Self.wakes - wakes
    let run = surroundings.activations - activations
    network.stop()
    guard case .finished = await network.ended() else { throw Wrong(description: "idle: ended otherwise") }
    print(
      "{\"peer\":\"kamaelia\",\"workload\":\"idle\",\"messages\":\(count),\"seconds\":\(time),"
        + "\"rate\":\(Double(woken) / time),\"activations_per_s\":\(Double(run) / time)}")
  }

  private static func rest(_ time: Double) { usleep(UInt32(time * 1e6)) }

  /// How often the threads of this process have gone to sleep, but for the one that asks.
  private static var wakes: Int {
    guard let folder = opendir("/proc/self/task") else { return 0 }
    defer { closedir(folder) }
    let own = Int(getpid())
    var sum = 0
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      guard let thread = Int(name), thread != own else { continue }
      sum += status("voluntary_ctxt_switches", of: "self/task/\(name)")
    }
    return sum
  }
}
