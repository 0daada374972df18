import KGraph
import Kamaelia
import KamaeliaIO

/// A graph on a test bench: its exported boxes are in the hands of the test.
///
/// Feeds and taps run on an executor of their own, like a component that the graph is linked to.
package final class TestBed: Sendable {
  package let network: Network
  package let host: Instance
  package let feeds: [String: any Feed]
  package let taps: [String: any Tap]
  private let order: [String]
  private let tasks = Lock<[(task: Task<Void, Never>, isTaker: Bool)]>([])

  /// - Throws: ``BuildError`` where the plan names what the library does not have.
  package init(_ plan: Plan, in surroundings: Surroundings) throws(BuildError) {
    let host = Instance(path: "test", surroundings)
    var feeds: [String: any Feed] = [:]
    for box in plan.inboxes {
      let feed = Self.feed(try surroundings.library.carrier(of: box.type))
      host.attach(feed.box, name: BoxName(box.name))
      feeds[box.name] = feed
    }
    var taps: [String: any Tap] = [:]
    for box in plan.outboxes {
      let tap = Self.tap(try surroundings.library.carrier(of: box.type))
      host.attach(tap.box)
      taps[box.name] = tap
    }
    self.host = host
    self.feeds = feeds
    self.taps = taps
    order = plan.inboxes.map(\.name) + plan.outboxes.map(\.name)
    network = try Network(
      plan, in: surroundings, hostInputs: feeds.mapValues(\.box), hostOutputs: taps.mapValues(\.box))
  }

  private static func feed<M: Message>(_ type: M.Type) -> any Feed { TypedFeed<M>() }
  private static func tap<M: Message>(_ type: M.Type) -> any Tap { TypedTap<M>() }

  /// Lets the graph, the feeds and the taps run.
  package func start() {
    for name in order {
      let (feed, tap, host) = (feeds[name], taps[name], host)
      let task = Task(executorPreference: host) {
        await Instance.$ofTask.withValue(host) {
          await feed?.run()
          await tap?.run()
        }
      }
      tasks.withLock { $0.append((task, tap != nil)) }
    }
    network.start()
  }

  /// Waits until the taps have taken all that was under way when the graph ended; under real time, where nobody drives.
  package func allTaken() async {
    for taker in tasks.withLock({ $0 }) where taker.isTaker { await taker.task.value }
  }

  /// Stops feeding and taking.
  package func end() { for entry in tasks.withLock({ $0 }) { entry.task.cancel() } }
}
