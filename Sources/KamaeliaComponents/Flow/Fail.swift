import Kamaelia

/// Fails on purpose.
struct Fail<T: Message>: GenericComponent {
  static var summary: String { "Passes messages on until one on which it fails, to try what a graph does then." }
  static var details: String {
    """
    Fails, with the words of `message`, on the message number `on`, counted from each start, or on the first in which \
    the pattern `matches` is found. That message is not passed on. With neither it fails as soon as it starts. \
    Under `restart` it begins anew: the message that it failed on comes again, as it does for every component.

    Order is kept. Ends with the inbox. Keeps nothing in memory.

        lines -> Fail(matches: "crash") restart onFailure(max: 3, within: 1min) -> ConsoleWriter()
    """
  }

  @Parameter("The number of the message to fail on, from 1.", in: 1..., main: true) var on: Int? = nil
  @Parameter("Fails on a message in which this pattern is found.") var matches: Pattern? = nil
  @Parameter("The field that `matches` looks at, such as `user.name`; the whole message if empty.") var by = ""
  @Parameter("What the failure says.") var message = "failed on purpose"

  let inbox = Inbox<T>("A message.", isRequired: false)
  let outbox = Outbox<T>("The same message.")

  var fieldsRead: [String] { by.isEmpty || matches == nil ? [] : [by] }

  static func specialised<A: Message>(for type: A.Type) -> any Component.Type { Fail<A>.self }

  func main() async throws {
    if on == nil, matches == nil { throw FlowError.asked(message) }
    let key = Key(field: by, pattern: matches)
    var number = 0
    for await next in inbox {
      number += 1
      if number == on { throw FlowError.asked(message) }
      if matches != nil, try await key.isFound(in: next) { throw FlowError.asked(message) }
      try await outbox.send(next)
    }
  }
}
