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
