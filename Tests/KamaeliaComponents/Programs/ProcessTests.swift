import Foundation
import Kamaelia
import KamaeliaRuntime
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite(.timeLimit(.minutes(1))) struct ProcessTests {
  private func harness(_ words: [String], _ extra: [String: Value] = [:]) -> Harness {
    Harness(KamaeliaComponents.Process.self, extra.merging(["command": .command(words)]) { $1 }, clock: .real)
  }

  @Test func `lines go through a program that knows nothing of us`() async throws {
    let harness = harness(["sort", "-r"])
    harness.feed("inbox", ["apple", "pear", "é"])
    let outcome = try await harness.run()
    #expect(Set(outcome.messages("outbox", as: String.self)) == ["apple", "pear", "é"])
    #expect(outcome.messages("exit", as: Int.self) == [0])
    #expect(outcome.hasEnded)
  }

  @Test func `many lines go through without a stand-still`() async throws {
    let harness = harness(["cat"])
    let lines = (0..<50_000).map { "line \($0)" }
    harness.feed("inbox", lines)
    #expect(try await harness.run().messages("outbox", as: String.self) == lines)
  }

  @Test func `a program without input reads nothing`() async throws {
    let outcome = try await harness(["cat"]).run()
    #expect(outcome.messages("outbox", as: String.self) == [])
    #expect(outcome.messages("exit", as: Int.self) == [0])
  }

  @Test func `arguments are no shell's`() async throws {
    let outcome = try await harness(["printf", "%s\\n", "$HOME; rm -rf *", "$(id)", "`id`"]).run()
    #expect(outcome.messages("outbox", as: String.self) == ["$HOME; rm -rf *", "$(id)", "`id`"])
  }

  @Test func `standard error and the exit status have boxes of their own`() async throws {
    let outcome = try await harness(["sh", "-c", "echo out; echo oops >&2; exit 3"]).run()
    #expect(outcome.messages("outbox", as: String.self) == ["out"])
    #expect(outcome.messages("errors", as: String.self) == ["oops"])
    #expect(outcome.messages("exit", as: Int.self) == [3])
    #expect(outcome.failure == nil)
  }

  @Test func `a status that nobody takes is a failure with the program's last words`() async throws {
    let harness = harness(["sh", "-c", "echo oops >&2; exit 3"])
    harness.leaveUnlinked("exit")
    harness.leaveUnlinked("errors")
    let outcome = try await harness.run()
    #expect(outcome.failure == "`sh -c 'echo oops >&2; exit 3'` ended with exit status 3: oops")
    #expect(outcome.said.contains("oops"))
  }

  @Test func `a signal is told as a shell tells it`() async throws {
    let outcome = try await harness(["sh", "-c", "kill -9 $$"]).run()
    #expect(outcome.messages("exit", as: Int.self) == [137])
  }

  @Test func `a program that reads only a part is not waited for`() async throws {
    let harness = harness(["head", "-1"])
    harness.feed("inbox", (0..<100_000).map { "line \($0)" })
    let outcome = try await harness.run()
    #expect(outcome.messages("outbox", as: String.self) == ["line 0"])
    #expect(outcome.hasEnded)
  }

  @Test func `a program that reads nothing ends though its inbox is open`() async throws {
    let harness = harness(["echo", "hi"])
    harness.feed("inbox", ["x"])
    harness.keepOpen("inbox")
    let outcome = try await harness.run()
    #expect(outcome.messages("outbox", as: String.self) == ["hi"])
    #expect(outcome.hasEnded)
  }

  @Test func `a program ends with its readers, and what it has started too`() async throws {
    let (texts, ending) = try await witness(
      KamaeliaComponents.Process.self, ["command": .command(["sh", "-c", "sleep 1000 & echo $!; wait"])], steps: [look])
    let pid = try #require(texts.first.flatMap { pid_t($0) })
    #expect(!isRunning(pid))
    guard case .finished = ending else { return #expect(Bool(false), "\(ending)") }
  }

  @Test func `a program that does not listen is killed when its time is over`() async throws {
    let (texts, _) = try await witness(
      KamaeliaComponents.Process.self,
      [
        "command": .command(["sh", "-c", "trap '' TERM; echo $$; while :; do sleep 1; done"]),
        "grace": .duration(.milliseconds(50)),
      ], steps: [look])
    let pid = try #require(texts.first.flatMap { pid_t($0) })
    #expect(!isRunning(pid))
  }

  @Test func `folder and environment are the program's`() async throws {
    let harness = harness(["sh", "-c", "pwd; echo $GREETING"], ["folder": "/", "environment": ["GREETING=a=b"]])
    #expect(try await harness.run().messages("outbox", as: String.self) == ["/", "a=b"])
  }

  @Test(
    arguments: [
      (["command": .command(["no-such-program-here"])], "no-such-program-here"),
      (["command": .command(["./sh"]), "folder": "/usr"], "./sh"),
      (["command": .command(["cat"]), "environment": ["X"]], "X"),
    ] as [([String: Value], String)])
  func `what cannot be started is said before launch`(_ arguments: [String: Value], _ name: String) throws {
    let process = KamaeliaComponents.Process()
    try Members(of: process).set(arguments)
    let error = #expect(throws: ParameterError.self) { try process.check() }
    #expect(error?.description.contains(name) == true)
  }

  @Test func `a program in its folder is found`() throws {
    let process = KamaeliaComponents.Process()
    try Members(of: process).set(["command": .command(["./sh"]), "folder": "/bin"])
    #expect(throws: Never.self) { try process.check() }
  }
}

/// Whether a process runs; one that has ended and that nobody has asked about yet does not.
private func isRunning(_ pid: pid_t) -> Bool {
  guard let facts = FileManager.default.contents(atPath: "/proc/\(pid)/stat") else { return false }
  return String(decoding: facts, as: UTF8.self).split(separator: ")").last?.contains(" Z ") != true
}

@Suite struct ErrorTailTests {
  @Test func `only the end is kept, without half a character`() {
    var tail = ErrorTail()
    tail.add(Bytes("first\n"))
    tail.add(Bytes(String(repeating: "é", count: 4000) + "\n"))
    #expect(tail.text == String(repeating: "é", count: 2047))
  }
}
