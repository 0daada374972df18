import Kamaelia
import KamaeliaIO

/// Standard output or standard error, as components write to it.
struct StandardStream {
  /// Nil where what is written is held back.
  let descriptor: Descriptor?
  private let held: HeldOutput?

  init(_ stream: Descriptor.Standard) throws(SystemError) {
    held = Instance.current?.journal.output
    descriptor = held == nil ? try Descriptor.standard(stream) : nil
  }

  /// Writes all of `bytes`.
  ///
  /// - Throws: ``Stopped`` when the reader of a pipe has gone, which is an end and no failure; ``SystemError`` for
  ///   anything else, a full disk for instance.
  func write(_ bytes: [UInt8]) async throws {
    held?.write(bytes)
    guard let descriptor else { return }
    do {
      try await outside { try await descriptor.write(bytes) }
    } catch let error as SystemError where error.isBrokenPipe {
      throw Stopped()
    }
  }
}
