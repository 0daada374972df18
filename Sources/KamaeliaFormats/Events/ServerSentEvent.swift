/// One event of an event stream.
///
/// - Note: WHATWG HTML, 9.2.5.
package struct ServerSentEvent: Sendable, Equatable {
  /// What the listener of a page is called for; `message` if it has no name.
  package var name: String
  /// The content, with line feeds between its lines.
  package var data: String
  /// What a client that comes back names as the last event that it has; `nil` leaves it as it was.
  package var id: String?

  package init(name: String = "message", data: String, id: String? = nil) {
    self.name = name
    self.data = data
    self.id = id
  }

  /// The event as it is sent.
  ///
  /// Whatever the data are, they stay data: each of their lines, however it ends, gets a field of its own. Line ends in
  /// the name are left out, and so is an id that has one or a NUL.
  package var bytes: [UInt8] {
    var output: [UInt8] = []
    if name != "message" {
      output.append(contentsOf: "event: ".utf8)
      output.append(contentsOf: name.utf8.filter { $0 != 0x0A && $0 != 0x0D })
      output.append(0x0A)
    }
    if let id, !id.utf8.contains(where: { $0 == 0 || $0 == 0x0A || $0 == 0x0D }) {
      output.append(contentsOf: "id: \(id)\n".utf8)
    }
    output.append(contentsOf: "data: ".utf8)
    var isAfterReturn = false
    for byte in data.utf8 {
      defer { isAfterReturn = byte == 0x0D }
      if byte == 0x0A, isAfterReturn { continue }
      if byte == 0x0A || byte == 0x0D {
        output.append(contentsOf: "\ndata: ".utf8)
      } else {
        output.append(byte)
      }
    }
    output.append(contentsOf: "\n\n".utf8)
    return output
  }

  /// A line that says nothing, to keep the connection from being taken for dead.
  package static let comment: [UInt8] = Array(":\n\n".utf8)

  /// Tells the client how long to wait before it comes back.
  ///
  /// - Parameter milliseconds: not negative.
  package static func retry(milliseconds: Int) -> [UInt8] { Array("retry: \(max(0, milliseconds))\n\n".utf8) }
}
