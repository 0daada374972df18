import Glibc
import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct ConsoleReaderTests {
  @Test func `lines come from a pipe, the last one without an end`() async {
    await #expect(processExitsWith: .success) {
      try giveInput("one\r\ntwo\n\nthree")
      let outcome = try await Harness(ConsoleReader.self, clock: .real).run()
      #expect(outcome.messages("outbox", as: String.self) == ["one", "two", "", "three"])
      #expect(outcome.hasEnded)
    }
  }

  @Test func `the mode of a shared standard input stays as it is`() async {
    await #expect(processExitsWith: .success) {
      try giveInput("one\n")
      let mode = fcntl(0, F_GETFL)
      let outcome = try await Harness(ConsoleReader.self, clock: .real).run()
      #expect(outcome.hasEnded)
      #expect(fcntl(0, F_GETFL) == mode)
    }
  }

  @Test func `no input at all is an end at once`() async {
    await #expect(processExitsWith: .success) {
      try #require(dup2(open("/dev/null", O_RDONLY), 0) == 0)
      let outcome = try await Harness(ConsoleReader.self, clock: .real).run()
      #expect(outcome.messages("outbox", as: String.self) == [])
      #expect(outcome.hasEnded)
    }
  }

  @Test func `a line that is too long goes elsewhere, and the others come`() async {
    await #expect(processExitsWith: .success) {
      try giveInput("ok\nabcdef\nend\n")
      let outcome = try await Harness(ConsoleReader.self, ["longest": .size(4)], clock: .real).run()
      #expect(outcome.failure == nil)
      #expect(outcome.messages("outbox", as: String.self) == ["ok", "end"])
      #expect(outcome.messages("tooLong", as: Bytes.self) == ["abcd", "ef\n"])
    }
  }

  @Test func `it ends with its readers, though nobody types`() async {
    await #expect(processExitsWith: .success) {
      // The end to write to stays open, so that there is no end of input.
      try giveInput("one\n", isLast: false)
      let (texts, ending) = try await witness(ConsoleReader.self, [:], steps: [look])
      #expect(texts == ["one"])
      guard case .finished = ending else { return #expect(Bool(false), "\(ending)") }
    }
  }
}

/// Makes standard input a pipe that holds `text`.
private func giveInput(_ text: String, isLast: Bool = true) throws {
  var ends: [Int32] = [-1, -1]
  try #require(pipe(&ends) == 0)
  try #require(write(ends[1], text, text.utf8.count) == text.utf8.count && dup2(ends[0], 0) == 0)
  if isLast { close(ends[1]) }
}
