import Fixtures
import Glibc
import Testing

@testable import KamaeliaIO

extension IO {
  @Suite struct LimitsTests {
    @Test func `The limit of descriptors can be read and set`() throws {
      let before = DescriptorLimit.current
      try DescriptorLimit.set(before - 1)
      #expect(DescriptorLimit.current == before - 1)
      try DescriptorLimit.set(before)
      #expect(DescriptorLimit.current == before)
      #expect(DescriptorLimit.highest >= before)
    }

    @Test func `Usage only grows`() throws {
      let before = Usage.now
      var memory = [UInt8](repeating: 1, count: 50_000_000)
      memory[memory.count / 2] = 2
      let after = Usage.now
      #expect(after.peakMemory >= 50_000_000)
      #expect(after.peakMemory >= before.peakMemory)
      #expect(after.waits >= before.waits)
      #expect(after.userTime + after.systemTime >= before.userTime + before.systemTime)
      #expect(try Usage.residentMemory() >= 50_000_000)
      #expect(memory.contains(2))
    }

    @Test func `A terminal has a size, and a pipe has none`() throws {
      let (master, slave) = try openTerminal()
      var size = winsize(ws_row: 40, ws_col: 100, ws_xpixel: 0, ws_ypixel: 0)
      #expect(ioctl(master, UInt(TIOCSWINSZ), &size) == 0)
      let terminal = try Descriptor(owning: slave, name: "terminal")
      #expect(terminal.isTerminal)
      #expect(Terminal.size(of: terminal) == Terminal.Size(columns: 100, rows: 40))
      let (reading, writing) = try Descriptor.pipe(named: "p")
      #expect(!reading.isTerminal)
      #expect(Terminal.size(of: writing) == nil)
      _ = close(master)
    }

    @Test func `The machine has a name`() async throws {
      #expect(Host.name == (try await lines(of: Launch(#require(Program.find("hostname")))).first))
    }
  }
}
