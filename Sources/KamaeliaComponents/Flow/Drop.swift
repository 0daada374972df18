import Kamaelia

/// Leaves a beginning out.
struct Drop<T: Message>: GenericComponent {
  static var summary: String { "Leaves out the first messages, and passes on all others." }
  static var details: String {
    """
    Leaves out the first `count` messages, those that come within `for` of its start, and, from the first on, those in \
    which the pattern `while` is found. Where several are given, a message passes when none of them leaves it out; the \
    first message in which `while` is not found ends that for good.

    Order is kept. Ends with the inbox, or when the readers of both outboxes have left. Keeps nothing in memory.

        table -> Drop(1) -> ParseCSV() -> rows
        config -> Drop(while: r"^#") -> rules
    """
  }
  static var sendsFewer: Bool { true }
  static var endsWithReaders: Bool { true }

  @Parameter("How many messages to leave out.", in: 0..., main: true) var count = 0
  @Parameter("For how long to leave messages out, from the start.", in: .zero...) var `for` = Duration.zero
  @Parameter("Leaves messages out until one comes in which this pattern is not found.") var `while`: Pattern? = nil
  @Parameter("The field that `while` looks at, such as `user.name`; the whole message if empty.") var by = ""

  let inbox = Inbox<T>("A message.")
  let outbox = Outbox<T>("A message after the beginning.")
  let dropped = Outbox<T>("A message of the beginning.")

  var fieldsRead: [String] { by.isEmpty || `while` == nil ? [] : [by] }

  static func specialised<A: Message>(for type: A.Type) -> any Component.Type { Drop<A>.self }

  @specialized(where T == Int) @specialized(where T == Double) @specialized(where T == String)
  @specialized(where T == Bytes) @specialized(where T == JSON) @specialized(where T == AnyMessage)
  func main() async throws {
    let end = Time.now + `for`
    let key = Key(field: by, pattern: `while`)
    var isMatching = `while` != nil
    var left = count
    while let message = await inbox.next() {
      if isMatching { isMatching = try await key.isFound(in: message) }
      if left > 0 || isMatching || Time.now < end {
        left = max(left - 1, 0)
        try await dropped.send(message)
      } else {
        try await outbox.send(message)
        break
      }
    }
    for await message in inbox { try await outbox.send(message) }
  }
}
