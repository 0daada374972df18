import Kamaelia

/// Steps through a list.
struct Chooser<T: Message>: GenericComponent {
  static var summary: String { "Steps through a list of values on command." }
  static var details: String {
    """
    Sends the first item at its start, and then the one that each command leads to: `next`, `previous` (or `prev`), \
    `first` and `last`, in small letters or capitals. At the end of the list, `next` sends nothing and stays, and so \
    does `previous` at its beginning; with `wrap` the list goes round, and with `ends` a `next` at the end of the list \
    ends the Chooser. Anything else is no command and goes to \
    `errors`; where the graph does not link that, it is an error.

    Ends with the inbox. Keeps only the list in memory, at most 100,000 items. An empty list sends nothing.

        keys -> Chooser(["one.png", "two.png"]) -> show
    """
  }
  static var sendsUnasked: Bool { true }
  static var endsWithReaders: Bool { true }

  @Parameter("The values to step through.", main: true) var items: [Value]
  @Parameter("Whether the first item comes after the last.") var wrap = false
  @Parameter("Whether it ends when `next` comes at the last item.") var ends = false

  let inbox = Inbox<String>("A command: `next`, `previous`, `first` or `last`.")
  let outbox = Outbox<T>("The item that is chosen now.")
  let errors = Outbox<BadInput>("What is no command.", needsReader: true)

  static func specialised<A: Message>(for type: A.Type) -> any Component.Type { Chooser<A>.self }

  func check() throws(ParameterError) {
    if wrap, ends { throw ParameterError("takes either `wrap` or `ends`") }
    if items.count > 100_000 {
      throw ParameterError("parameter `items` takes at most 100000 values, not \(items.count)")
    }
    for item in items where T.self != Placeholder.self && T(literal: item) == nil { throw Self.problem(with: item) }
  }

  private static func problem(with item: Value) -> ParameterError {
    ParameterError("parameter `items` holds \(item), and the outbox carries \(T.messageType)")
  }

  func main() async throws {
    let messages = try items.map { item in
      guard let message = T(literal: item) else { throw Self.problem(with: item) }
      return message
    }
    var place = 0
    if let first = messages.first { try await outbox.send(first) }
    for await command in inbox {
      guard let goal = Self.goal(of: command, from: place, last: messages.count - 1) else {
        try await errors.send(BadInput("this is no command", command))
        continue
      }
      if ends, goal >= messages.count, goal > place { return }
      guard !messages.isEmpty, wrap || messages.indices.contains(goal) else { continue }
      place = (goal + messages.count) % messages.count
      try await outbox.send(messages[place])
    }
  }

  /// The place that a command leads to, perhaps one beyond an end of the list; nil where it is no command.
  private static func goal(of command: String, from place: Int, last: Int) -> Int? {
    switch command.lowercased() {
    case "next": place + 1
    case "previous", "prev": place - 1
    case "first": 0
    case "last": last
    default: nil
    }
  }
}
