import CSystem
import Glibc

/// How a connection over TCP finds that its other end is gone; of no effect on other streams.
package struct StreamOptions: Sendable, Hashable {
  /// How long nothing may come before the peer is asked whether it is there, in seconds.
  package var idle = 30
  /// How long it is waited before it is asked again, in seconds.
  package var interval = 10
  /// How often it is asked.
  package var probes = 3
  /// How long what was sent may wait for the peer to take it, be it gone or not reading; nil for as long as it takes.
  package var unanswered: Duration? = .seconds(30)

  package init(unanswered: Duration? = .seconds(30)) { self.unanswered = unanswered }

  func set(on socket: Int32) {
    // Milliseconds, one at least, since 0 stands for the system's own time.
    let time = unanswered.map { time -> UInt32 in
      let (seconds, attoseconds) = time.components
      let milliseconds = seconds.multipliedReportingOverflow(by: 1000)
      let whole = milliseconds.overflow ? Int64.max : milliseconds.partialValue
      return UInt32(clamping: max(1, min(whole, Int64(Int32.max) - 1000) + attoseconds / 1_000_000_000_000_000))
    }
    // It fails for a connection that has been reset already, which the next read tells.
    _ = csys_tcp_options(socket, Int32(idle), Int32(interval), Int32(probes), time ?? 0)
  }
}
