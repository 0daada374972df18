import Kamaelia
import KamaeliaIO

/// Standard output or standard error, as components write to it.
struct StandardStream {
  let descriptor: Descriptor

  init(_ stream: Descriptor.Standard) throws(SystemError) { descriptor = try Descriptor.standard(stream) }

  /// Writes all of `bytes`.
  ///
  /// - Throws: ``Stopped`` when the reader of a pipe has gone, which is an end and no failure; ``SystemError`` for
  ///   anything else, a full disk for instance.
  func write(_ bytes: [UInt8]) async throws {
    do {
      try await outside { try await descriptor.write(bytes) }
    } catch let error as SystemError where error.isBrokenPipe {
      throw Stopped()
    }
  }
}
