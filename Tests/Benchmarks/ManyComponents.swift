import Kamaelia

/// A component of which there are as many as one likes, each with a name of its own: what an editor's list is made of.
struct Numbered<Number: Count>: Component {
  static var name: String { "Part\(Number.value)" }
  static var summary: String { "Does what the other \(Number.value) do." }

  @Parameter("What to look for.", main: true) var pattern = "a"
  @Parameter("How long it takes.") var time = Duration.seconds(1)
  @Parameter("How many at once.", in: 1...64) var count = 1

  let inbox = Inbox<String>("What comes.")
  let outbox = Outbox<String>("What goes.")
  let rejected = Outbox<String>("What does not go.")

  func main() async throws {}
}

/// A number as a type.
protocol Count: Sendable {
  static var value: Int { get }
}

enum None: Count {
  static var value: Int { 0 }
}

enum OneMore<Rest: Count>: Count {
  static var value: Int { Rest.value + 1 }
}

/// So many components, each of a type of its own.
func manyComponents(_ count: Int) -> [any Component.Type] {
  func more<Number: Count>(_ number: Number.Type, _ left: Int) -> [any Component.Type] {
    left == 0 ? [] : [Numbered<Number>.self] + more(OneMore<Number>.self, left - 1)
  }
  return more(None.self, count)
}
