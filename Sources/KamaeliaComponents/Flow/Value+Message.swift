import Kamaelia

extension Value {
  /// The value that a graph would write for `message`, to give it to a parameter; as text where there is no other form.
  init(of message: any Message) {
    switch message {
    case let any as AnyMessage: self = Value(of: any.base)
    case let json as JSON: self = Value(of: json)
    case let value as any ParameterValue: self = value.value
    default: self = .text(message.text)
    }
  }

  /// JSON's `null` is the bare word `none`.
  private init(of json: JSON) {
    switch json {
    case .null: self = .name("none")
    case .bool(let truth): self = .bool(truth)
    case .int(let number): self = .int(number)
    case .double(let number): self = .double(number)
    case .string(let text): self = .text(text)
    case .array(let elements): self = .list(elements.map { Value(of: $0) })
    case .object(let members): self = .record(members.map { Field($0.name, Value(of: $0.value)) })
    }
  }
}
