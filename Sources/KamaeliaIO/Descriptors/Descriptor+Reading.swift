import Glibc

extension Descriptor {
  /// Reads what there is, at most `count` bytes, and waits if there is nothing.
  ///
  /// The array is as large as what was read. A read that is under way on a thread (of a regular file) is not
  /// interrupted by cancellation.
  ///
  /// - Parameter count: 1 or more.
  /// - Returns: one byte or more; nothing at the end.
  /// - Throws: ``SystemError``; `CancellationError`.
  package func read(upTo count: Int) async throws -> [UInt8] { try await read(upTo: count, by: .reading) }

  /// Reads what there is; see ``read(upTo:)``.
  ///
  /// - Parameter direction: how it waits: `draining` where ``Interest/stopReading()`` is not to end it.
  func read(upTo count: Int, by direction: Interest.Direction) async throws -> [UInt8] {
    precondition(count > 0, "read(upTo:) of nothing")
    try Task.checkCancellation()
    if style == .blocking { return try await threads.offload { try self.take(count) ?? [] } }
    if waitsFirst {
      _ = try await wait(for: direction)
      hasWaited()
    }
    var patience = Patience()
    while true {
      if style == .shared {
        // Ready now, so the thread returns at once, unless another program is quicker.
        _ = try await wait(for: direction)
        return try await threads.offload { try self.take(count) ?? [] }
      }
      if let bytes = try take(count) { return bytes }
      if direction == .reading, interest?.isReadingStopped == true { return [] }
      guard patience.lasts(try await wait(for: direction)) else {
        throw SystemError(errno: EIO, operation: .read, path: name)
      }
    }
  }

  /// Reads to the end.
  ///
  /// - Parameter limit: how many bytes there may be at most.
  /// - Throws: ``SystemError``, with `EFBIG` if there are more; `CancellationError`.
  package func readToEnd(limit: Int) async throws -> [UInt8] {
    var all: [UInt8] = []
    while true {
      let bytes = try await read(upTo: 65_536)
      if bytes.isEmpty { return all }
      guard bytes.count <= limit - all.count else { throw SystemError(errno: EFBIG, operation: .read, path: name) }
      all += bytes
    }
  }

  /// One call of read(2) or recv(2); `nil` if there is nothing yet.
  private func take(_ count: Int) throws(SystemError) -> [UInt8]? {
    try use(.read) { number throws(SystemError) in
      // A buffer for the call and an array of the right size: arrays wait in boxes, and most are short.
      let outcome = withUnsafeTemporaryAllocation(byteCount: count, alignment: 16) { buffer -> Outcome in
        while true {
          let size =
            style == .socket
            ? recv(number, buffer.baseAddress, count, Int32(MSG_DONTWAIT))
            : Glibc.read(number, buffer.baseAddress, count)
          if size >= 0 { return .bytes([UInt8](buffer[..<size])) }
          if errno == EAGAIN || errno == EWOULDBLOCK { return .nothing }
          if errno != EINTR { return .failed(.latest(.read, name)) }
        }
      }
      switch outcome {
      case .bytes(let bytes): return bytes
      case .nothing: return nil
      case .failed(let error): throw error
      }
    }
  }

  func wait(for direction: Interest.Direction) async throws -> Interest.Wake {
    guard let interest else { return .ready }
    return try await interest.wait(for: direction)
  }

  private enum Outcome {
    case bytes([UInt8])
    case nothing
    case failed(SystemError)
  }
}
