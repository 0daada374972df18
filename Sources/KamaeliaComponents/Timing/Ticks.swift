import Kamaelia

/// Counts at a steady pace.
struct Ticks: Component {
  static let summary = "Sends 0, 1, 2, … at a fixed interval."
  static var waitsOnlyForGraph: Bool { true }
  static let details = """
    Tick number n is due n × `interval` after the start, so that a late tick does not delay those after it: ticks that a \
    slow reader has held up follow each other at once.

    Ends after `count` ticks, or when its readers have left. Keeps nothing in memory.

        Ticks(500ms, count: 10) -> ConsoleWriter()
    """
  static let endsWithReaders = true

  @Parameter("Time between ticks.", in: .nanoseconds(1)..., main: true) var interval = Duration.seconds(1)
  @Parameter("How many ticks to send; without end if left out.", in: 0...) var count: Int? = nil

  var endsByItself: Bool { count != nil }

  let outbox = Outbox<Int>("The number of the tick, from 0.")

  func main() async throws {
    try await whileHeard(outbox) {
      var due = Time.now
      for tick in 0..<(count ?? .max) {
        try await Time.sleep(until: due)
        try await outbox.send(tick)
        due += interval
      }
    }
  }
}
