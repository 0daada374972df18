import Testing

@testable import KamaeliaIO

extension IO {
  @Suite final class TurnsTests: Sendable {
    private let turns = Turns()
    private let steps = Lock<[Int]>([])

    private func step(_ number: Int) async {
      await turns.take {
        steps.withLock { $0.append(number) }
        await Task.yield()
        steps.withLock { $0.append(number) }
      }
    }

    @Test func `What is done in turns is never mixed`() async {
      await withTaskGroup(of: Void.self) { group in
        for number in 0..<100 { group.addTask { [self] in await step(number) } }
      }
      let all = steps.withLock { $0 }
      #expect(all.count == 200)
      #expect(stride(from: 0, to: 200, by: 2).allSatisfy { all[$0] == all[$0 + 1] })
    }

    @Test func `An error gives the turn on`() async {
      struct Failure: Error {}
      do { try await turns.take { throw Failure() } } catch { await step(1) }
      #expect(steps.withLock { $0 } == [1, 1])
    }
  }
}
