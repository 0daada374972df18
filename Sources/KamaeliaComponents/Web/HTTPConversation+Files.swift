import Kamaelia
import KamaeliaFormats
import KamaeliaIO

extension HTTPConversation {
  /// Answers a request with what it asks for.
  ///
  /// - Returns: whether the connection goes on.
  mutating func answer(_ head: HTTPRequestHead) async throws -> Bool {
    if let (route, rest) = site.route(at: head.target.normalized) { return try await answer(head, route, rest) }
    _ = try await content(of: head)
    guard let files = site.files, head.method != "CONNECT" else { return try await send(404, "", to: head) }
    guard head.method == "GET" || head.method == "HEAD" else {
      let fields = [(name: "Allow", value: "GET, HEAD")]
      return try await send(head.target.path == "*" ? 204 : 405, "", fields, to: head)
    }
    let finding: HTTPFolder.Finding
    do { finding = try await files.find(head.target) } catch let error as SystemError {
      return try await fail(error, head)
    }
    switch finding {
    // Browsers ask for it by themselves, and a page that has none has no fault.
    case .missing: return try await send(head.target.normalized == "/favicon.ico" ? 204 : 404, "", to: head)
    case .folder:
      let query = head.target.query.map { "?\($0)" } ?? ""
      let location = "\(head.target.normalized ?? head.target.path)/\(query)"
      return try await send(301, "", [("Location", location)], to: head)
    case .file(let file): return try await send(file, to: head)
    }
  }

  private mutating func send(_ file: HTTPFolder.Found, to head: HTTPRequestHead) async throws -> Bool {
    switch HTTPCondition(head, file.validators) {
    case .notModified: return try await send(304, file.fields, [], to: head)
    case .failed: return try await send(412, "", to: head)
    case .met: break
    }
    let asked = head.method == "GET" && HTTPCondition.rangeCounts(head, file.validators) ? head.fields["Range"] : nil
    switch HTTPRange(asked, size: file.size) {
    case .unsatisfiable:
      return try await send(416, "", [("Content-Range", "bytes */\(file.size)")], to: head)
    case .whole: return try await send(file, 200, file.fieldsOfWhole, [Part(range: 0..<file.size)], to: head)
    case .parts(let parts) where parts.count == 1:
      let range = parts[0]
      var fields = file.fieldsOfWhole
      try fields.add("Content-Range", "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(file.size)")
      return try await send(file, 206, fields, [Part(range: range)], to: head)
    case .parts(let ranges):
      let boundary = "kamaelia-" + String(UInt64.random(in: .min ... .max), radix: 36)
      let multipart = HTTPMultipart(boundary: boundary, type: file.type, size: file.size)
      var fields = file.fields
      try fields.add("X-Content-Type-Options", "nosniff")
      try fields.add("Content-Type", multipart.contentType)
      let parts = ranges.map { Part(before: multipart.head(of: $0), range: $0) } + [Part(before: multipart.end)]
      return try await send(file, 206, fields, parts, to: head)
    }
  }

  /// Some bytes of a file, with what comes before them.
  private struct Part {
    var before: [UInt8] = []
    var range = 0..<0
    var count: Int { before.count + range.count }
  }

  private mutating func send(
    _ file: HTTPFolder.Found, _ status: HTTPStatus, _ fields: HTTPFields, _ parts: [Part], to head: HTTPRequestHead
  ) async throws -> Bool {
    if let bytes = file.bytes {
      if parts.count == 1 { return try await send(status, fields, bytes[parts[0].range], to: head) }
      return try await send(status, fields, parts.flatMap { $0.before + bytes[$0.range] }[...], to: head)
    }
    guard let descriptor = file.descriptor else { return try await send(404, "", to: head) }
    defer { descriptor.close() }
    let writer = begin(status, fields, .known(parts.reduce(0) { $0 + $1.count }), to: head)
    try await write(writer.head[...])
    if writer.isWithoutContent { return writer.isPersistent }
    for part in parts {
      if !part.before.isEmpty { try await write(part.before[...]) }
      guard try await send(part.range, of: descriptor) else { return false }
    }
    return writer.isPersistent
  }

  /// Sends some of a file as fast as the client takes it.
  ///
  /// What the client has no room for now is read once more when it has: a slow one, of which there may be thousands, keeps none
  /// of our memory.
  ///
  /// - Returns: whether all of it was there: where the file has become shorter than was said, only the end of the connection can
  ///   tell.
  @inline(never)
  private func send(_ range: Range<Int>, of file: Descriptor) async throws -> Bool {
    let pace = site.patience + .seconds(Self.batch / HTTPSite.slowest)
    var position = range.lowerBound
    var mark = position
    deadline.set(in: pace)
    try file.seek(to: Int64(position))
    while position < range.upperBound {
      let (count, taken) = try await pass(min(range.upperBound - position, Self.batch), of: file)
      if count == 0 { return false }
      position += taken
      if position - mark >= Self.batch {
        mark = position
        deadline.set(in: pace)
      }
      if taken < count {
        try await outside { try await connection.untilWritable() }
        try file.seek(to: Int64(position))
      }
    }
    deadline.clear()
    return true
  }

  /// Reads so many bytes and gives the client as many of them as it takes at once.
  ///
  /// - Returns: how many were read, and how many were taken.
  @inline(never)  // Or the bytes would be held until the client has room.
  private func pass(_ count: Int, of file: Descriptor) async throws -> (Int, Int) {
    let bytes = try await outside { try await file.read(upTo: count) }
    return (bytes.count, try connection.writeAtOnce(bytes))
  }
}
