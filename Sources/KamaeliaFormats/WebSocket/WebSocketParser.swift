/// Reads what the other side of a WebSocket sends, however the bytes come.
///
/// Append what has come, then take events until there are none. It holds at most one message and one control frame
/// beyond what was appended. Text is checked as it arrives, so a wrong byte is found before its message is there.
/// After an error, and after the other side has closed, it reads nothing more.
/// - Note: RFC 6455, 5 and 8.1. There are no extensions.
package struct WebSocketParser: Sendable {
  /// What was read.
  package enum Event: Sendable, Equatable {
    /// A whole message; the bytes are UTF-8.
    case text([UInt8])
    /// A whole message.
    case binary([UInt8])
    /// To be answered with a pong of the same content.
    case ping([UInt8])
    case pong([UInt8])
    /// The other side closes, and sends nothing more.
    case close(WebSocketClosing)
  }

  private enum State {
    case header
    case payload(WebSocketFrameHeader, left: Int)
    case closed
    case failed(WebSocketClosing)
  }

  /// Which side reads.
  package let role: WebSocketRole
  /// The longest message, in bytes.
  package let limit: Int
  private var state = State.header
  private var input: [UInt8] = []
  private var start = 0
  /// What the message under way is; `nil` between messages.
  private var kind: WebSocketOpcode?
  private var message: [UInt8] = []
  private var control: [UInt8] = []
  private var check = UTF8Check()

  package init(_ role: WebSocketRole, limit: Int = 1 << 20) {
    self.role = role
    self.limit = limit
  }

  /// Adds bytes that have come.
  package mutating func append(_ bytes: ArraySlice<UInt8>) {
    if start == input.count {
      // What a burst has taken is given back, since a connection is idle for most of its life.
      input.removeAll(keepingCapacity: input.capacity <= 4096)
    } else {
      input.removeFirst(start)
    }
    start = 0
    input.append(contentsOf: bytes)
  }

  /// Reads on.
  ///
  /// - Returns: the next event, `nil` if that needs more bytes or the other side has closed.
  /// - Throws: how to close, with 1002 for what breaks the protocol, 1007 for text that is none and 1009 for a message
  ///   over the limit.
  package mutating func next() throws(WebSocketClosing) -> Event? {
    do {
      return try advance()
    } catch {
      state = .failed(error)
      throw error
    }
  }

  private mutating func advance() throws(WebSocketClosing) -> Event? {
    while true {
      switch state {
      case .closed: return nil
      case .failed(let closing): throw closing
      case .header:
        guard let header = try WebSocketFrameHeader(input[start...], from: role) else { return nil }
        start += header.length
        try begin(header)
        state = .payload(header, left: header.count)
      case .payload(let header, let left):
        let taken = min(left, input.count - start)
        try take(taken, of: header, at: header.count - left)
        guard taken == left else {
          state = .payload(header, left: left - taken)
          return nil
        }
        state = .header
        if let event = try finish(header) { return event }
      }
    }
  }

  private mutating func begin(_ header: WebSocketFrameHeader) throws(WebSocketClosing) {
    switch header.opcode {
    case .continuation: guard kind != nil else { throw .violation("a continuation continues nothing") }
    case .text, .binary:
      guard kind == nil else { throw .violation("a message begins in the middle of another") }
      kind = header.opcode
      check = UTF8Check()
    default: return
    }
    guard header.count <= limit - message.count else { throw .tooLong("a message is longer than \(limit) bytes") }
  }

  private mutating func take(_ count: Int, of header: WebSocketFrameHeader, at offset: Int) throws(WebSocketClosing) {
    guard count > 0 else { return }
    if let mask = header.mask {
      let bytes = mask.bytes
      for index in 0..<count { input[start + index] ^= bytes[(offset + index) & 3] }
    }
    let taken = input[start..<start + count]
    start += count
    if header.opcode.isControl {
      control.append(contentsOf: taken)
      return
    }
    if kind == .text, !check.accept(taken) { throw .notText("a text is no UTF-8") }
    message.append(contentsOf: taken)
  }

  private mutating func finish(_ header: WebSocketFrameHeader) throws(WebSocketClosing) -> Event? {
    if header.opcode.isControl {
      let payload = control
      control = []
      switch header.opcode {
      case .ping: return .ping(payload)
      case .pong: return .pong(payload)
      default:
        let closing = try WebSocketClosing(payload: payload)
        state = .closed
        return .close(closing)
      }
    }
    guard header.isLast else { return nil }
    guard kind != .text || check.isComplete else { throw .notText("a text ends within a character") }
    let whole = message
    message = []
    defer { kind = nil }
    return kind == .text ? .text(whole) : .binary(whole)
  }
}

/// What comes before a frame's payload.
///
/// - Note: RFC 6455, 5.2.
struct WebSocketFrameHeader: Sendable {
  let isLast: Bool
  let opcode: WebSocketOpcode
  /// Bytes of the payload.
  let count: Int
  let mask: WebSocketMask?
  /// Bytes of the header itself: 2 to 14.
  let length: Int

  /// - Parameters:
  ///   - bytes: the beginning of a frame.
  ///   - role: who reads it.
  /// - Returns: `nil` if more bytes are needed; what is wrong is found as early as it can be.
  /// - Throws: 1002.
  init?(_ bytes: ArraySlice<UInt8>, from role: WebSocketRole) throws(WebSocketClosing) {
    guard let first = bytes.first else { return nil }
    guard first & 0x70 == 0 else { throw .violation("a reserved bit is set") }
    guard let opcode = WebSocketOpcode(rawValue: first & 0x0F) else { throw .violation("the opcode is reserved") }
    let isLast = first & 0x80 != 0
    guard isLast || !opcode.isControl else { throw .violation("a control frame is fragmented") }
    guard bytes.count >= 2 else { return nil }
    let second = bytes[bytes.startIndex + 1]
    let isMasked = second & 0x80 != 0
    guard isMasked == (role == .server) else {
      throw .violation(isMasked ? "a server's frame is masked" : "a client's frame is not masked")
    }
    let short = Int(second & 0x7F)
    guard short < 126 || !opcode.isControl else { throw .violation("a control frame is longer than 125 bytes") }
    let size = short < 126 ? 0 : short == 126 ? 2 : 8
    guard bytes.count >= 2 + size else { return nil }
    let extended = bytes.dropFirst(2).prefix(size)
    guard size < 8 || extended.first.map({ $0 < 0x80 }) ?? false else { throw .violation("a length is negative") }
    let count = size == 0 ? short : extended.reduce(0) { $0 << 8 | Int($1) }
    guard size == 0 || count >= (size == 2 ? 126 : 65536) else {
      throw .violation("a length is not as short as can be")
    }
    let length = 2 + size + (isMasked ? 4 : 0)
    guard bytes.count >= length else { return nil }
    self.isLast = isLast
    self.opcode = opcode
    self.count = count
    mask = isMasked ? WebSocketMask(bytes.dropFirst(2 + size).prefix(4)) : nil
    self.length = length
  }
}
