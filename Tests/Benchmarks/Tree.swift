import Kamaelia

/// Makes ten instances of a graph, gives each its part of a range of numbers, and adds up what they answer.
struct Spread: Component {
  static let summary = "Makes ten instances of a graph, gives each its part of a range, and adds up what they answer."
  @Parameter("The graph.", main: true) var child: Graph<Int, Int>
  @Parameter("How many numbers are the part of each.") var size: Int
  let inbox = Inbox<Int>("The first number of a range.")
  let outbox = Outbox<Int>("The sum of the range.")

  func main() async throws {
    for await first in inbox {
      var children: [RunningGraph<Int, Int>] = []
      for number in 0..<10 {
        let made = try child.make()
        made.start()
        try await made.input.send(first + number * size)
        made.input.close()
        children.append(made)
      }
      var sum = 0
      for made in children { if let part = await made.output.next() { sum += part } }
      for made in children { try await made.finished() }
      try await outbox.send(sum)
    }
  }
}

/// A tree of graphs that grows while it runs, ten branches to each, down to so many leaves.
enum Tree {
  /// - Parameter leaves: is made the next power of ten.
  static func text(_ leaves: Int) -> String {
    var text = "graph Level0 {\n  inbox first: Int\n  outbox sum: Int\n  self.first -> Pong() -> self.sum\n}\n"
    var (level, size) = (0, 1)
    while size * 10 < leaves {
      text += "graph Level\(level + 1) {\n  inbox first: Int\n  outbox sum: Int\n"
      text += "  self.first -> Spread(Level\(level), size: \(size)) -> self.sum\n}\n"
      (level, size) = (level + 1, size * 10)
    }
    return text + "Source(1) -> Spread(Level\(level), size: \(size)) -> Sink()\n"
  }
}
