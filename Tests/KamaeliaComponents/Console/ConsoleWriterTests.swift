import Glibc
import Kamaelia
import KamaeliaIO
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct ConsoleWriterTests {
  @Test func `messages are written as people read them, and bytes as they are`() async {
    let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
      let harness = Harness(ConsoleWriter.self, ["end": "|"])
      harness.feed("inbox", [AnyMessage("é"), AnyMessage(Bytes([0xFF, 0x0A])), AnyMessage(3), AnyMessage([1, 2])])
      let outcome = try await harness.run()
      #expect(outcome.hasEnded)
    }
    #expect(result?.standardOutputContent == Array("é|".utf8) + [0xFF, 0x0A] + Array("3|1\n2|".utf8))
  }

  @Test func `standard error is written when asked for`() async {
    let result = await #expect(
      processExitsWith: .success, observing: [\.standardOutputContent, \.standardErrorContent]
    ) {
      let harness = Harness(ConsoleWriter.self, ["stream": .name("stderr")])
      harness.feed("inbox", ["oops"])
      let outcome = try await harness.run()
      #expect(outcome.hasEnded)
    }
    #expect(result?.standardOutputContent == [])
    let written = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(written.contains("oops\n"))
  }

  @Test func `many short messages arrive whole and in order`() async {
    let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
      let harness = Harness(ConsoleWriter.self, clock: .real)
      harness.feed("inbox", Array(0..<100_000))
      let outcome = try await harness.run()
      #expect(outcome.hasEnded)
    }
    let expected = (0..<100_000).map { "\($0)\n" }.joined()
    #expect(result?.standardOutputContent.elementsEqual(expected.utf8) == true)
  }

  @Test func `a device without room is a failure that names it`() async {
    await #expect(processExitsWith: .success) {
      let full = open("/dev/full", O_WRONLY)
      try #require(dup2(full, 1) == 1)
      let harness = Harness(ConsoleWriter.self, clock: .real)
      harness.feed("inbox", ["x"])
      let outcome = try await harness.run()
      #expect(outcome.failure == "cannot write to `standard output`: No space left on device")
    }
  }

  @Test func `an output that is closed is a failure that names it`() async {
    await #expect(processExitsWith: .success) {
      // What stands in for a closed stream, put there in one step: a number that is free for a moment may be taken by others.
      try #require(dup2(open("/dev/null", O_RDONLY), 1) == 1)
      let harness = Harness(ConsoleWriter.self, clock: .real)
      harness.feed("inbox", ["x"])
      let outcome = try await harness.run()
      #expect(outcome.failure == "cannot write to `standard output`: it has been closed")
    }
  }

  @Test func `what several write to a pipe that is read slowly is not mixed within a message`() async {
    await #expect(processExitsWith: .success) {
      var ends: [Int32] = [-1, -1]
      try #require(pipe(&ends) == 0 && dup2(ends[1], 1) == 1 && close(ends[1]) == 0)
      // F_SETPIPE_SZ, which Swift does not see.
      try #require(fcntl(ends[0], 1031, 4096) > 0)
      let lines = (0..<5000).flatMap {
        ["\(String(repeating: "a", count: 37)) \($0)", "\(String(repeating: "b", count: 37)) \($0)"]
      }
      let count = lines.reduce(0) { $0 + $1.utf8.count + 1 }
      let reader = Task.detached {
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 100)
        while text.count < count {
          let count = read(ends[0], &buffer, buffer.count)
          guard count > 0 else { break }
          text += buffer[..<count]
        }
        return String(decoding: text, as: UTF8.self)
      }
      let graph = try RunningText(
        """
        Ticks(1us, count: 5000) -> Format("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa {}") -> ConsoleWriter()
        Ticks(1us, count: 5000) -> Format("bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb {}") -> ConsoleWriter()
        """)
      #expect(await graph.network.ended().isGood)
      let written = await reader.value.split(separator: "\n").map(String.init)
      #expect(written.sorted() == lines.sorted())
    }
  }

  @Test func `a reader that has gone ends it quietly`() async {
    await #expect(processExitsWith: .success) {
      var ends: [Int32] = [-1, -1]
      try #require(pipe(&ends) == 0 && dup2(ends[1], 1) == 1 && close(ends[0]) == 0)
      let harness = Harness(ConsoleWriter.self, clock: .real)
      harness.feed("inbox", Array(0..<10_000))
      let outcome = try await harness.run()
      #expect(outcome.failure == nil)
      #expect(outcome.hasEnded)
    }
  }
}
