import CSystem
import Glibc

/// How a connection over TCP finds that its other end is gone; of no effect on other streams.
package struct StreamOptions: Sendable, Hashable {
  /// How long what was sent may wait for the peer to take it, be it gone or not reading; nil for as long as it takes.
  ///
  /// Where nothing is sent, the peer is asked whether it is there in time for its silence to be noticed as soon as that,
  /// to a second.
  package var unanswered: Duration?
  /// How often it is asked where `unanswered` sets no limit.
  private static let probes: Int32 = 3

  package init(unanswered: Duration? = .seconds(30)) { self.unanswered = unanswered }

  /// How long it is waited before the peer is asked again, in seconds.
  ///
  /// The second question is the first moment at which the system looks whether `unanswered` has passed: tcp(7).
  private var interval: Int64 { min(5, max(1, limit / 6)) }

  /// How long nothing may come before the peer is asked whether it is there, in seconds.
  private var idle: Int64 { min(25, max(1, limit - interval)) }

  private var limit: Int64 { unanswered?.components.seconds ?? .max }

  func set(on socket: Int32) {
    // Milliseconds, one at least, since 0 stands for the system's own time.
    let time = unanswered.map { time -> UInt32 in
      let (seconds, attoseconds) = time.components
      let milliseconds = seconds.multipliedReportingOverflow(by: 1000)
      let whole = milliseconds.overflow ? Int64.max : milliseconds.partialValue
      return UInt32(clamping: max(1, min(whole, Int64(Int32.max) - 1000) + attoseconds / 1_000_000_000_000_000))
    }
    // It fails for a connection that has been reset already, which the next read tells.
    _ = csys_tcp_options(socket, Int32(idle), Int32(interval), Self.probes, time ?? 0)
  }
}
