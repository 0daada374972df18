import Glibc
import Kamaelia
import KamaeliaIO
import Testing

@testable import KamaeliaComponents

@Suite(.timeLimit(.minutes(1))) struct UnixSocketTests {
  private func server(_ path: String) throws -> RunningText {
    try RunningText(
      """
      server = UnixSocketServer("\(path)", protocol: Echo)
      server.bound -> Tell("bound")

      graph Echo(peer: Text) {
          inbox  heard: Bytes
          outbox said: Bytes
          self.heard -> Lines() -> Prefix("${peer}: ") -> Encode() -> self.said
      }
      """)
  }

  @Test func `A client and a server find each other by a path, which is gone afterwards`() async throws {
    let scratch = try Scratch()
    let path = scratch["socket"]
    let graph = try server(path)
    #expect(await graph.next("bound") == path)
    var facts = stat()
    #expect(stat(path, &facts) == 0)
    #expect(facts.st_mode & 0o777 == 0o600)
    let client = try RunningText("\"hi\" -> Encode() -> UnixSocketClient(\"\(path)\") -> Tell(\"answer\")")
    #expect(await client.all("answer").map(\.text).joined() == "process \(getpid()): hi")
    #expect(await client.network.ended().isGood)
    #expect(await graph.stop().isGood)
    #expect(scratch.names == [])
  }

  @Test func `A path that another program has taken meanwhile stays its own`() async throws {
    let scratch = try Scratch()
    let graph = try server(scratch["socket"])
    #expect(await graph.next("bound") == scratch["socket"])
    try #require(unlink(scratch["socket"]) == 0)
    try #require(leaveSocket(at: scratch["socket"]))
    #expect(await graph.stop().isGood)
    #expect(scratch.names == ["socket"])
  }

  @Test func `A socket that is left over is replaced, and one that is in use is not`() async throws {
    let scratch = try Scratch()
    let path = scratch["socket"]
    // Bound and never removed, as by a program that was killed.
    try #require(leaveSocket(at: path))
    let graph = try server(path)
    #expect(await graph.next("bound") == path)
    let second = try server(path)
    #expect(await second.network.ended().failure?.contains("Address already in use") == true)
    #expect(scratch.names == ["socket"])
    #expect(await graph.stop().isGood)
  }

  @Test func `A file that is no socket stays`() async throws {
    let scratch = try Scratch()
    try scratch.write("file", "precious")
    let graph = try server(scratch["file"])
    #expect(await graph.network.ended().failure?.contains("File exists") == true)
    #expect(scratch.read("file") == "precious")
  }

  @Test func `A path that is too long for the system is an error before launch`() throws {
    let path = Value.text("/" + String(repeating: "x", count: 107))
    #expect(try problem(UnixSocketClient(), ["path": path])?.contains("takes 107 bytes at most") == true)
  }

  private func leaveSocket(at path: String) -> Bool {
    let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(number) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
  }
}
