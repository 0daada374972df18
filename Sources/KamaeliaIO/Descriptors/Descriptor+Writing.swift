import Glibc

extension Descriptor {
  /// Writes all of `bytes`, in as many calls as it takes, and waits when there is no room.
  ///
  /// A write that is under way on a thread (to a regular file) is not interrupted by cancellation.
  ///
  /// - Parameter start: where in `bytes` to begin, for going on after an error.
  /// - Throws: ``SystemError``, whose `transferred` says how many bytes from `start` on were written before it, and
  ///   which tells a reader that has gone (`isBrokenPipe`) from a full disk (`isFull`); `CancellationError`, after
  ///   which an unknown part is written.
  package func write(_ bytes: [UInt8], from start: Int = 0) async throws {
    precondition(start >= 0 && start <= bytes.count, "write from beyond the end")
    try Task.checkCancellation()
    if style == .blocking { return try await threads.offload { try self.put(bytes, from: start) } }
    var position = start
    var patience = Patience()
    while position < bytes.count {
      do {
        if style == .shared {
          // A pipe that is ready has room for PIPE_BUF bytes, so the thread returns at once: pipe(7).
          _ = try await wait(for: .writing)
          let from = position
          position += try await threads.offload { try self.give(bytes, from: from, upTo: Int(PIPE_BUF)) ?? 0 }
          continue
        }
        if let size = try give(bytes, from: position, upTo: .max) {
          position += size
          patience = Patience()
          continue
        }
        guard patience.lasts(try await wait(for: .writing)) else {
          throw SystemError(errno: EIO, operation: .write, path: name)
        }
      } catch let error as SystemError {
        throw error.after(position - start)
      }
    }
  }

  /// One call of write(2) or send(2), for what does not block.
  ///
  /// - Returns: how many bytes it took; nil if there is no room now.
  func writeAtOnce(_ bytes: [UInt8]) throws(SystemError) -> Int? {
    precondition(style == .nonBlocking || style == .socket, "a write at once to what may block")
    return bytes.isEmpty ? 0 : try give(bytes, from: 0, upTo: .max)
  }

  private func put(_ bytes: [UInt8], from start: Int) throws(SystemError) {
    var position = start
    while position < bytes.count {
      do throws(SystemError) {
        position += try give(bytes, from: position, upTo: .max) ?? 0
      } catch {
        throw error.after(position - start)
      }
    }
  }

  /// One call of write(2) or send(2): how many bytes it took; `nil` if there is no room yet.
  private func give(_ bytes: [UInt8], from start: Int, upTo limit: Int) throws(SystemError) -> Int? {
    try use(.write) { number throws(SystemError) in
      while true {
        let size = bytes.withUnsafeBytes { buffer in
          let rest = UnsafeRawBufferPointer(rebasing: buffer[start...])
          let count = min(rest.count, limit)
          return style == .socket
            ? send(number, rest.baseAddress, count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
            : Glibc.write(number, rest.baseAddress, count)
        }
        if size > 0 { return size }
        // A device that takes nothing and says nothing would hold us here for ever.
        if size == 0 { throw SystemError(errno: EIO, operation: .write, path: name) }
        if errno == EAGAIN || errno == EWOULDBLOCK { return nil }
        if errno != EINTR { throw .latest(.write, name) }
      }
    }
  }
}

extension SystemError {
  fileprivate func after(_ count: Int) -> SystemError {
    SystemError(errno: errno, operation: operation, path: path, transferred: count)
  }
}
