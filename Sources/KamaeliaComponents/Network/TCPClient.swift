import Kamaelia
import KamaeliaIO

/// Connects to a server over TCP.
struct TCPClient: StreamClient {
  static let summary = "Connects to a server over TCP: bytes in, bytes out."
  static var details: String {
    """
    The bytes of the inbox go to the server as they are, and what comes leaves in stretches that mean nothing. All addresses \
    of the host are tried, in the order in which the system prefers them.

    \(connectionDetails)

        ConsoleReader() -> Encode(lineEnding: lf) -> TCPClient("localhost:1500") -> ConsoleWriter()
    """
  }

  static let needs = [Need("connect tcp ADDRESS") { (it: Self) in .connect(.tcp, to: it.address) }]

  @Parameter("The server, such as `localhost:1500` or `[::1]:1500`.", main: true) var address: Address
  @Parameter("Whether to connect again when the connection is lost or does not come about.") var reconnect = false
  @Parameter("The first and the longest pause before it connects again.", in: .milliseconds(1)...)
  var backoff = Duration.milliseconds(500)...Duration.seconds(30)
  @Parameter("How long the server may take to answer.", in: .milliseconds(1)...) var timeout = Duration.seconds(10)
  @Parameter(
    "How long the server may take nothing of what was sent before it counts as gone; `none` for any time.",
    in: .milliseconds(1)...)
  var unanswered: Duration? = .seconds(30)

  let inbox = Inbox<Bytes>("What to send next.", isRequired: false)
  let outbox = Outbox<Bytes>("What has come; never empty.")
  let log = Outbox<String>("What has become of the connection, such as `connected to localhost:1500`.", isReport: true)

  var target: String { address.text }

  func check() throws(ParameterError) {
    try Destination.check(address, "address", example: Address(host: address.host, port: 1500).text)
  }

  func open() async throws -> Connection { try await Connection.open(to: address, unanswered: unanswered) }
}
