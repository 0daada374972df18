import Kamaelia

/// Lets messages pass by what they are.
struct Filter<T: Message>: GenericComponent {
  static var summary: String { "Passes on the messages for which all conditions hold, and the others to `rejected`." }
  static var details: String {
    """
    The conditions look at the whole message, or at the field `by` of it: `size`, `user.name`, `items.0`. Numbers, \
    durations (in seconds) and sizes (in bytes) are compared as numbers, exactly; text by its Unicode scalars, so that one \
    whose accents are written in another way is another text. A condition holds \
    for no message that lacks the field or has a value of another kind in it. At least one condition must be given; \
    `not: true` turns the outcome round.

    Order is kept within each outbox. Ends with the inbox, or when the readers of both outboxes have left. Where no \
    graph links `rejected`, what does not pass is dropped. Keeps nothing in memory.

        requests -> Filter(by: "status", atLeast: 500) as failed -> ConsoleWriter()
        failed.rejected -> Count() -> ConsoleWriter()
    """
  }
  static var sendsFewer: Bool { true }
  static var endsWithReaders: Bool { true }

  @Parameter("Holds for text in which this pattern is found.", main: true) var matches: Pattern? = nil
  @Parameter("The field to look at, such as `user.name`; the whole message if empty.") var by = ""
  @Parameter("Holds for exactly this value.") var equals: Value? = nil
  @Parameter("Holds for this value and greater ones.") var atLeast: Value? = nil
  @Parameter("Holds for this value and smaller ones.") var atMost: Value? = nil
  @Parameter("Holds for greater values.") var above: Value? = nil
  @Parameter("Holds for smaller values.") var below: Value? = nil
  @Parameter("Whether to pass on what the conditions do not hold for.") var not = false

  let inbox = Inbox<T>("A message to look at.")
  let outbox = Outbox<T>("A message for which all conditions hold.")
  let rejected = Outbox<T>("A message for which one does not.")

  var fieldsRead: [String] { by.isEmpty ? [] : [by] }

  static func specialised<A: Message>(for type: A.Type) -> any Component.Type { Filter<A>.self }

  func check() throws(ParameterError) {
    let values = [("equals", equals), ("atLeast", atLeast), ("atMost", atMost), ("above", above), ("below", below)]
    for case (let name, let value?) in values {
      guard let literal = value.message?.json else {
        throw ParameterError("parameter `\(name)` takes a literal to compare with, not \(value)")
      }
      if name != "equals", !Condition.hasOrder(literal) {
        throw ParameterError("parameter `\(name)` takes a number, a quantity or a text, not \(value)")
      }
    }
    if matches == nil, values.allSatisfy({ $0.1 == nil }) {
      throw ParameterError("needs a condition: `matches`, `equals`, `atLeast`, `atMost`, `above` or `below`")
    }
  }

  @specialized(where T == Int) @specialized(where T == Double) @specialized(where T == String)
  @specialized(where T == Bytes) @specialized(where T == JSON) @specialized(where T == AnyMessage)
  func main() async throws {
    let key = Key(field: by, pattern: matches)
    let conditions = [
      Condition(equals, [.equal]), Condition(atLeast, [.equal, .greater]), Condition(atMost, [.equal, .less]),
      Condition(above, [.greater]), Condition(below, [.less]),
    ].compactMap { $0 }
    for await message in inbox {
      if try await holds(message, key, conditions) != not {
        try await outbox.send(message)
      } else {
        try await rejected.send(message)
      }
    }
  }

  private func holds(_ message: T, _ key: Key, _ conditions: [Condition]) async throws -> Bool {
    if key.pattern != nil, try await !key.isFound(in: message) { return false }
    if conditions.isEmpty { return true }
    guard let value = Compared(message, field: by) else { return false }
    return conditions.allSatisfy { $0.holds(for: value) }
  }
}

/// A value that a graph gives, and how messages must lie to it.
private struct Condition {
  let literal: Compared
  let allowed: [Comparison]

  init?(_ value: Value?, _ allowed: [Comparison]) {
    guard let message = value?.message, let literal = Compared(AnyMessage(message), field: "") else { return nil }
    self.literal = literal
    self.allowed = allowed
  }

  func holds(for value: Compared) -> Bool { allowed.contains(value.compared(with: literal)) }

  static func hasOrder(_ literal: JSON) -> Bool {
    switch literal {
    case .int, .double, .string: true
    case .null, .bool, .array, .object: false
    }
  }
}
