import Kamaelia

/// Sends 0, 1, 2, …
struct Source: Component {
  static let summary = "Sends 0, 1, 2, …"
  @Parameter("How many.", main: true) var count: Int
  let outbox = Outbox<Int>("The numbers.")

  func main() async throws {
    Measurement.begin()
    for number in 0..<count { try await outbox.send(number) }
  }
}

/// Adds one.
struct Step: Transform {
  static let summary = "Adds one."
  let inbox = Inbox<Int>("A number.")
  let outbox = Outbox<Int>("The next one.")

  func transform(_ number: Int) -> Int { number &+ 1 }
}

/// Adds up what comes.
struct Sink: Component {
  static let summary = "Adds up what comes."
  let inbox = Inbox<Int>("Numbers.")

  func main() async throws {
    var (sum, count) = (0, 0)
    for await number in inbox {
      sum &+= number
      count += 1
    }
    Measurement.end(sum: sum, count: count)
  }
}

/// Answers what comes with the next number, so many times.
struct Ping: Transform {
  static let summary = "Answers what comes with the next number, so many times."
  @Parameter("How often.", main: true) var rounds: Int
  let inbox = Inbox<Int>("What comes back.")
  let outbox = Outbox<Int>("What goes out.")

  func transform(_ number: Int) throws -> Int {
    if number == 0 { Measurement.begin() }
    if number == rounds {
      Measurement.end(sum: number, count: rounds)
      throw Stopped()
    }
    return number + 1
  }
}

/// Sends a message and waits until it is back, again and again.
struct Caller: Component {
  static let summary = "Sends a message and waits until it is back, again and again."
  @Parameter("How often.", main: true) var rounds: Int
  let inbox = Inbox<Int>("What comes back.")
  let outbox = Outbox<Int>("What goes out.")

  func main() async throws {
    Measurement.begin()
    var sum = 0
    for round in 0..<rounds {
      try await outbox.send(round)
      guard let back = await inbox.next() else { return }
      sum &+= back
    }
    Measurement.end(sum: sum, count: rounds)
  }
}

/// Sends back what comes.
struct Pong: Transform {
  static let summary = "Sends back what comes."
  let inbox = Inbox<Int>("What comes.")
  let outbox = Outbox<Int>("The same.")

  func transform(_ number: Int) -> Int { number }
}

/// Passes a number on, one less; whoever gets 0 ends the ring.
struct RingNode: Transform {
  static let summary = "Passes a number on, one less."
  @Parameter("Its number in the ring.", main: true) var number: Int
  let inbox = Inbox<Int>("How many hops are left.")
  let outbox = Outbox<Int>("One less.")

  func transform(_ left: Int) throws -> Int {
    if left == 0 {
      Measurement.end(sum: number, count: 1)
      throw Stopped()
    }
    return left - 1
  }
}

/// Sends the first token into the ring.
struct RingStart: Component {
  static let summary = "Sends the first token into a ring."
  @Parameter("How many hops.", main: true) var hops: Int
  let outbox = Outbox<Int>("How many hops are left.")

  func main() async throws {
    Measurement.begin()
    try await outbox.send(hops)
  }
}
