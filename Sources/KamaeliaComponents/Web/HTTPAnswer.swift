import Kamaelia
import KamaeliaFormats

/// What a server has answered.
struct HTTPAnswer: Message {
  /// Where it came from, behind all redirections.
  let url: String
  let status: Int
  /// The fields by their names in small letters; several of one name are joined by commas.
  let fields: JSON
  /// How long the server wants to be left in peace; nil where it does not say.
  let retryAfter: Duration?
  let content: Bytes

  static let messageType = MessageType.record([
    "url": .text, "status": .int, "fields": .json, "retryAfter": .optional(Duration.messageType), "content": .bytes,
  ])
  static var hasVariableSize: Bool { true }
  var byteCount: Int { url.utf8.count + fields.byteCount + content.count + 32 }
  var text: String { "\(status) \(url)" }
  var json: JSON {
    .object([
      "url": .string(url), "status": .int(status), "fields": fields, "retryAfter": retryAfter.json,
      "content": content.json,
    ])
  }

  init(_ url: HTTPURL, _ answer: ClientAnswer, now: Int64) {
    self.url = url.text
    status = answer.status
    var names: [String] = []
    var values: [String: String] = [:]
    for field in answer.fields {
      let name = field.name.lowercased()
      if let before = values[name] {
        values[name] = "\(before), \(field.value)"
      } else {
        names.append(name)
        values[name] = field.value
      }
    }
    fields = .object(names.map { JSON.Member($0, .string(values[$0] ?? "")) })
    retryAfter = answer.retryAfter(now: now)
    content = Bytes(answer.content)
  }
}

/// A request without a good answer.
struct FailedRequest: Message {
  /// What is wrong, as a sentence without its full stop.
  let error: String
  /// The URL that was asked for, or what came in and is none.
  let input: String
  /// Of the answer, if there was one.
  let status: Int?
  /// How long the server wants to be left in peace; nil where it does not say.
  let retryAfter: Duration?

  static let messageType = MessageType.record([
    "error": .text, "input": .text, "status": .optional(.int), "retryAfter": .optional(Duration.messageType),
  ])
  static var hasVariableSize: Bool { true }
  var byteCount: Int { error.utf8.count + input.utf8.count + 32 }
  var text: String { "\(error): \(Excerpt.of(input))" }
  var json: JSON {
    .object([
      "error": .string(error), "input": .string(input), "status": status.json, "retryAfter": retryAfter.json,
    ])
  }
}

/// An answer as it was read.
struct ClientAnswer: Sendable {
  let status: Int
  let fields: HTTPFields
  let content: [UInt8]

  /// What the field Retry-After says, in seconds or as a date (RFC 9110, 10.2.3).
  ///
  /// - Parameter now: nanoseconds since 1970.
  func retryAfter(now: Int64) -> Duration? {
    guard let value = fields["Retry-After"] else { return nil }
    if !value.isEmpty, value.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) { return .seconds(Int32(value) ?? .max) }
    return HTTPDate(value).map { date in
      let left = Int64(clamping: date.seconds).multipliedReportingOverflow(by: 1_000_000_000)
      return max(.zero, .nanoseconds((left.overflow ? .max : left.partialValue) - max(0, now)))
    }
  }
}
