import Kamaelia
import KamaeliaIO

/// Sends to a group.
struct MulticastSender: Component {
  static let summary = "Sends each message as a datagram to a multicast group."
  static let details = """
    All who take part in the group get it, as far as `hops` lets it go: 0 keeps it on this machine, 1 in this network, more \
    lets so many routers less one hand it on. With `loopback: false`, nobody on this machine hears it. Without \
    `interface`, the group's route decides which way it goes. A message of more than 65,507 bytes is an error, and so is one \
    that the system does not send.

        lines -> Encode() -> MulticastSender("239.1.2.3:1600", hops: 4)
    """

  static let needs = [Need("connect udp GROUP") { (it: Self) in .connect(.udp, to: it.group) }]

  @Parameter("The group and its port, such as `239.1.2.3:1600` or `[ff15::1]:1600`.", main: true) var group: Address
  @Parameter("The name of the network interface to send through, such as `eth0`.") var interface: String? = nil
  @Parameter("How far it goes: how many networks it may cross.", in: 0...255) var hops = 1
  @Parameter("Whether listeners on this machine hear it as well.") var loopback = true

  @Parameter("What MulticastReceivers of this program know it by, to pass over what it sends.") var voice = ""

  let inbox = Inbox<Bytes>("A message of at most 65,507 bytes.")

  func check() throws(ParameterError) { _ = try Destination.group(group, "group") }

  func main() async throws {
    let group = try Destination.group(group, "group")
    var own = group.anyHost
    own.port = 0
    let socket = try DatagramSocket(on: own)
    defer { socket.close() }
    try socket.sendToGroups(like: group, on: interface, hops: hops, reachesThisMachine: loopback)
    // Connected, it has an address that receivers can tell it by.
    try socket.connect(to: group)
    let local = socket.local
    OwnDatagrams.begin(voice, from: local)
    defer { OwnDatagrams.end(from: local) }
    try await inbox.drain(into: socket, to: nil)
  }
}
