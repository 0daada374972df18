import Kamaelia

/// Adds numbers up.
struct Sum<T: Message>: GenericComponent {
  static var summary: String { "Adds numbers up, and sends the sum at the end and from time to time." }
  static var answersLate: Bool { true }
  static var details: String {
    """
    \(Number.details)

    The sum has the type of the messages: whole numbers, durations and sizes are added exactly, and a sum too large for the \
    type is an error; with others the rounding of each step is made up for. Where messages of several types come, it is a \
    plain number.

    Sends the sum at each interval `every`, after `each` so many messages, and at the end unless nothing has come since; \
    the sum of nothing is 0. With `reset` it begins again from 0 after each sum. Ends with the inbox. Keeps one number in \
    memory.

        requests -> Sum(of: "bytes", every: 1min) -> ConsoleWriter()
    """
  }
  static var sendsFewer: Bool { true }
  static var endsWithReaders: Bool { true }

  @Parameter("The field that is the number, such as `size`; the whole message if empty.", main: true) var of = ""
  let reports = Reports()

  let inbox = Inbox<T>("A number, or a message with one in it.")
  let outbox = Outbox<T>("The sum of all numbers so far.")
  let errors = Outbox<BadInput>("A message without a number.", needsReader: true)

  func fieldsRead(in type: MessageType) -> FieldsRead { FieldsRead([of], numbers: [of], of: type) }

  static func specialised<A: Message>(for type: A.Type) -> any Component.Type { Sum<A>.self }

  func check() throws(ParameterError) {
    if T.self != Placeholder.self, Number.int(0).message(as: T.self) == nil {
      throw ParameterError("adds up numbers, and \(T.messageType) is none")
    }
  }

  func main() async throws {
    var sum = ExactSum()
    var quantity: Quantity?
    var gathering = Gathering(inbox, reports)
    while let event = await gathering.next() {
      switch event {
      case .message(let message):
        guard let number = Number(in: message, field: of) else {
          try await errors.send(Number.absence(in: message, field: of))
          continue
        }
        sum.add(number)
        quantity = quantity.map { $0 == Quantity(of: message) ? $0 : .none } ?? Quantity(of: message)
      case .report:
        guard let total = sum.number.flatMap({ quantity?.message($0, as: T.self) ?? $0.message(as: T.self) }) else {
          throw FlowError.overflow("the sum")
        }
        try await outbox.send(total)
        if reports.reset { (sum, quantity) = (ExactSum(), nil) }
      }
    }
  }
}

/// What all messages are, where they are numbers of something and their type does not say of what.
private enum Quantity {
  case size, frequency, none

  init(of message: some Message) {
    self =
      message.base(as: Size.self) != nil ? .size : message.base(as: Frequency.self) != nil ? .frequency : .none
  }

  /// So much of it; nil where a message of that type does not say what it counts.
  func message<T: Message>(_ number: Number, as type: T.Type) -> T? {
    switch (self, number) {
    case (.size, .int(let bytes)): T(literal: .size(bytes))
    case (.frequency, _): T(literal: .frequency(number.double))
    default: nil
    }
  }
}
