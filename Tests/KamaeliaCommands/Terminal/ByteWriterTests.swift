import Foundation
import Glibc
import Testing

@testable import KamaeliaCommands

struct ByteWriterTests {
  @Test func `a full pipe is waited for, and all arrives in order`() async throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    #expect(fcntl(ends[1], F_SETFL, O_NONBLOCK) == 0)
    let (reader, descriptor) = (ends[0], ends[1])
    let text = (0..<200_000).map { "\($0)\n" }.joined()
    let thread = Thread {
      do { try ByteWriter(descriptor: descriptor).write(text) } catch { Issue.record(error) }
      close(descriptor)
    }
    thread.start()
    var received: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = read(reader, &buffer, buffer.count)
      if count == 0 { break }
      if count > 0 { received += buffer[..<count] }
    }
    close(reader)
    #expect(received == Array(text.utf8))
  }

  @Test func `a reader that has gone is told apart from other failures`() {
    signal(SIGPIPE, SIG_IGN)
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    close(ends[0])
    #expect(throws: ByteWriter.Failure.closed) { try ByteWriter(descriptor: ends[1]).write("x") }
    close(ends[1])
    let full = open("/dev/full", O_WRONLY | O_CLOEXEC)
    #expect(throws: ByteWriter.Failure.system(ENOSPC)) { try ByteWriter(descriptor: full).write("x") }
    close(full)
    #expect(throws: ByteWriter.Failure.system(EBADF)) { try ByteWriter(descriptor: -1).write("x") }
  }
}
