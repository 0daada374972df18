import Glibc
import KamaeliaIO
import Testing

/// Chat: people on terminals and on pages, in the same rooms.
@Suite(.timeLimit(.minutes(2))) struct ChatTests {
  private static let ports = ["port", "pagePort"]

  private func chat(
    _ fixed: [String: UInt16] = [:], pace: String = "5/s", _ body: (Served) async throws -> Void
  ) async throws {
    try await serving("graphs/chat/server.kgraph", ports: Self.ports, fixed: fixed, "pace=\(pace)", body: body)
  }

  /// Somebody at a terminal who has said a name.
  private func enter(_ name: String, _ server: Served, seeing greeting: String) async throws -> Run {
    let person = try await netcat(server.port("terminal"), "-N")
    #expect(try await person.line() == "What is your name?")
    try await person.type("\(name)\n")
    #expect(try await person.line() == greeting)
    return person
  }

  @Test(.disabled(if: Browser.lack != nil, "\(Browser.lack ?? "")"))
  func `Somebody at the page and somebody at a terminal talk with each other`() async throws {
    try await withBrowser { browser in
      try await chat { server in
        let anna = try await enter("anna", server, seeing: "* you are anna, alone in lobby")
        try await browser.open(server.port("page"))
        try await browser.until("document.getElementById('enter').open")
        try await browser.type("bob <img src=x onerror=alert(1)>\n")
        #expect(try await anna.line() == "* bob img srcx onerrora has come")
        try await anna.type("/name anna b\n")
        #expect(try await anna.line() == "* anna is now called anna b")
        #expect(try await anna.line() == "* you are anna b, in lobby with bob img srcx onerrora")
        try await anna.type("hello <script>document.title = 'taken'</script>\u{1B}[2J\n")
        #expect(try await anna.line() == "anna b: hello <script>document.title = 'taken'</script>␛[2J")
        let words = "[...document.querySelectorAll('.said')].at(-1)?.querySelector('p').textContent"
        try await browser.until("\(words) === \"hello <script>document.title = 'taken'</script>␛[2J\"")
        #expect(try await browser.run("document.querySelectorAll('main script, main img').length") == "0")
        #expect(try await browser.run("document.title") == "lobby · Chat")
        #expect(try await browser.run("document.activeElement.id") == "words")
        try await browser.type("hi anna\n")
        #expect(try await anna.line() == "bob img srcx onerrora: hi anna")
        try await browser.until("\(words) === 'hi anna'")
        #expect(try await browser.run("document.querySelectorAll('.said.mine').length") == "1")
        try await anna.type("", isLast: true)
        try await browser.until("document.getElementById('lines').textContent.includes('anna b has left')")
        #expect(try await browser.run("document.querySelectorAll('#names li').length") == "1")
      }
      #expect(try await browser.complaints() == "[]")
    }
  }

  @Test(.disabled(if: Browser.lack != nil, "\(Browser.lack ?? "")"))
  func `The page comes back with the server, under the same name and in the same room`() async throws {
    try await withBrowser { browser in
      var ports: [String: UInt16] = [:]
      try await chat { server in
        ports = ["port": try server.port("terminal"), "pagePort": try server.port("page")]
        try await browser.open(server.port("page"))
        try await browser.until("document.getElementById('enter').open")
        try await browser.type("bob\n")
        try await browser.until("document.title === 'lobby · Chat'")
        try await browser.type("/join garden\n")
        try await browser.until("document.title === 'garden · Chat'")
        _ = server.run.child.signal(SIGKILL)
        try await browser.until("document.getElementById('connection').dataset.state === 'lost'")
        try await browser.type("lost?\n")
        try await browser.until("document.getElementById('unsent').textContent.startsWith('Not sent')")
      }
      try await chat(ports) { server in
        try await browser.until("document.getElementById('names').textContent === 'bob (you)'")
        let anna = try await enter("anna", server, seeing: "* you are anna, alone in lobby")
        try await anna.type("/join garden\n")
        #expect(try await anna.line() == "* you are anna, in garden with bob")
        try await browser.leave()
        #expect(try await anna.line() == "* bob has left")
      }
    }
  }

  @Test func `On terminals one hears a room from when one comes, who comes and goes, and no harm`() async throws {
    try await chat { server in
      let anna = try await enter("anna", server, seeing: "* you are anna, alone in lobby")
      try await anna.type("before\n")
      #expect(try await anna.line() == "anna: before")
      let bob = try await enter("Anna", server, seeing: "* you are Anna2, in lobby with anna")
      #expect(try await anna.line() == "* Anna2 has come")
      try await bob.type("\u{1B}]0;title\u{7}\u{202E}olleh\tyou\r\n//quit\n")
      for expected in ["Anna2: ␛]0;title␇\u{FFFD}olleh you", "Anna2: /quit"] {
        #expect(try await anna.line() == expected)
        #expect(try await bob.line() == expected)
      }
      try await bob.type("/nonsense\n")
      #expect(try await bob.line()?.hasPrefix("* there is no /nonsense, only /name NAME") == true)
      try await bob.type(
        String(repeating: "x", count: 5000) + "\n" + String(repeating: "y", count: 50_000) + "\n/who\n")
      var told: [String] = []
      while told.count < 4, let line = try await bob.line() { told.append(line) }
      // It comes by a way of its own.
      let notice = "* what you said has a line of more than 16 KiB, which is too long to be passed on"
      #expect(told.contains(notice))
      #expect(
        told.filter { $0 != notice } == [
          "Anna2: " + String(repeating: "x", count: 1000),
          "* that was too long, and was cut to 1000 characters", "* in lobby: anna, Anna2",
        ])
      #expect(try await anna.line() == "Anna2: " + String(repeating: "x", count: 1000))
      try await bob.type("/join Garden\nonly here\n/rooms\n/quit\n")
      #expect(try await anna.line() == "* Anna2 has left")
      #expect(try await bob.line() == "* you are Anna2, alone in Garden")
      #expect(try await bob.line() == "Anna2: only here")
      #expect(try await bob.line() == "* rooms: Garden (1), lobby (1)")
      #expect(try await bob.line() == "* goodbye")
      // The server has closed; netcat stays until its own input ends.
      try await bob.type("", isLast: true)
      #expect(try await bob.line() == nil)
      let carl = try await enter("carl", server, seeing: "* you are carl, in lobby with anna")
      #expect(try await anna.line() == "* carl has come")
      _ = carl.child.signal(SIGKILL)
      #expect(try await anna.line() == "* carl has left")
      let short = try await netcat(server.port("terminal"), "-N", input: "dora\n/who\n")
      #expect(
        try await short.finish().output
          == "What is your name?\n* you are dora, in lobby with anna\n* in lobby: anna, dora\n* goodbye\n")
    }
  }

  @Test(.enabled(if: Program.find("python3") != nil, "python3 is missing"))
  func `One who reads nothing loses the oldest lines, and holds up nobody`() async throws {
    try await chat(pace: "1000000/s") { server in
      let said = try await python(Self.slow, try server.port("terminal"))
      #expect(said == "the patient one has heard all, the slow one the newest\n")
    }
  }

  private static let slow = """
    import socket, sys
    port = int(sys.argv[1])
    # More than the system and the graph keep for one who reads nothing.
    kept = int(open("/proc/sys/net/ipv4/tcp_wmem").read().split()[2]) + (3 << 20)
    count = kept // 20000 * 20

    class Person:
        def __init__(self, name, room_for=None):
            self.socket = socket.socket()
            if room_for: self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room_for)
            self.socket.connect(("127.0.0.1", port))
            self.lines = self.socket.makefile("r", encoding="utf-8", newline="\\n")
            assert self.line() == "What is your name?"
            self.say(name)
            assert self.line().startswith("* you are " + name)

        def say(self, text): self.socket.sendall((text + "\\n").encode())
        def line(self): return self.lines.readline().rstrip("\\n")

    slow = Person("slow", 4096)
    speaker = Person("speaker")
    for number in range(count):
        speaker.say(f"{number} " + "x" * 990)
        if number % 20 == 19:
            for expected in range(number - 19, number + 1):
                assert speaker.line().startswith(f"speaker: {expected} x"), expected
    assert slow.line() == "* speaker has come"
    heard = []
    while not heard or heard[-1] < count - 1: heard.append(int(slow.line().split()[1]))
    assert heard == sorted(set(heard)), "not in order"
    assert len(heard) < count, "nothing was lost"
    print("the patient one has heard all, the slow one the newest")
    """

  @Test(.enabled(if: Program.find("python3") != nil, "python3 is missing"))
  func `A client of another make is in the room, and what it may not do is refused`() async throws {
    try await chat { server in
      let anna = try await enter("anna", server, seeing: "* you are anna, alone in lobby")
      async let said = python(Self.client, try server.port("page"))
      #expect(try await anna.line() == "* bob has come")
      #expect(try await anna.line() == "bob: one␊two")
      try await anna.type("hello\n")
      #expect(try await anna.line() == "anna: hello")
      #expect(try await anna.line() == "* bob has left")
      #expect(try await said == "as it should be\n")
    }
  }

  private static let client = """
    import asyncio, json, sys, websockets
    url = f"ws://localhost:{sys.argv[1]}/chat"
    async def main():
        async with websockets.connect(url) as bob:
            async def hear():
                return json.loads(await bob.recv())
            assert (await hear())["kind"] == "ask"
            await bob.send("bob")
            you = await hear()
            assert (you["kind"], you["name"], you["room"], you["names"]) == ("you", "bob", "lobby", ["anna", "bob"]), you
            await bob.send("one\\ntwo")
            said = await hear()
            assert (said["kind"], said["name"], said["text"]) == ("said", "bob", "one\\u240atwo"), said
            said = await hear()
            assert (said["name"], said["text"]) == ("anna", "hello"), said
        async with websockets.connect(url) as loud:
            await loud.send("x" * 20000)
            try:
                while True: await loud.recv()
            except websockets.ConnectionClosed as end:
                assert end.rcvd.code == 1009, end
        try:
            async with websockets.connect(url, origin="https://elsewhere.example"):
                assert False, "a page of another site may connect"
        except websockets.InvalidStatus as refusal:
            assert refusal.response.status_code == 403
        print("as it should be")
    asyncio.run(main())
    """
}
