/// Why a WebSocket closes, as its close frame says.
///
/// - Note: RFC 6455, 7.4.
package struct WebSocketClosing: Error, Sendable, Equatable, CustomStringConvertible {
  /// 1000 to 4999, as far as they may be sent; `nil` if the frame says none.
  package let code: UInt16?
  /// At most 123 bytes of UTF-8; meant for people who look for a fault.
  package let reason: String

  /// - Parameters:
  ///   - code: one that may be sent.
  ///   - reason: cut to what a frame holds.
  package init(_ code: UInt16?, _ reason: String = "") {
    self.code = code
    var reason = reason
    while reason.utf8.count > 123 { reason.removeLast() }
    self.reason = code == nil ? "" : reason
  }

  package static let normal = WebSocketClosing(1000)
  package static let goingAway = WebSocketClosing(1001)

  static func violation(_ reason: String) -> WebSocketClosing { WebSocketClosing(1002, reason) }
  static func notText(_ reason: String) -> WebSocketClosing { WebSocketClosing(1007, reason) }
  static func tooLong(_ reason: String) -> WebSocketClosing { WebSocketClosing(1009, reason) }

  /// Reads the content of a close frame.
  ///
  /// - Throws: how to answer one that is malformed.
  init(payload: [UInt8]) throws(WebSocketClosing) {
    if payload.isEmpty {
      self.init(nil)
      return
    }
    guard payload.count >= 2 else { throw .violation("a close frame has half a code") }
    let code = UInt16(payload[0]) << 8 | UInt16(payload[1])
    guard Self.mayBeSent(code) else { throw .violation("\(code) is no code to close with") }
    guard let reason = String(validating: payload[2...], as: UTF8.self) else {
      throw .notText("the reason of a close frame is no UTF-8")
    }
    self.init(code, reason)
  }

  /// The content of the close frame that says it.
  package var payload: [UInt8] {
    guard let code else { return [] }
    return [UInt8(code >> 8), UInt8(code & 0xFF)] + reason.utf8
  }

  /// Codes that a frame may carry: the registered ones and those for libraries and applications.
  private static func mayBeSent(_ code: UInt16) -> Bool {
    switch code {
    case 1000...1003, 1007...1014, 3000...4999: true
    default: false
    }
  }

  package var description: String {
    let number = code.map { "\($0)" } ?? "no code"
    return reason.isEmpty ? number : "\(number): \(reason)"
  }
}
