import Kamaelia
import KamaeliaIO

/// A component that makes a graph for each connection.
protocol StreamServer: Component {
  var `protocol`: PartialGraph<Bytes, Bytes> { get }
  var maxConnections: Int { get }
  var idle: Duration? { get }
  var log: Outbox<String> { get }
}

extension StreamServer {
  static var waitsOnlyForGraph: Bool { true }

  func argumentsGiven(toGraphsOf parameter: String) -> [GivenArgument]? { [.offered("peer", .text)] }

  static var protocolDetails: String {
    """
    What comes over a connection goes to the default inbox of its graph, in stretches of bytes that mean nothing; what the \
    graph's default outbox sends goes back. A graph without an inbox only speaks, one without an outbox only listens. If \
    the graph has a parameter `peer`, it gets the other end's address as a text. A graph that is slow makes its own peer \
    wait, and no other.

    Each direction ends by itself: when the peer sends no more, the graph's inbox ends, and when the graph's outbox ends, \
    the peer sees the end. When the graph has ended, the connection is closed. When a connection breaks or its graph fails, \
    that is reported with the peer's address, and ends this connection and nothing else. When the server is told to stop, \
    it takes no more connections and reads no more; graphs get to their end in their own way for up to five seconds. `log` holds up \
    nobody: a line for which its reader has no room is left out.
    """
  }

  /// Serves until the component is to stop.
  ///
  /// - Parameter silence: how long a peer that has ended its side may be told nothing before it counts as gone.
  func serve(_ listeners: [Listener], mostPerAddress: Int? = nil, silence: Duration? = nil) async throws {
    let (graph, idle, log) = (`protocol`, idle, log)
    let isLogged = log.isLinked
    let reception = Reception(listeners: listeners, most: maxConnections, mostPerAddress: mostPerAddress)
    try await reception.run { connection, strands in
      func write(_ text: String) {
        if isLogged { strands.tell { log.sendAtOnce(text) } }
      }
      write("\(connection.name) connected")
      switch await Conversation(connection: connection, graph: graph, idle: idle, silence: silence).run() {
      case .over: write("\(connection.name) left")
      case .idle: write("\(connection.name) was idle for \(idle?.text ?? "too long")")
      case .broken(let error):
        write("\(connection.name) broke off: \(error)")
        Notice.note("\(error)")
      case .failed(let error):
        write("\(connection.name) failed: \(error)")
        Notice.warning("\(error)")
      }
      return nil
    }
  }
}
