import Fixtures
import Foundation
import Testing

@Suite(.fewAtATime) struct NapTests {
  private struct Tenth: Codable {
    let microseconds: Int
    let kilobytes: Int
  }

  /// A graph that is woken now and then falls asleep each time. Some 132,000 naps once ended the process, by a closure that grew
  /// with each of them.
  @Test(.timeLimit(.minutes(10))) func `A million naps on a small stack cost the same to the last`() throws {
    let script = #"ulimit -s 512 && exec "$0" naps 1000000 --workers 2"#
    let run = try #require(try FinishedProgram.run(["sh", "-c", script, BuiltProgram.path(of: "benchmarks")]))
    #expect(run.status == 0, "\(run.output)")
    let tenths = try run.output.split(separator: "\n").map {
      try JSONDecoder().decode(Tenth.self, from: Data($0.utf8))
    }
    try #require(tenths.count == 10)
    // The machine may be busy, and the processor's caches with it; what grows with each nap grows a thousandfold.
    let first = tenths[..<3].map(\.microseconds).max() ?? 0
    #expect(tenths[7...].allSatisfy { $0.microseconds < 4 * first }, "\(run.output)")
    #expect(tenths[1...].map(\.kilobytes).reduce(0, +) < 4096, "\(run.output)")
  }
}
