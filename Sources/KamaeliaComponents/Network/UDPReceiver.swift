import Kamaelia
import KamaeliaIO

/// Receives datagrams over UDP.
struct UDPReceiver: DatagramSource {
  static let summary = "Receives datagrams over UDP."
  static var details: String {
    """
    Listens to this machine only, unless `host` says otherwise: `"0.0.0.0"` stands for all its addresses of IPv4, `"::"` for \
    all it has. Port 0 lets the system choose; `bound` says what it chose. A port that is taken is an error at the start.

    \(datagramDetails)

        UDPReceiver(5000).datagrams -> ConsoleWriter()
    """
  }

  static let needs = [Need("listen udp HOST:PORT") { (it: Self) in .listen(.udp, host: it.host, port: it.port.number) }]

  @Parameter("The port to listen to; 0 for any that is free.", main: true) var port: Port
  @Parameter("The name or the address of this machine to listen to.") var host =
    "localhost"
  @Parameter("How many bytes may wait in the system; it may give less.", in: Size(bytes: 1)...) var room =
    Size.mebibytes(4)

  let outbox = Outbox<Bytes>("The bytes of a datagram.")
  let datagrams = Outbox<Datagram>("A datagram with the address that it came from.")
  let bound = Outbox<Port>("The port, as soon as it is listened to.", isReport: true)
  let lost = Outbox<Int>("How many datagrams were dropped since the last such message.", isReport: true)

  func check() throws(ParameterError) { try HostName.check(host, "host") }

  func main() async throws {
    let sockets = try await Listening.openAll(host: host, port: port.number, at: { $0.local }) {
      address throws(SystemError) in try DatagramSocket(on: address)
    }
    defer { for socket in sockets { socket.close() } }
    if let first = sockets.first { try await bound.send(Port(first.local.port)) }
    try await forward(sockets)
  }
}
