import CSystem
import Glibc

/// Brings signals from where they strike, which is any thread at any moment, to a queue.
///
/// The handler writes a byte to a pipe, which is about all a handler may do. Dispatch has a source for signals, but
/// on Linux it sees only what every thread blocks, and threads exist before we do.
final class Switchboard: Sendable {
  private static let made = Lock<Switchboard?>(nil)

  /// The one of this process, made at the first use.
  static func shared() throws(SystemError) -> Switchboard {
    try made.withLock { made throws(SystemError) in
      if let made { return made }
      let board = try Switchboard()
      made = board
      board.listen()
      return board
    }
  }

  private let reading: Int32
  private let writing: Int32
  private let interest: Interest
  private let state = Lock(State())

  private init() throws(SystemError) {
    let readiness = try Readiness.shared()
    (reading, writing) = try Descriptor.rawPipe(named: "signals")
    // The pipe is ours alone, so the mode of both ends is ours to set; it lives as long as the process.
    for end in [reading, writing] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    interest = readiness.interest(in: reading, name: "signals")
  }

  func observe(
    _ signals: [Int32], _ body: @escaping @Sendable (Int32) -> Void
  ) throws(SystemError) -> Signals.Observation {
    let id = try state.withLock { state throws(SystemError) in
      for number in signals where state.observers.allSatisfy({ !$0.signals.contains(number) }) {
        if number == SIGHUP && csys_signal_is_ignored(number) { continue }
        try system(.signal, Signals.name(of: number)) { csys_signal_to(number, writing) }
      }
      state.lastId += 1
      state.observers.append(Observer(id: state.lastId, signals: Set(signals), body: body))
      return state.lastId
    }
    return Signals.Observation { self.end(id) }
  }

  private func end(_ id: UInt64) {
    state.withLock { state in
      guard let place = state.observers.firstIndex(where: { $0.id == id }) else { return }
      let observer = state.observers.remove(at: place)
      for number in observer.signals where state.observers.allSatisfy({ !$0.signals.contains(number) }) {
        if csys_signal_is_ignored(number) { continue }
        _ = csys_signal_default(number)
      }
    }
  }

  private func listen() {
    interest.whenReady(for: .reading) { [self] _ in
      var bytes = [UInt8](repeating: 0, count: 256)
      let size = read(reading, &bytes, bytes.count)
      for byte in bytes.prefix(max(0, size)) {
        let number = Int32(byte)
        let bodies = state.withLock { $0.observers.filter { $0.signals.contains(number) }.map(\.body) }
        for body in bodies { body(number) }
      }
      listen()
    }
  }

  private struct Observer: Sendable {
    let id: UInt64
    let signals: Set<Int32>
    let body: @Sendable (Int32) -> Void
  }

  private struct State {
    var observers: [Observer] = []
    var lastId: UInt64 = 0
  }
}
