import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite(.timeLimit(.minutes(1))) struct ProcessBytesTests {
  @Test func `bytes go through as they are`() async throws {
    let harness = Harness(ProcessBytes.self, ["command": .command(["cat"])], clock: .real)
    let bytes = Bytes((0..<200_000).map { UInt8(truncatingIfNeeded: $0) })
    harness.feed("inbox", bytes.pieces(seed: 3))
    let outcome = try await harness.run()
    #expect(outcome.messages("outbox", as: Bytes.self).flatMap { $0 } == Array(bytes))
    #expect(outcome.messages("exit", as: Int.self) == [0])
  }
}
