import Foundation
import Glibc
import KamaeliaIO
import Testing

/// Clients that take all the time in the world, and what others notice of them.
@Suite(.timeLimit(.minutes(1))) struct SlowClientsTests {
  /// A kind of slowness.
  struct Kind: CustomTestStringConvertible {
    let name: String
    /// What has slowhttptest be so.
    let options: [String]
    let path: String
    /// Whether the server is through with all of them by the end of the test.
    let areClosed: Bool
    var testDescription: String { name }

    static let all = [
      Kind(name: "headers", options: ["-H", "-i", "1", "-x", "10"], path: "/", areClosed: true),
      Kind(name: "body", options: ["-B", "-i", "1", "-x", "10", "-s", "100000"], path: "/copy", areClosed: true),
      Kind(name: "read", options: ["-X", "-w", "10", "-y", "20", "-z", "5"], path: "/large.txt", areClosed: false),
    ]
  }

  private func served(_ more: String, _ body: (UInt16, Run) async throws -> Void) async throws {
    let port = try freePort()
    try await withFolder { folder in
      try Data("hello".utf8).write(to: URL(filePath: "\(folder)/index.html"))
      try Data(repeating: 120, count: 1 << 20).write(to: URL(filePath: "\(folder)/large.txt"))
      let graph = """
        HTTPServer(\(port), folder: "\(folder)", routes: [Copy]\(more))
        graph Copy {
            inbox  content: Bytes
            outbox answer: Bytes
            self.content -> PassThrough() -> self.answer
        }
        """
      let finished = try await running(graph) { run in
        try await untilListened(to: port)
        try await body(port, run)
      }
      #expect(finished.status == .exited(0), "\(finished.errors)")
    }
  }

  /// What the server answers to one who is quick.
  private func ask(_ port: UInt16) async throws -> String {
    let connection = try await Connection.open(to: .v4([127, 0, 0, 1], port: port))
    defer { connection.close() }
    try await connection.write(Array("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8))
    return String(decoding: try await connection.descriptor.readToEnd(limit: 10_000), as: UTF8.self)
  }

  /// A connection that has been served, and stays.
  private func hold(_ port: UInt16) async throws -> Connection {
    let connection = try await Connection.open(to: .v4([127, 0, 0, 1], port: port))
    try await connection.write(Array("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8))
    let answer = try await connection.read(upTo: 1000)
    if answer.isEmpty { throw SystemError(errno: ECONNRESET, operation: .read, path: "") }
    return connection
  }

  @Test(.enabled(if: Program.find("slowhttptest") != nil, "slowhttptest is missing"), arguments: Kind.all)
  func `Others are answered while slowhttptest is slow, and who is too slow is closed`(_ kind: Kind) async throws {
    try await served(", patience: 1s") { port, _ in
      let slow = try await Run(
        kind.options + ["-c", "100", "-r", "100", "-p", "5", "-l", "3", "-u", "http://127.0.0.1:\(port)\(kind.path)"],
        program: [try #require(Program.find("slowhttptest"))])
      async let finished = slow.finish()
      let asking = Task {
        var count = 0
        while !Task.isCancelled {
          let answer: String
          do { answer = try await ask(port) } catch is CancellationError { break }
          #expect(answer.hasPrefix("HTTP/1.1 200 ") && answer.hasSuffix("hello"))
          count += 1
        }
        return count
      }
      let said = try await finished.output.replacing(#/\u{1B}\[[0-9;]*[A-Za-z]/#, with: "")
      asking.cancel()
      #expect(try await asking.value > 0)
      #expect(said.contains(#/service available: *YES/#) && !said.contains(#/service available: *NO/#), "\(said)")
      #expect(said.contains("No open connections left") == kind.areClosed, "\(said)")
    }
  }

  @Test(.enabled(if: Program.find("python3") != nil, "python3 is missing"), arguments: Kind.all.map(\.name))
  func `A slow client costs less than 32 KiB, and one that reads slowly less than 64`(_ kind: String) async throws {
    try await served("") { port, run in
      let said = try await client("slow.py", [kind, port, run.child.pid, 500])
      let match = try #require(said.firstMatch(of: #/^500 held, (-?\d+) bytes each/#), "\(said)")
      // What is under way to one who reads slowly comes on top.
      #expect(try #require(Int(match.1)) < (kind == "read" ? 64 : 32) << 10)
    }
  }

  @Test func `An address that has its share of connections is turned away, and served again once it has room`()
    async throws
  {
    try await served(", maxPerAddress: 3") { port, run in
      var held: [Connection] = []
      // The first may still share with whoever has tried the port.
      while held.count < 3 { if let one = try? await hold(port) { held.append(one) } }
      await #expect(throws: SystemError.self) {
        if try await ask(port).isEmpty { throw SystemError(errno: ECONNRESET, operation: .read, path: "") }
      }
      held[0].close()
      // It learns of that before long.
      while (try? await ask(port))?.hasPrefix("HTTP/1.1 200 ") != true { await Task.yield() }
    }
  }
}
