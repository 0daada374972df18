import KGraph
import Kamaelia

/// What came where a test says `expect box recorded`.
package struct TestRecording: Sendable {
  /// More messages are not recorded: nobody would look at them.
  package static let most = 1000

  /// The expectation.
  package let place: Place
  package let values: [Value]
}

extension Value {
  /// The literal that stands for a message; nil where there is none.
  init?(of message: any Message) {
    switch (message as? AnyMessage)?.base ?? message {
    case let text as String: self = .text(text)
    case let octets as Bytes:
      self = octets.elementsEqual(octets.text.utf8) ? .text(octets.text) : .list(octets.map { .int(Int($0)) })
    case let time as Duration: self = .duration(time)
    case let size as Size: self = .size(size.bytes)
    case let frequency as Frequency: self = .frequency(frequency.hertz)
    case let rate as Rate: self = .rate(perSecond: rate.perSecond, isBytes: rate.isBytes)
    case let other:
      guard let value = Value(json: other.json) else { return nil }
      self = value
    }
    // Not every number has a literal, and a time may be too long for one.
    if !GraphFile.parse(Source(name: "", text: "[\(self)] -> a\n")).diagnostics.isEmpty { return nil }
  }

  private init?(json: JSON) {
    switch json {
    case .null: return nil
    case .bool(let truth): self = .bool(truth)
    case .int(let number): self = .int(number)
    case .double(let number):
      guard number.isFinite else { return nil }
      self = .double(number)
    case .string(let text): self = .text(text)
    case .array(let elements):
      var values: [Value] = []
      for element in elements {
        guard let value = Value(json: element) else { return nil }
        values.append(value)
      }
      self = .list(values)
    case .object(let members):
      var fields: [Field] = []
      for member in members {
        guard let value = Value(json: member.value) else { return nil }
        fields.append(Field(member.name, value))
      }
      self = .record(fields)
    }
  }
}
