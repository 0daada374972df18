import Foundation
import KGraph
import Testing

/// The examples of codes that a shell shows rather than a graph alone.
@Suite struct ExplainedCommandsTests {
  @Test(arguments: Code.all.filter { !$0.commands.isEmpty }.map(\.name))
  func `The commands of an explanation get just its code`(name: String) async throws {
    let code = try #require(Code.named(name))
    try await withFolder { folder in
      try code.example.write(toFile: "\(folder)/example.kgraph", atomically: true, encoding: .utf8)
      let path = "\((Place.kamaelia as NSString).deletingLastPathComponent):/usr/bin:/bin"
      let run = try await Run(
        ["-c", code.commands], in: folder, environment: ["PATH": path], program: ["/bin/sh"])
      let said = try await run.finish()
      let codes = Set(said.errors.matches(of: /(?:error|warning)\[(K\d{4})\]/).map { String($0.1) })
      // Errors of syntax come before the code that says that there are too many, and so with mistakes.
      let before: Set<String> = name == "K0013" ? ["K0020"] : name == "K0223" ? ["K0201"] : []
      #expect(codes.subtracting(before) == [name], "\(said.errors.suffix(2000))")
      #expect(said.status != .exited(0))
    }
  }

  @Test func `Every code has an example`() {
    #expect(Code.all.filter { $0.example.isEmpty && $0.commands.isEmpty }.map(\.name) == [])
  }
}
