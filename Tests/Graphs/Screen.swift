import Fixtures
import Glibc
import KamaeliaIO

/// A terminal of 80 columns and 24 lines with `kamaelia` on it, as who sits in front of it sees it.
actor Screen {
  private let keyboard: Descriptor
  private let child: Child
  private var shown: [UInt8] = []

  init(_ arguments: [String]) async throws {
    let (master, slave) = try openTerminal(size: (80, 24))
    keyboard = try Descriptor(owning: master, name: "keyboard")
    let terminal = try Descriptor(owning: slave, name: "screen")
    defer { terminal.close() }
    var launch = Launch(BuiltProgram.path(of: "process-probe"), ["terminal", Place.kamaelia] + arguments)
    launch.folder = Place.root
    launch.input = .descriptor(terminal)
    launch.output = .descriptor(terminal)
    launch.error = .descriptor(terminal)
    launch.environment = [
      "PATH": Environment.current["PATH"] ?? "/usr/bin:/bin", "SWIFT_BACKTRACE": "enable=no", "TERM": "xterm",
      "LANG": "C.UTF-8",
    ]
    child = try await Child.start(launch)
  }

  /// Types; `\u{3}` is Ctrl-C and `\u{4}` Ctrl-D.
  func type(_ keys: String) async throws { try await keyboard.write(Array(keys.utf8)) }

  /// Waits until the text is on the screen for so many times in all; false if the program ends without.
  func shows(_ text: String, times: Int = 1) async throws -> Bool {
    while self.text.ranges(of: text).count < times { if try await !look() { return false } }
    return true
  }

  /// Waits for the program's end.
  func finish() async throws -> Exit {
    while try await look() {}
    return try await child.exitStatus()
  }

  /// All that was shown so far, without carriage returns and without what colours it or moves the cursor.
  var text: String {
    String(decoding: shown.filter { $0 != 13 }, as: UTF8.self).replacing(/\u{1B}\[[0-9;?]*[A-Za-z]/, with: "")
  }

  private func look() async throws -> Bool {
    do {
      let more = try await keyboard.read(upTo: 65_536)
      shown += more
      return !more.isEmpty
    } catch let error as SystemError where error.errno == EIO {
      // Nobody has the other side any more.
      return false
    }
  }
}
