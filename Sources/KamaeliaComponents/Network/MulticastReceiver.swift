import Kamaelia
import KamaeliaIO

/// Receives what is sent to a group.
struct MulticastReceiver: DatagramSource {
  static let summary = "Receives the datagrams that are sent to a multicast group."
  static var details: String {
    """
    Any number of listeners on a machine may take part in a group; each gets every datagram. Without `interface`, the \
    group's route decides where to listen. What a MulticastSender of this program sent with the `voice` that `deafTo` names is \
    passed over, so that a graph that both hears a group and speaks to it has no echo.

    \(datagramDetails)

        MulticastReceiver("239.1.2.3:1600") -> ConsoleWriter()
    """
  }

  static let needs = [
    Need("listen udp GROUP") { (it: Self) in .listen(.udp, host: it.group.host, port: it.group.port) }
  ]

  @Parameter("The group and its port, such as `239.1.2.3:1600` or `[ff15::1]:1600`.", main: true) var group: Address
  @Parameter("The name of the network interface to listen at, such as `eth0`.") var interface: String? = nil
  @Parameter("The voice in this program that is not heard, such as that of a tunnel's other direction.")
  var deafTo: String? = nil
  @Parameter("How many bytes may wait in the system; it may give less.", in: Size(bytes: 1)...) var room =
    Size.mebibytes(4)

  let outbox = Outbox<Bytes>("The bytes of a datagram.")
  let datagrams = Outbox<Datagram>("A datagram with the address that it came from.")
  let lost = Outbox<Int>("How many datagrams were dropped since the last such message.", isReport: true)

  func check() throws(ParameterError) { _ = try Destination.group(group, "group") }

  func main() async throws {
    let group = try Destination.group(group, "group")
    // Bound to the group and not to all addresses: else the port's other datagrams would come as well.
    let socket = try DatagramSocket(on: group, isShared: true)
    defer { socket.close() }
    try socket.join(group, on: interface)
    guard let deafTo else { return try await forward([socket]) }
    try await forward([socket]) { OwnDatagrams.voice(from: $0) != deafTo }
  }
}
