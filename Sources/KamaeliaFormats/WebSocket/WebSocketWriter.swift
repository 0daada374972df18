/// What a frame carries.
///
/// - Note: RFC 6455, 11.8.
package enum WebSocketOpcode: UInt8, Sendable {
  case continuation = 0
  case text = 1
  case binary = 2
  case close = 8
  case ping = 9
  case pong = 10

  /// It may come between the fragments of a message, and is itself never fragmented.
  package var isControl: Bool { rawValue >= 8 }
}

/// Which side of a WebSocket this is: a client masks what it sends, and a server does not.
package enum WebSocketRole: Sendable {
  case server
  case client
}

/// Writes WebSocket frames.
///
/// - Note: RFC 6455, 5.2.
package enum WebSocketWriter {
  /// Appends one frame.
  ///
  /// - Parameters:
  ///   - isLast: no continuation of the message follows.
  ///   - mask: four random bytes for a client, `nil` for a server.
  @inlinable
  package static func write(
    _ opcode: WebSocketOpcode, _ payload: some Collection<UInt8>, isLast: Bool = true, mask: UInt32? = nil,
    to output: inout [UInt8]
  ) {
    writeHeader(opcode, payload.count, isLast, mask, to: &output)
    let start = output.count
    output.append(contentsOf: payload)
    if let mask { combine(&output, from: start, with: mask) }
  }

  @usableFromInline
  static func writeHeader(
    _ opcode: WebSocketOpcode, _ count: Int, _ isLast: Bool, _ mask: UInt32?, to output: inout [UInt8]
  ) {
    // Not for each of several, which would be copied as often: what is reserved is no more than what is asked for.
    if output.isEmpty { output.reserveCapacity(count + 14) }
    output.append((isLast ? 0x80 : 0) | opcode.rawValue)
    let masked: UInt8 = mask == nil ? 0 : 0x80
    switch count {
    case ..<126: output.append(masked | UInt8(count))
    case ..<65536:
      output.append(masked | 126)
      output.append(UInt8(count >> 8))
      output.append(UInt8(count & 0xFF))
    default:
      output.append(masked | 127)
      for shift in stride(from: 56, through: 0, by: -8) { output.append(UInt8(truncatingIfNeeded: count >> shift)) }
    }
    if let mask { output.append(contentsOf: WebSocketMask(mask).bytes) }
  }

  @usableFromInline
  static func combine(_ output: inout [UInt8], from start: Int, with mask: UInt32) {
    let key = WebSocketMask(mask)
    for index in start..<output.count { output[index] ^= key.bytes[(index - start) & 3] }
  }

  /// One frame by itself.
  package static func frame(
    _ opcode: WebSocketOpcode, _ payload: some Collection<UInt8>, isLast: Bool = true, mask: UInt32? = nil
  ) -> [UInt8] {
    var output: [UInt8] = []
    write(opcode, payload, isLast: isLast, mask: mask, to: &output)
    return output
  }
}

/// The four bytes that a payload is combined with.
struct WebSocketMask: Sendable {
  let bytes: [UInt8]

  init(_ key: UInt32) { bytes = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: key >> UInt32($0)) } }
  init(_ bytes: ArraySlice<UInt8>) { self.bytes = Array(bytes) }
}
