import Kamaelia

/// Averages numbers.
struct Mean<T: Message>: GenericComponent {
  static var summary: String { "Sends the mean of numbers, at the end and from time to time." }
  static var answersLate: Bool { true }
  static var details: String {
    """
    \(Number.details)

    Sends the arithmetic mean of all numbers so far at each interval `every`, after `each` so many messages, and at the \
    end unless nothing has come since; nothing has no mean, and none is sent of it. With `reset` each mean is \
    that of the numbers since the one before. Ends with the inbox. Keeps a few numbers in memory.

        times -> Mean(of: "seconds", every: 10s, reset: true) -> ConsoleWriter()
    """
  }
  static var sendsFewer: Bool { true }
  static var endsWithReaders: Bool { true }

  @Parameter("The field that is the number, such as `size`; the whole message if empty.", main: true) var of = ""
  let reports = Reports()

  let inbox = Inbox<T>("A number, or a message with one in it.")
  let outbox = Outbox<Double>("The mean of all numbers so far.")
  let errors = Outbox<BadInput>("A message without a number.", needsReader: true)

  func fieldsRead(in type: MessageType) -> FieldsRead { FieldsRead([of], numbers: [of], of: type) }

  static func specialised<A: Message>(for type: A.Type) -> any Component.Type { Mean<A>.self }

  func main() async throws {
    var sum = ExactSum()
    var gathering = Gathering(inbox, reports)
    while let event = await gathering.next() {
      switch event {
      case .message(let message):
        guard let number = Number(in: message, field: of) else {
          try await errors.send(Number.absence(in: message, field: of))
          continue
        }
        sum.add(number)
      case .report:
        guard let mean = sum.mean else { continue }
        try await outbox.send(mean)
        if reports.reset { sum = ExactSum() }
      }
    }
  }
}
