import Kamaelia
import KamaeliaIO

/// Connects to a program of this machine.
struct UnixSocketClient: StreamClient {
  static let summary = "Connects to a socket in the file system: bytes in, bytes out."
  static var details: String {
    """
    The bytes of the inbox go to the program that listens there as they are, and what comes leaves in stretches that mean \
    nothing.

    \(connectionDetails)

        "status\\n" -> Encode() -> UnixSocketClient("/run/app/control") -> ConsoleWriter()
    """
  }

  static let needs = [Need("connect unix PATH") { (it: Self) in .connectTo(path: it.path.string) }]

  @Parameter("The file that the program listens at.", main: true) var path: Path
  @Parameter("Whether to connect again when the connection is lost or does not come about.") var reconnect = false
  @Parameter("The first and the longest pause before it connects again.", in: .milliseconds(1)...)
  var backoff = Duration.milliseconds(500)...Duration.seconds(30)
  @Parameter("How long the program may take to answer.", in: .milliseconds(1)...) var timeout = Duration.seconds(10)

  let inbox = Inbox<Bytes>("What to send next.", isRequired: false)
  let outbox = Outbox<Bytes>("What has come; never empty.")
  let log = Outbox<String>(
    "What has become of the connection, such as `connected to /run/app/control`.", isReport: true)

  var target: String { path.string }

  func check() throws(ParameterError) { try SocketPath.check(path) }

  func open() async throws -> Connection {
    while true {
      do {
        return try await Connection.open(to: .unix(path.string))
      } catch let error as SystemError where error.isBusy {
        // The program's queue is full, and the system does not tell when it has room.
        try await Time.sleep(for: .milliseconds(20))
      }
    }
  }
}
