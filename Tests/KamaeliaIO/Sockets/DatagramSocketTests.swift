import Testing

@testable import KamaeliaIO

extension IO {
  @Suite(.timeLimit(.minutes(1))) struct DatagramSocketTests {
    @Test func `What finds no room is counted exactly`() async throws {
      let receiver = try DatagramSocket(on: .v4([127, 0, 0, 1], port: 0))
      let sender = try DatagramSocket(on: .v4([127, 0, 0, 1], port: 0))
      receiver.askForRoom(1)
      var (sent, received, dropped) = (0, 0, 0)
      func send(_ length: Int) async throws {
        try await sender.send([UInt8](repeating: 1, count: length)[...], to: receiver.local)
        sent += 1
      }
      for _ in 0..<1000 { try await send(1000) }
      // The one that was sent last tells of all before it; where it found no room itself, there is room for another.
      var isLast = false
      while !isLast {
        let length = 1001 + sent
        try await send(length)
        while !isLast, let arrival = try receiver.receiveIfReady() {
          received += 1
          dropped = Int(arrival.dropped)
          isLast = arrival.bytes.count == length
        }
      }
      #expect(dropped > 0)
      #expect(received + dropped == sent)
    }
  }
}
