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

  /// Reads so many lines a byte at a time, writes them, and ends with a status.
  private static func reader(of count: Int, status: Int) -> String {
    "sh -c 'i=0; while [ $i -lt \(count) ] && read l; do echo $l; i=$((i+1)); done; exit \(status)'"
  }

  @Test(arguments: [("onFailure", 3), ("always", 0), ("always", 3)])
  func `a program that is started again reads on where the last one has left off`(when: String, status: Int)
    async throws
  {
    let lines = (0..<500).map { "line \($0)" }
    let scratch = try Scratch()
    try scratch.write("lines", lines.joined(separator: "\n") + "\n")
    // The last one finds fewer lines than it reads, and ends well.
    let program = Self.reader(of: 60, status: status).replacingOccurrences(
      of: "exit \(status)", with: "[ $i -lt 60 ] || exit \(status)")
    let graph = try RunningText(
      """
      FileReader("\(scratch["lines"])").lines
          -> Process(`\(program)`) restart \(when)(max: 100, within: 1min, backoff: 1ms...1ms)
          -> Tell("x")
      """)
    #expect(await graph.all("x").map(\.text) == lines)
    #expect(await graph.network.ended().isGood)
  }

  @Test func `bytes that a dead program has not read are the next one's, and none twice`() async throws {
    let bytes = (0..<40_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
    let scratch = try Scratch()
    try Data(bytes).write(to: URL(filePath: scratch["bytes"]))
    let graph = try RunningText(
      """
      FileReader("\(scratch["bytes"])")
          -> ProcessBytes(`dd bs=999 count=7 iflag=fullblock status=none`) restart always(max: 100, within: 1min, backoff: 1ms...1ms)
          -> Tell("x")
      """)
    var all: [UInt8] = []
    for message in await graph.all("x") { all += (message.base as? Bytes)?.storage ?? [] }
    #expect(all == bytes)
    #expect(await graph.network.ended().isGood)
  }

  @Test func `a line that a dead program has read a part of is given again`() async throws {
    let feed = Feed(isWhole: true)
    for line in ["first\n", "second\n"] {
      await feed.begin(Array(line.utf8))
      await feed.wrote(line.utf8.count)
    }
    await feed.begin(Array("third\n".utf8))
    await feed.wrote(2)
    // It has read `first` and `sec`.
    await feed.programEnded(unread: 4 + 2)
    var left: [String] = []
    while let bytes = await feed.next() { left.append(String(decoding: bytes, as: UTF8.self)) }
    #expect(left == ["second\n", "third\n"])
  }

  @Test func `long lines of standard error stay whole, and progress is told as it comes`() async throws {
    let long = String(repeating: "x", count: 10_000)
    let outcome = try await harness(["sh", "-c", "printf '%s\\n10%%\\r50%%\\r100%%\\n' \(long) >&2"]).run()
    #expect(outcome.messages("errors", as: String.self) == [long, "10%", "50%", "100%"])
  }

  @Test func `a signal that has ended a program is told in words`() async throws {
    let harness = harness(["sh", "-c", "kill -9 $$"])
    harness.leaveUnlinked("exit")
    #expect(try await harness.run().failure == "`sh -c 'kill -9 $$'` was ended by SIGKILL")
  }

  @Test func `a daemon that a program leaves behind does not keep it from its end`() async throws {
    let outcome = try await harness(["sh", "-c", "setsid sleep 1000 & echo $!; echo said"]).run()
    let texts = outcome.messages("outbox", as: String.self)
    #expect(texts.last == "said" && texts.count == 2)
    #expect(outcome.messages("exit", as: Int.self) == [0])
    if let pid = texts.first.flatMap({ pid_t($0) }) { kill(pid, SIGKILL) }
  }

  @Test(arguments: ["errors", "exit"])
  func `a program whose output nobody reads any more goes on for whoever still hears of it`(_ other: String)
    async throws
  {
    // More than a pipe holds, so that it would notice a pipe that is closed or not read.
    let harness = harness(["sh", "-c", "yes | head -100000; echo done >&2; exit 3"])
    harness.leave("outbox", after: 1)
    harness.leaveUnlinked(other)
    let outcome = try await harness.run()
    if other == "errors" {
      #expect(outcome.messages("exit", as: Int.self) == [3])
    } else {
      #expect(outcome.messages("errors", as: String.self) == ["done"])
      #expect(outcome.failure?.contains("ended with exit status 3") == true)
    }
  }

  @Test func `a program that is ended with the graph tells its status`() async throws {
    let graph = try RunningText(
      """
      p = Process(`sh -c "trap 'exit 9' TERM; echo up; while :; do sleep 1000 & wait; done"`)
      p -> Tell("up")
      p.exit -> Tell("exit")
      """)
    #expect(await graph.next("up") == "up")
    #expect(await graph.stop().isGood)
    #expect(await graph.all("exit").map(\.text) == ["9"])
  }

  @Test func `lines that are too long come also where nobody takes the others`() async throws {
    let harness = harness(["echo", "123456"], ["longest": .size(4)])
    harness.leaveUnlinked("outbox")
    #expect(try await harness.run().messages("tooLong", as: Bytes.self).map(\.text) == ["1234", "56\n"])
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
      (["command": .command(["cat"]), "environment": ["=x=y"]], "=x=y"),
      (["command": .command(["cat"]), "environment": ["X=a\u{0}b"]], "X=a"),
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
