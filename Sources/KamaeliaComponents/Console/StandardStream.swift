import Kamaelia
import KamaeliaIO

/// Standard output or standard error, as components write to it.
struct StandardStream {
  /// Nil where what is written is held back.
  let descriptor: Descriptor?
  private let held: HeldOutput?
  private let turns: Turns

  // A pipe that is almost full takes a part of what is written: what others write meanwhile would stand in the middle of a line.
  private static let ofOutput = Turns()
  private static let ofErrors = Turns()

  init(_ stream: Descriptor.Standard) throws(SystemError) {
    turns = stream == .error ? Self.ofErrors : Self.ofOutput
    held = Instance.current?.journal.output
    descriptor = held == nil ? try Descriptor.standard(stream) : nil
  }

  /// Writes all of `bytes`, with nothing of what other components of this program write between.
  ///
  /// - Throws: ``Stopped`` when the reader of a pipe has gone, which is an end and no failure; ``SystemError`` for
  ///   anything else, a full disk for instance.
  func write(_ bytes: [UInt8]) async throws {
    held?.write(bytes)
    guard let descriptor else { return }
    do {
      try await outside { try await turns.take { try await descriptor.write(bytes) } }
    } catch let error as SystemError where error.isBrokenPipe {
      throw Stopped()
    }
  }
}
