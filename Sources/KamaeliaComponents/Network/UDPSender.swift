import Kamaelia
import KamaeliaIO

/// Sends datagrams over UDP.
struct UDPSender: Component {
  static let summary = "Sends each message as a datagram over UDP."
  static let details = """
    Nobody says whether a datagram has come; those on the way may get lost, doubled and out of order. A message of more \
    bytes than a datagram takes, 65,507, is an error, and so is one that the system does not send, since it knows no way there for \
    instance. The host is looked up once, at the start. The address may be a broadcast address of a network.

        Ticks(1s) -> Format("tick {}") -> Encode() -> UDPSender("localhost:5000")
    """

  static let needs = [Need("connect udp ADDRESS") { (it: Self) in .connect(.udp, to: it.address) }]

  @Parameter("Where to, such as `localhost:5000`.", main: true) var address: Address

  let inbox = Inbox<Bytes>("A message of at most 65,507 bytes.")

  func check() throws(ParameterError) {
    try Destination.check(address, "address", example: Address(host: address.host, port: 5000).text)
  }

  func main() async throws {
    let addresses = try await outside {
      try await HostLookup.addresses(of: address.host, port: address.port ?? 0)
    }
    let target = addresses[0]
    var own = target.anyHost
    own.port = 0
    let socket = try DatagramSocket(on: own)
    defer { socket.close() }
    socket.allowBroadcast()
    try await inbox.drain(into: socket, to: target)
  }
}
