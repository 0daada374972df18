import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct FrameTests {
  static let arguments: [[String: Value]] = [
    ["by": .name("length"), "width": .int(2)], ["by": .name("decimal")],
    ["by": .name("delimiter"), "delimiter": .text("\r\n")],
  ]

  @Test(arguments: arguments)
  func `What was packed is found again, however the stream is cut`(_ arguments: [String: Value]) async throws {
    let messages: [Bytes] = ["one", "", "two\nlines", "ä"]
    let packing = Harness(Frame.self, arguments)
    packing.feed("inbox", messages)
    let stream = Bytes(try await packing.run().messages("outbox", as: Bytes.self).flatMap { $0 })
    for seed in 0..<8 as Range<UInt64> {
      let finding = Harness(Deframe.self, arguments)
      finding.feed("inbox", stream.pieces(seed: seed))
      #expect(try await finding.run().messages("outbox", as: Bytes.self) == messages)
    }
  }

  @Test func `A length beyond what is allowed fails, with both in the message`() async throws {
    let harness = Harness(Deframe.self, ["longest": .size(10)])
    harness.feed("inbox", [[0, 0, 0, 11]] as [Bytes])
    #expect(try await harness.run().failure == "a message of 11 bytes is longer than the 10 that are allowed")
  }

  @Test(
    arguments: [
      (["width": .int(3)], "parameter `width` takes 1, 2, 4 or 8, not 3"),
      (["by": .name("delimiter"), "delimiter": .text("")], "parameter `delimiter` is empty"),
    ] as [([String: Value], String)])
  func `What cannot be a frame is an error before launch`(_ arguments: [String: Value], _ said: String) throws {
    #expect(try problem(Frame(), arguments) == said)
    #expect(try problem(Deframe(), arguments) == said)
  }
}
