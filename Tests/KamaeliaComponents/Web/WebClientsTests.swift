import Fixtures
import Foundation
import Kamaelia
import Testing

@testable import KamaeliaComponents

/// Programs that others have written, against servers of ours and clients of ours.
@Suite(.timeLimit(.minutes(1))) struct WebClientsTests {
  static let graph = """
    backplane room: Text

    graph Chat(peer: Text) {
        inbox  said: Text
        outbox heard: Text

        self.said -> @room
        @room -> PassThrough() -> self.heard
    }

    graph Echo {
        inbox  heard: Bytes
        outbox said: Bytes

        self.heard -> PassThrough() -> self.said
    }

    graph News {
        outbox news: Text

        "one\\ntwo\\n" -> Encode() -> Lines() -> self.news
    }

    server = HTTPServer(
        port: 0,
        folder: "FOLDER",
        sockets: [Chat],
        streams: [Echo],
        events: [News],
        routes: [Copy],
        maxContent: 4MiB,
    )
    server.bound -> Tell("port")

    graph Copy {
        inbox  content: Bytes
        outbox answer: Bytes

        self.content -> PassThrough() -> self.answer
    }
    """

  static func start() async throws -> (Scratch, RunningText, UInt16) {
    let scratch = try Scratch()
    try scratch.makeFolder("site")
    try scratch.write("site/index.html", "<p>hello")
    try scratch.write("site/large.txt", String(repeating: "0123456789abcdef", count: 20_000))
    let graph = try RunningText(graph.replacing("FOLDER", with: scratch["site"]))
    return (scratch, graph, try await graph.port())
  }

  /// Runs a script of Python's; its assertions are the test.
  private func python(_ script: String, needing module: String = "sys") async throws {
    let (scratch, graph, port) = try await Self.start()
    let has = try FinishedProgram.run(["python3", "-c", "import \(module)"])
    guard let has else { try Test.cancel("there is no python3") }
    if has.status != 0 { try Test.cancel("python3 has no \(module)") }
    let end = try #require(try FinishedProgram.run(["python3", "-c", script, "\(port)"]))
    #expect(end.status == 0, "\(end.output)")
    #expect(await graph.stop().isGood)
    _ = scratch
  }

  @Test func `Python's http.client keeps a connection, sends chunks and reads them`() async throws {
    try await python(
      """
      import http.client, sys
      c = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=20)
      def ask(*a, **k):
          c.request(*a, **k)
          r = c.getresponse()
          return r.status, r.read(), r.headers
      assert ask("GET", "/")[:2] == (200, b"<p>hello")
      socket = c.sock
      large = ask("GET", "/large.txt")[1]
      assert large == b"0123456789abcdef" * 20000, len(large)
      assert ask("HEAD", "/large.txt")[1:][1]["Content-Length"] == "320000"
      status, content, fields = ask("GET", "/large.txt", headers={"Range": "bytes=16-31"})
      assert (status, content) == (206, b"0123456789abcdef"), (status, content)
      assert ask("GET", "/", headers={"If-None-Match": ask("GET", "/")[2]["ETag"]})[0] == 304
      body = bytes(range(256)) * 4096
      assert ask("POST", "/copy", body=body)[:2] == (200, body)
      assert ask("POST", "/copy", body=iter([body[:10], body[10:]]), encode_chunked=True,
          headers={"Transfer-Encoding": "chunked"})[:2] == (200, body)
      assert ask("GET", "/no")[0] == 404
      assert c.sock is socket
      """)
  }

  @Test func `Python's websockets speaks text, bytes, fragments, pings and closes`() async throws {
    try await python(
      """
      import asyncio, sys, websockets
      url = "ws://127.0.0.1:" + sys.argv[1]
      async def refused(code, coroutine):
          try: await coroutine
          except websockets.InvalidStatus as e: assert e.response.status_code == code, e
          else: assert False, code
      async def closed(code, socket):
          try: await socket.recv()
          except websockets.ConnectionClosed as e: assert e.rcvd.code == code, e
          else: assert False, code
      async def main():
          a = await websockets.connect(url + "/chat", compression="deflate")
          await a.send("first")
          assert await a.recv() == "first"
          b = await websockets.connect(url + "/chat", compression=None)
          await b.send("ü€😀")
          assert await b.recv() == "ü€😀" and await a.recv() == "ü€😀"
          await b.send(["in ", "three ", "pieces"])
          assert await a.recv() == "in three pieces" and await b.recv() == "in three pieces"
          await (await a.ping(b"x" * 125))
          for n in range(1000): await a.send(str(n))
          for n in range(1000): assert await b.recv() == str(n)
          await b.close(1001, "bye")
          assert b.close_code == 1001
          await a.send(b"bytes")
          for n in range(1000): await a.recv()
          await closed(1003, a)
          e = await websockets.connect(url + "/echo", max_size=None)
          for size in (0, 1, 125, 126, 65535, 65536, 1000000):
              await e.send(bytes(size))
              assert await e.recv() == bytes(size), size
          await e.send(bytes(4 << 20) + b"x")
          await closed(1009, e)
          await refused(403, websockets.connect(url + "/chat", origin="https://elsewhere.example"))
          await refused(404, websockets.connect(url + "/none"))
      asyncio.run(main())
      """, needing: "websockets")
  }

  @Test func `curl gets files, ranges and events, and sends content`() async throws {
    let (scratch, graph, port) = try await Self.start()
    func curl(_ words: String...) throws -> String {
      let end = try FinishedProgram.run(["curl", "-s", "--max-time", "20"] + words)
      guard let end else { try Test.cancel("there is no curl") }
      return end.output
    }
    let url = "http://localhost:\(port)"
    #expect(try curl("\(url)/", "\(url)/") == "<p>hello<p>hello")
    #expect(try curl("-r", "0-3,8-9", "\(url)/large.txt").contains("Content-Range: bytes 8-9/320000\r\n\r\n89\r\n"))
    #expect(try curl("--http1.0", "\(url)/") == "<p>hello")
    #expect(try curl("-H", "Expect: 100-continue", "-d", "content", "\(url)/copy") == "content")
    #expect(try curl("-H", "Transfer-Encoding: chunked", "-d", "content", "\(url)/copy") == "content")
    #expect(try curl("-N", "\(url)/news") == "retry: 2000\n\ndata: one\n\ndata: two\n\n")
    #expect(try curl("--path-as-is", "-o", "/dev/null", "-w", "%{http_code}", "\(url)/../secret") == "404")
    let large = String(repeating: "x", count: (4 << 20) + 1)
    try scratch.write("large", large)
    #expect(
      try curl("-o", "/dev/null", "-w", "%{http_code}", "--data-binary", "@\(scratch["large"])", "\(url)/copy") == "413"
    )
    #expect(await graph.stop().isGood)
  }

  @Test func `wrk asks as fast as it can over many connections, and every answer is good`() async throws {
    let (scratch, graph, port) = try await Self.start()
    for page in ["", "large.txt"] {
      let end = try FinishedProgram.run(["wrk", "-t1", "-c32", "-d1s", "http://127.0.0.1:\(port)/\(page)"])
      guard let end else { try Test.cancel("there is no wrk") }
      #expect(
        end.status == 0 && !end.output.contains("Non-2xx") && !end.output.contains("Socket errors"), "\(end.output)")
      #expect(end.output.contains(#/[1-9]\d* requests in /#), "\(end.output)")
    }
    #expect(await graph.stop().isGood)
    _ = scratch
  }

  @Test func `Our WebSocketClient and HTTPClient speak with our server`() async throws {
    let (scratch, graph, port) = try await Self.start()
    let client = try RunningText(
      """
      "a\\nb\\n" -> Encode() -> Lines() -> WebSocketClient("ws://127.0.0.1:\(port)/chat") -> Take(2) -> Tell("heard")
      "http://127.0.0.1:\(port)/" -> HTTPClient() -> Tell("page")
      sent = HTTPClient("http://127.0.0.1:\(port)/copy")
      "content" -> Encode() -> sent.content
      sent -> Tell("copy")
      lost = HTTPClient()
      "http://127.0.0.1:\(port)/nothing" -> lost
      lost -> Discard()
      lost.errors -> Tell("errors")
      """)
    #expect(await client.all("heard").map(\.text) == ["a", "b"])
    #expect(await client.all("page").map(\.text) == ["<p>hello"])
    #expect(await client.all("copy").map(\.text) == ["content"])
    #expect(await client.all("errors").map(\.text).first?.contains("status 404") == true)
    #expect(await client.network.ended().isGood)
    #expect(await graph.stop().isGood)
    _ = scratch
  }

  @Test func `Bytes and JSON go over a WebSocketServer as what they are`() async throws {
    let server = try RunningText(
      """
      server = WebSocketServer(port: 0, protocol: Numbers)
      server.bound -> Tell("port")

      graph Numbers {
          inbox  asked: JSON
          outbox said: JSON

          self.asked -> PassThrough() -> self.said
      }
      """)
    let port = try await server.port()
    let client = try RunningText(
      "\"{\\\"a\\\": [1, 2]}\" -> WebSocketClient(\"ws://127.0.0.1:\(port)/any\") -> Take(1) -> Decode() -> Tell(\"x\")"
    )
    #expect(await client.all("x").map(\.text) == ["{\"a\":[1,2]}"])
    #expect(await client.network.ended().isGood)
    #expect(await server.stop().isGood)
  }

  @Test(arguments: ["", "http://a", "ws://", "ws://a b", "ws://u@a", "ws://a:x", "wss://a"])
  func `What is no address of a WebSocket is an error before launch`(url: String) throws {
    #expect(try problem(WebSocketClient<String, String>(), ["url": .text(url)])?.contains("takes an address") == true)
  }
}
