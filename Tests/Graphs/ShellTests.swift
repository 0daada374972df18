import Foundation
import Testing

/// Nothing in a graph or a message makes a shell start.
@Suite(.timeLimit(.minutes(1)), .enabled(if: Tracing.isPossible, "strace is missing, or may not trace here"))
struct ShellTests {
  static let texts = ["; rm -rf *", "$(touch pwned)", "--option", "| sh", "&& sh -c ls", "> pwned", "*"]

  private func names(_ paths: [String]) -> [Substring] { paths.compactMap { $0.split(separator: "/").last } }

  @Test(arguments: texts, ["`printf %s '{}'`", "`printf %s {}`"])
  func `A command of a graph starts its program and nothing else`(text: String, command: String) async throws {
    try await withFolder { folder in
      let graph = "\(command.replacing("{}", with: text)) -> ConsoleWriter()"
      let (finished, programs) = try await Tracing.run("run", "-e", graph, in: folder)
      #expect(finished.status == .exited(0), "\(finished.errors)")
      #expect(finished.output.filter { $0 != " " } == text.filter { !" '".contains($0) } + "\n")
      #expect(names(programs) == ["printf"])
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }
  }

  @Test func `A message starts nothing`() async throws {
    try await withFolder { folder in
      let input = Self.texts.joined(separator: "\n") + "\n"
      let (finished, programs) = try await Tracing.run(
        "run", "-e", "ConsoleReader() -> `cat` -> `tee` -> ConsoleWriter()", input: input, in: folder)
      #expect(finished.output == input, "\(finished.errors)")
      #expect(finished.status == .exited(0))
      #expect(names(programs).sorted() == ["cat", "tee"])
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }
  }

  @Test func `A shell that is asked for is seen here`() async throws {
    try await withFolder { folder in
      let (finished, programs) = try await Tracing.run("run", "-e", "`sh -c 'echo $0'` -> ConsoleWriter()", in: folder)
      #expect(finished.output == "sh\n")
      #expect(names(programs) == ["sh"])
    }
  }
}
