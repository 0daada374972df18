/// Reads an event stream, however the bytes come.
///
/// Append what has come, then take events until there are none. It holds what was appended and one event.
/// - Note: WHATWG HTML, 9.2.6. What is no UTF-8 is replaced. An event that the end of the stream cuts off is none.
package struct EventStreamParser: Sendable {
  /// The longest line, and the most data of an event, in bytes.
  package let limit: Int
  /// What to name when coming back; empty at the beginning.
  package private(set) var lastID = ""
  /// How long to wait before coming back, in milliseconds; `nil` if the server has not said.
  package private(set) var retry: Int?

  private var input: [UInt8] = []
  private var start = 0
  private var isTooLong = false
  private var line: [UInt8] = []
  private var isAtBeginning = true
  private var isAfterReturn = false
  private var pendingID = ""
  private var hasID = false
  private var name = ""
  private var data: [UInt8] = []
  private var hasData = false

  package init(limit: Int = 1 << 20) { self.limit = limit }

  /// Adds bytes that have come.
  package mutating func append(_ bytes: ArraySlice<UInt8>) {
    if start == input.count {
      input.removeAll(keepingCapacity: input.capacity <= 4096)
    } else {
      input.removeFirst(start)
    }
    start = 0
    input.append(contentsOf: bytes)
  }

  /// Reads on.
  ///
  /// - Returns: the next event, `nil` if that needs more bytes.
  /// - Throws: ``EventStreamError`` for a line or an event over the limit, and from then on.
  package mutating func next() throws(EventStreamError) -> ServerSentEvent? {
    if isTooLong { throw .tooLong(limit) }
    while start < input.count {
      let byte = input[start]
      start += 1
      defer { isAfterReturn = byte == 0x0D }
      if byte == 0x0A, isAfterReturn { continue }
      if byte == 0x0A || byte == 0x0D {
        if let event = try endLine() { return event }
      } else {
        guard line.count < limit else { throw tooLong() }
        line.append(byte)
      }
    }
    return nil
  }

  private mutating func tooLong() -> EventStreamError {
    isTooLong = true
    return .tooLong(limit)
  }

  private mutating func endLine() throws(EventStreamError) -> ServerSentEvent? {
    var content = line[...]
    if isAtBeginning, content.starts(with: [0xEF, 0xBB, 0xBF]) { content = content.dropFirst(3) }
    isAtBeginning = false
    defer { line.removeAll(keepingCapacity: true) }
    if content.isEmpty { return dispatch() }
    let colon = content.firstIndex(of: 0x3A)
    var value = colon.map { content[($0 + 1)...] } ?? []
    if value.first == 0x20 { value.removeFirst() }
    switch String(decoding: content[..<(colon ?? content.endIndex)], as: UTF8.self) {
    case "event": name = String(decoding: value, as: UTF8.self)
    case "data":
      guard value.count < limit - data.count else { throw tooLong() }
      if hasData { data.append(0x0A) }
      data.append(contentsOf: value)
      hasData = true
    case "id" where !value.contains(0):
      pendingID = String(decoding: value, as: UTF8.self)
      hasID = true
    case "retry" where !value.isEmpty && value.count <= 15 && value.allSatisfy { $0.decimalValue != nil }:
      retry = Int(String(decoding: value, as: UTF8.self))
    default: break
    }
    return nil
  }

  private mutating func dispatch() -> ServerSentEvent? {
    defer {
      name = ""
      data = []
      (hasData, hasID) = (false, false)
    }
    if hasID { lastID = pendingID }
    guard hasData else { return nil }
    return ServerSentEvent(
      name: name.isEmpty ? "message" : name, data: String(decoding: data, as: UTF8.self), id: hasID ? lastID : nil)
  }
}

/// Why an event stream is not read on.
package enum EventStreamError: Error, Equatable, CustomStringConvertible {
  /// A line or an event has more bytes than this.
  case tooLong(Int)

  package var description: String {
    switch self {
    case .tooLong(let limit): "the event stream has an event of more than \(limit) bytes"
    }
  }
}
