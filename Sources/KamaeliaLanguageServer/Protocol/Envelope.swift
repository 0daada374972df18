import Foundation

/// What tells a request from all others: a number or a text that its sender chose.
package enum RequestID: Codable, Sendable, Hashable {
  case number(Int)
  case text(String)

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    do { self = .text(try container.decode(String.self)) } catch { self = .number(try container.decode(Int.self)) }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .number(let number): try container.encode(number)
    case .text(let text): try container.encode(text)
    }
  }
}

/// An answer that says what was wrong with the question.
package struct ResponseError: Error, Encodable, Sendable, Hashable {
  package let code: Int
  package let message: String

  static func parse(_ message: String) -> ResponseError { .init(code: -32700, message: message) }
  static func invalidRequest(_ message: String) -> ResponseError { .init(code: -32600, message: message) }
  static func unknownMethod(_ name: String) -> ResponseError {
    .init(code: -32601, message: "there is no method `\(name)`")
  }
  static func invalidParameters(_ message: String) -> ResponseError { .init(code: -32602, message: message) }
  static let notInitialized = ResponseError(code: -32002, message: "`initialize` comes first")
  static let cancelled = ResponseError(code: -32800, message: "cancelled")
  /// A request that is understood and cannot be done, for a reason that the user is to read.
  static func failed(_ message: String) -> ResponseError { .init(code: -32803, message: message) }
}

/// A message as it came in, looked at from outside.
struct Envelope: Decodable {
  let id: RequestID?
  let method: String?
  /// Whether it answers a request of ours.
  let isResponse: Bool
  /// Whether it says that it is JSON-RPC 2.0.
  let isOfOurs: Bool

  private enum Key: String, CodingKey { case jsonrpc, id, method, result, error }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    id = try container.decodeIfPresent(RequestID.self, forKey: .id)
    method = try container.decodeIfPresent(String.self, forKey: .method)
    isResponse = method == nil && (container.contains(.result) || container.contains(.error))
    isOfOurs = try container.decodeIfPresent(String.self, forKey: .jsonrpc) == "2.0"
  }
}

/// Only the part of a message that what is done with it depends on.
struct WithParameters<Parameters: Decodable>: Decodable {
  let params: Parameters
}

/// A message for the client.
enum Outgoing: Encodable {
  case result(RequestID, any Encodable)
  /// Without an id where it could not be read.
  case failure(RequestID?, ResponseError)
  case notification(String, any Encodable)
  case request(RequestID, String, any Encodable)

  private enum Key: String, CodingKey { case jsonrpc, id, method, params, result, error }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode("2.0", forKey: .jsonrpc)
    switch self {
    case .result(let id, let result):
      try container.encode(id, forKey: .id)
      try container.encode(result, forKey: .result)
    case .failure(let id, let error):
      try container.encode(id, forKey: .id)
      try container.encode(error, forKey: .error)
    case .notification(let method, let parameters):
      try container.encode(method, forKey: .method)
      try container.encode(parameters, forKey: .params)
    case .request(let id, let method, let parameters):
      try container.encode(id, forKey: .id)
      try container.encode(method, forKey: .method)
      try container.encode(parameters, forKey: .params)
    }
  }

  /// The message as JSON; keys are in alphabetical order, so that the same message is the same bytes.
  var bytes: [UInt8] {
    if case .result(let id, let result as any Written) = self {
      var bytes = Array("{\"id\":".utf8)
      switch id {
      case .number(let number): bytes += "\(number)".utf8
      case .text(let text): bytes.add(text: text)
      }
      bytes += ",\"jsonrpc\":\"2.0\",\"result\":".utf8
      result.write(to: &bytes)
      bytes.append(UInt8(ascii: "}"))
      return bytes
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do { return Array(try encoder.encode(self)) } catch {
      // All that we send is made of texts, numbers, lists and records; what else could fail is said to the client.
      return Array(
        #"{"jsonrpc":"2.0","method":"window/logMessage","params":{"message":"a message was lost","type":1}}"#.utf8)
    }
  }
}

/// JSON's `null`, as a result.
struct Null: Encodable {
  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encodeNil()
  }
}

/// A value or JSON's `null`: a result that may be missing has to be there all the same.
struct Maybe<Value: Encodable>: Encodable {
  let value: Value?

  init(_ value: Value?) { self.value = value }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let value { try container.encode(value) } else { try container.encodeNil() }
  }
}
