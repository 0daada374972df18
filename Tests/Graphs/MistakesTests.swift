import KamaeliaIO
import Testing

/// Mistakes that authors make by hand, one in each file of `Mistakes`: what is said of each.
@Suite(.timeLimit(.minutes(1))) struct MistakesTests {
  static let names = ((try? Place.files(in: "Tests/Graphs/Mistakes", ".kgraph")) ?? []).map {
    $0.replacing(".kgraph", with: "")
  }

  @Test func `There are at least twenty`() { #expect(Self.names.count >= 20) }

  @Test(arguments: names) func `A mistake gets one clear message at the right place`(name: String) async throws {
    // As beside the file, so that the message has no path of the machine.
    let finished = try await kamaelia("check", "\(name).kgraph", in: "\(Place.tests)/Mistakes")
    #expect(finished.output == "")
    let isWarning = finished.errors.hasPrefix("warning[")
    #expect(finished.status == .exited(isWarning ? 0 : 1))
    let headings = finished.errors.split(separator: "\n").filter { $0.hasPrefix("error[") || $0.hasPrefix("warning[") }
    #expect(headings.count == 1, "\(finished.errors)")
    #expect(finished.errors.hasSuffix(isWarning ? "1 warning in 1 file\n" : "1 error in 1 file\n"))
    try expectSnapshot(finished.errors, "Mistakes/\(name).expected")
  }
}
