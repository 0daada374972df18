/// JSON that is written down in the source, such as what we can do.
enum Plain: Codable, Sendable, Hashable {
  case null
  case bool(Bool)
  case int(Int)
  case double(Double)
  case text(String)
  case list([Plain])
  case record([String: Plain])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
      return
    }
    // Foundation's decoder has no way to ask what is there; the commonest kinds are tried first.
    do { self = .text(try container.decode(String.self)) } catch {
      do { self = .record(try container.decode([String: Plain].self)) } catch {
        do { self = .list(try container.decode([Plain].self)) } catch {
          do { self = .bool(try container.decode(Bool.self)) } catch {
            do { self = .int(try container.decode(Int.self)) } catch {
              self = .double(try container.decode(Double.self))
            }
          }
        }
      }
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .int(let value): try container.encode(value)
    case .double(let value): try container.encode(value)
    case .text(let value): try container.encode(value)
    case .list(let values): try container.encode(values)
    case .record(let fields): try container.encode(fields)
    }
  }

  /// A member of a record.
  subscript(_ name: String) -> Plain? {
    if case .record(let fields) = self { fields[name] } else { nil }
  }

  var text: String? { if case .text(let text) = self { text } else { nil } }
  var truth: Bool? { if case .bool(let truth) = self { truth } else { nil } }
}

extension Plain: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
  init(stringLiteral text: String) { self = .text(text) }
  init(integerLiteral number: Int) { self = .int(number) }
  init(booleanLiteral truth: Bool) { self = .bool(truth) }
  init(arrayLiteral values: Plain...) { self = .list(values) }
  init(dictionaryLiteral fields: (String, Plain)...) { self = .record(Dictionary(fields) { $1 }) }
  init(nilLiteral: ()) { self = .null }
}

/// A value that writes itself as JSON, keys in alphabetical order: many times faster than Foundation's encoder, for what is long.
protocol Written: Encodable {
  func write(to bytes: inout [UInt8])
}

extension Plain: Written {
  func write(to bytes: inout [UInt8]) {
    switch self {
    case .null: bytes += "null".utf8
    case .bool(let truth): bytes += (truth ? "true" : "false").utf8
    case .int(let number): bytes += String(number).utf8
    case .double(let number): bytes += (number.isFinite ? String(number) : "null").utf8
    case .text(let text): bytes.add(text: text)
    case .list(let values):
      bytes.append(UInt8(ascii: "["))
      for (number, value) in values.enumerated() {
        if number > 0 { bytes.append(UInt8(ascii: ",")) }
        value.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .record(let fields):
      bytes.append(UInt8(ascii: "{"))
      for (number, field) in fields.sorted(by: { $0.key < $1.key }).enumerated() {
        if number > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes.add(text: field.key)
        bytes.append(UInt8(ascii: ":"))
        field.value.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }
}

extension [UInt8] {
  /// Adds a text of JSON.
  ///
  /// - Note: RFC 8259, section 7.
  mutating func add(text: String) {
    append(UInt8(ascii: "\""))
    // Few texts hold anything that cannot stand there as it is.
    if text.utf8.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) {
      for byte in text.utf8 { add(escaped: byte) }
    } else {
      self += text.utf8
    }
    append(UInt8(ascii: "\""))
  }

  private mutating func add(escaped byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): self += "\\\"".utf8
    case UInt8(ascii: "\\"): self += "\\\\".utf8
    case UInt8(ascii: "\n"): self += "\\n".utf8
    case UInt8(ascii: "\r"): self += "\\r".utf8
    case UInt8(ascii: "\t"): self += "\\t".utf8
    case 0..<0x20: self += "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
    default: append(byte)
    }
  }
}
