import Kamaelia

/// Sends its clock, now and then.
struct Pulse: Component {
  static let summary = "Sends its clock, so often that each message finds an idle chain."
  @Parameter("How many messages.", main: true) var count: Int
  let outbox = Outbox<Int>("Nanoseconds.")

  func main() async throws {
    Measurement.begin()
    for _ in 0..<count {
      try await Time.sleep(for: .milliseconds(1))
      try await outbox.send(Int(seconds() * 1e9))
    }
  }
}

/// Notes how long each message has been under way.
struct Stopwatch: Component {
  static let summary = "Notes how long each message has been under way."
  let inbox = Inbox<Int>("When it was sent, in nanoseconds.")

  func main() async throws {
    var latencies: [Double] = []
    for await sent in inbox { latencies.append(seconds() - Double(sent) * 1e-9) }
    Measurement.note(latencies)
    Measurement.end(sum: latencies.count, count: latencies.count)
  }
}

/// Sends 0, 1, 2, … beside others that do.
struct Racer: Component {
  static let summary = "Sends 0, 1, 2, … beside others that do."
  @Parameter("How many.", main: true) var count: Int
  let outbox = Outbox<Int>("The numbers.")

  func main() async throws {
    Measurement.beginFirst()
    for number in 0..<count { try await outbox.send(number) }
  }
}

/// Notes when it has ended.
struct Finish: Component {
  static let summary = "Adds up what comes, and notes when it has ended."
  let inbox = Inbox<Int>("Numbers.")

  func main() async throws {
    var (sum, count) = (0, 0)
    for await number in inbox {
      sum &+= number
      count += 1
    }
    Measurement.finish(sum: sum, count: count)
  }
}

/// Takes what comes.
struct Swallow: Component {
  static let summary = "Takes what comes."
  let inbox = Inbox<Int>("Numbers.")

  func main() async throws { for await _ in inbox {} }
}
