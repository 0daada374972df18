/// The fields that a component looks for in messages of one type.
public struct FieldsRead: Sendable, Hashable {
  /// What the fields are looked for in: the messages, or what each of them consists of.
  public let type: MessageType
  /// Their names, with dots between those of fields inside others: `user.name`. An empty one stands for the whole, which has to
  /// be a single value then: no list and no record.
  public let names: [String]
  /// Those of them that have to be numbers.
  public let numbers: [String]

  public init(_ names: [String], numbers: [String] = [], of type: MessageType) {
    self.type = type
    self.names = names
    self.numbers = numbers
  }
}
