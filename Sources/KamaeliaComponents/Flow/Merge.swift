import Kamaelia

/// Makes one stream of several, by a rule.
struct Merge<T: Message>: GenericComponent {
  enum Rule: String, ChoiceParameter { case arrival, inTurn, oneAfterAnother, sorted }

  static var summary: String { "Makes one stream of several." }
  static var waitsOnlyForGraph: Bool { true }
  static var details: String {
    """
    Linkages lead to `inbox`, which serves them in turn, or to `in[0]`, `in[1]`, … or `in["name"]` where `rule` must tell \
    them apart. The inputs count in the order in which the graph links them, `inbox` last.

    `arrival` passes on what comes as it comes. `inTurn` takes one message of each input and waits for it; an input that \
    is finished is left out. `oneAfterAnother` takes all of the first input, then all of the second, and so on. `sorted` \
    merges inputs that are each in ascending order: numbers by value, text by its Unicode scalars; of equal ones that of \
    the first input goes first, and a message without the field `by` goes at once.

    The order within each input is kept. Ends when all inputs are finished. Keeps at most one message of each input in \
    memory; an input that has to wait for another one holds its producers up, and nothing is lost.

        logs = Merge(sorted, by: "time")
        web -> logs.in[0]
        mail -> logs.in[1]
        logs -> ConsoleWriter()
    """
  }
  static var endsWithReaders: Bool { true }

  @Parameter("Whose message goes next.", main: true) var rule = Rule.arrival
  @Parameter("The field that `sorted` goes by, such as `user.name`; the whole message if empty.") var by = ""

  let inbox = Inbox<T>("A message of an input that needs no index.", isRequired: false)
  let `in` = InboxArray<T>("A message of the input with that index.")
  let outbox = Outbox<T>("The messages of all inputs.")

  var takesInStep: Bool { rule == .inTurn || rule == .sorted }

  var fieldsRead: [String] { by.isEmpty || rule != .sorted ? [] : [by] }

  static func specialised<A: Message>(for type: A.Type) -> any Component.Type { Merge<A>.self }

  func main() async throws {
    let inputs = `in`.boxes.map(\.inbox) + (inbox.isLinked ? [inbox] : [])
    switch rule {
    case .arrival: try await mergeAsTheyCome(inputs)
    case .inTurn: try await mergeInTurn(inputs)
    case .oneAfterAnother: for input in inputs { for await message in input { try await outbox.send(message) } }
    case .sorted: try await mergeSorted(inputs)
    }
  }

  private func mergeAsTheyCome(_ inputs: [Inbox<T>]) async throws {
    try await withThrowingDiscardingTaskGroup { group in
      for input in inputs {
        group.addTask { for await message in input { try await outbox.send(message) } }
      }
    }
  }

  private func mergeInTurn(_ inputs: [Inbox<T>]) async throws {
    var inputs = inputs
    while !inputs.isEmpty {
      var remaining: [Inbox<T>] = []
      for input in inputs {
        guard let message = await input.next() else { continue }
        try await outbox.send(message)
        remaining.append(input)
      }
      inputs = remaining
    }
  }

  private func mergeSorted(_ inputs: [Inbox<T>]) async throws {
    var heads: [Head] = []
    for input in inputs { if let head = await head(of: input) { heads.append(head) } }
    while var first = heads.indices.first {
      for index in heads.indices where heads[index].isBefore(heads[first]) { first = index }
      try await outbox.send(heads[first].message)
      if let next = await head(of: heads[first].input) { heads[first] = next } else { heads.remove(at: first) }
    }
  }

  private func head(of input: Inbox<T>) async -> Head? {
    guard let message = await input.next() else { return nil }
    return Head(input: input, message: message, key: Compared(message, field: by))
  }

  /// The first message of an input that is not sent yet.
  private struct Head {
    let input: Inbox<T>
    let message: T
    let key: Compared?

    func isBefore(_ other: Head) -> Bool {
      guard let otherKey = other.key else { return false }
      guard let key else { return true }
      return key.compared(with: otherKey) == .less
    }
  }
}
