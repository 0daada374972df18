import Kamaelia
import KamaeliaIO
import Testing

@testable import KamaeliaComponents

@Suite(.timeLimit(.minutes(1))) struct UDPTests {
  private func receiver(_ more: String = "") throws -> RunningText {
    try RunningText(
      """
      receiver = UDPReceiver(0\(more))
      receiver -> Tell("heard")
      receiver.datagrams -> Tell("datagrams")
      receiver.bound -> Tell("port")
      receiver.lost -> Tell("lost")
      """)
  }

  @Test(arguments: ["127.0.0.1", "::1"])
  func `Datagrams arrive whole, with the address of who sent them`(_ host: String) async throws {
    let own = try #require(SocketAddress(digits: host, port: 0))
    do { _ = try DatagramSocket(on: own) } catch { if error.isNotHere { return } }
    let graph = try receiver(", host: \"\(host)\"")
    let target = try #require(SocketAddress(digits: host, port: try await graph.port()))
    let sender = try DatagramSocket(on: try #require(SocketAddress(digits: host, port: 0)))
    try await sender.send(Array("one".utf8)[...], to: target)
    try await sender.send([], to: target)
    try await sender.send([UInt8](repeating: 7, count: 60_000)[...], to: target)
    #expect(await graph.next("heard") == "one")
    #expect(await graph.next("heard") == "")
    #expect(await graph.next("heard")?.utf8.count == 60_000)
    #expect(await graph.next("datagrams") == "\(sender.local): one")
    #expect(await graph.stop().isGood)
  }

  @Test func `What is sent arrives at another graph`() async throws {
    let graph = try receiver()
    let port = try await graph.port()
    let sender = try RunningText(
      "Ticks(1ms, count: 2) -> Format(\"{}\") -> Encode() -> UDPSender(\"127.0.0.1:\(port)\")")
    #expect(await sender.network.ended().isGood)
    #expect(await graph.next("heard") == "0")
    #expect(await graph.next("heard") == "1")
    #expect(await graph.stop().isGood)
  }

  @Test func `A message that no datagram takes is an error`() async throws {
    let sender = try RunningText(
      """
      "\(String(repeating: "x", count: 7000))" -> Replace("x", with: "0123456789") -> Encode()
          -> UDPSender("127.0.0.1:9")
      """)
    let failure = try #require(await sender.network.ended().failure)
    #expect(failure.contains("70000 bytes do not fit into a datagram, which takes 65507 at most"))
  }

  @Test func `What finds no room is told of`() async throws {
    let graph = try RunningText(
      """
      receiver = UDPReceiver(0, room: 1B)
      told = Tell("told")
      receiver -[1]-> Format("heard 1") -> told
      receiver.lost -> Format("lost {}") -> told
      receiver.bound -> Tell("port")
      """)
    let target = try #require(SocketAddress(digits: "127.0.0.1", port: try await graph.port()))
    let sender = try DatagramSocket(on: .v4([127, 0, 0, 1], port: 0))
    let count = 20_000
    for _ in 0..<count { try await sender.send([UInt8](repeating: 1, count: 1000)[...], to: target) }
    // Nothing comes behind the flood, and all of it is told of all the same.
    var counts = ["heard": 0, "lost": 0]
    while counts.values.reduce(0, +) < count, let text = await graph.next("told") {
      let words = text.split(separator: " ").map(String.init)
      counts[words[0], default: 0] += try #require(Int(words[1]))
    }
    #expect(counts.values.reduce(0, +) == count)
    #expect(counts.values.allSatisfy { $0 > 0 })
    #expect(await graph.stop().isGood)
  }

  @Test func `A port that is taken is an error at the start`() async throws {
    let graph = try receiver()
    let second = try RunningText("UDPReceiver(\(try await graph.port())) -> Tell(\"x\")")
    #expect(await second.network.ended().failure?.contains("Address already in use") == true)
    #expect(await graph.stop().isGood)
  }
}
