import Kamaelia
import KamaeliaIO
import Testing

@testable import KamaeliaComponents

/// On the loopback interface, in groups that are this test's own.
@Suite(.timeLimit(.minutes(1))) struct MulticastTests {
  @Test func `All who listen to a group hear it, also in one program`() async throws {
    let graph = try RunningText(
      """
      MulticastReceiver("239.77.1.1:17001", interface: "lo") as one -> Tell("one")
      MulticastReceiver("239.77.1.1:17001", interface: "lo") as other -> Tell("other")
      Ticks(1ms) -> Format("{}") -> Encode() -> MulticastSender("239.77.1.1:17001", interface: "lo")
      """)
    #expect(await graph.next("one") != nil)
    #expect(await graph.next("other") != nil)
    #expect(await graph.stop().isGood)
  }

  @Test func `Who is deaf to a voice hears all others, also those of other programs`() async throws {
    let graph = try RunningText(
      """
      MulticastReceiver("239.77.1.2:17002", interface: "lo", deafTo: "me") -> Tell("deaf")
      MulticastReceiver("239.77.1.2:17002", interface: "lo") -> Tell("all")
      Ticks(1ms) -> Format("own {}") -> Encode() -> MulticastSender("239.77.1.2:17002", interface: "lo", voice: "me")
      Ticks(1ms) -> Format("else {}") -> Encode() -> MulticastSender("239.77.1.2:17002", interface: "lo", voice: "you")
      """)
    var heard: Set<Substring> = []
    while heard.count < 2, let text = await graph.next("all") { heard.insert(text.prefix(4)) }
    #expect(await graph.next("deaf")?.hasPrefix("else") == true)
    let group = try #require(SocketAddress(digits: "239.77.1.2", port: 17002))
    let other = try DatagramSocket(on: .v4([0, 0, 0, 0], port: 0))
    try other.sendToGroups(like: group, on: "lo", hops: 0, reachesThisMachine: true)
    try await other.send(Array("other".utf8)[...], to: group)
    while let text = await graph.next("deaf"), text != "other" { #expect(text.hasPrefix("else")) }
    #expect(await graph.stop().isGood)
    #expect(await graph.all("deaf").filter { $0.text.hasPrefix("own") }.isEmpty)
  }

  @Test func `Another group at the same port is not heard`() async throws {
    let graph = try RunningText(
      """
      MulticastReceiver("239.77.1.3:17003", interface: "lo") -> Tell("heard")
      Ticks(1ms) -> Format("wrong {}") -> Encode() -> MulticastSender("239.77.1.4:17003", interface: "lo")
      Ticks(1ms) -> Format("right {}") -> Encode() -> MulticastSender("239.77.1.3:17003", interface: "lo")
      """)
    for _ in 0..<10 { #expect(await graph.next("heard")?.hasPrefix("right") == true) }
    #expect(await graph.stop().isGood)
  }

  @Test(arguments: ["127.0.0.1:1600", "239.1.2.3", "example.org:1600"])
  func `An address that is no group is an error before launch`(_ address: String) throws {
    #expect(try problem(MulticastReceiver(), ["group": .text(address)])?.contains("parameter `group`") == true)
    #expect(try problem(MulticastSender(), ["group": .text(address)])?.contains("parameter `group`") == true)
  }

  @Test func `An interface that is not there is an error with its name`() async throws {
    let graph = try RunningText("MulticastReceiver(\"239.77.1.5:17005\", interface: \"nosuch0\") -> Tell(\"x\")")
    let failure = try #require(await graph.network.ended().failure)
    #expect(failure.contains("cannot take part in `nosuch0`: there is no such interface"))
  }
}
