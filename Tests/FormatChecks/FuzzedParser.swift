import KamaeliaFormats

/// A parser, with what must hold for it whatever it is given.
package enum FuzzedParser: String, CaseIterable, Sendable {
  case requests, responses, websocket, events, fields

  /// Traps where something does not hold that must.
  ///
  /// - Parameter bytes: the first says how the others are cut.
  package func check(_ bytes: [UInt8]) {
    guard let first = bytes.first else { return }
    let input = Array(bytes.dropFirst())
    let seed = UInt64(first)
    switch self {
    case .requests:
      precondition(
        Reading.requests(input, seed: 1) == Reading.requests(input, seed: seed), "requests depend on how they are cut")
      var limits = HTTPLimits()
      (limits.startLine, limits.fields, limits.fieldCount, limits.body, limits.chunkOverhead) = (32, 64, 3, 32, 24)
      precondition(
        Reading.requests(input, seed: 1, limits: limits) == Reading.requests(input, seed: seed, limits: limits),
        "requests under limits depend on how they are cut")
    case .responses:
      let methods = ["GET", "HEAD", "GET"]
      precondition(
        Reading.responses(input, to: methods, seed: 1) == Reading.responses(input, to: methods, seed: seed),
        "responses depend on how they are cut")
    case .websocket:
      for role in [WebSocketRole.server, .client] {
        precondition(
          Reading.frames(input, role, seed: 1, limit: 64) == Reading.frames(input, role, seed: seed, limit: 64),
          "frames depend on how they are cut")
        for case .text(let text) in Reading.frames(input, role, seed: 1).events {
          precondition(String(validating: text, as: UTF8.self) != nil, "a text is no UTF-8")
        }
      }
    case .events:
      precondition(
        Reading.events(input, seed: 1, limit: 32) == Reading.events(input, seed: seed, limit: 32),
        "events depend on how they are cut")
    case .fields: checkFields(String(decoding: input, as: UTF8.self), size: Int(first))
    }
  }

  private func checkFields(_ text: String, size: Int) {
    if case .parts(let parts) = HTTPRange(text, size: size) {
      precondition(!parts.isEmpty && parts.count <= HTTPRange.mostRanges, "there are too many or no parts")
      precondition(parts.allSatisfy { !$0.isEmpty && $0.lowerBound >= 0 && $0.upperBound <= size }, "a part is outside")
    }
    if let date = HTTPDate(text) { precondition(HTTPDate(date.text) == date, "a date is not what it was") }
    _ = HTTPDate(seconds: text.utf8.reduce(0) { $0 &* 257 &+ Int($1) }).text
    var fields = HTTPFields()
    do { try fields.add("X", text) } catch { return }
    _ = fields.elements(of: "X")
    var written: [UInt8] = []
    fields.write(to: &written)
    precondition(written.count { $0 == 0x0A || $0 == 0x0D } == 2, "a field has a line end in it")
  }
}
