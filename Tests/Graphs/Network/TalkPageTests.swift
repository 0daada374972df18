import Fixtures
import Glibc
import KamaeliaIO
import Testing

/// The page of Talk, in a browser and for other clients of HTTP.
@Suite(.timeLimit(.minutes(2))) struct TalkPageTests {
  private static let ports = ["presenterPort", "listenerPort", "pagePort"]

  private func talk(_ fixed: [String: UInt16] = [:], _ body: (Served) async throws -> Void) async throws {
    try await serving("graphs/talk/server.kgraph", ports: Self.ports, fixed: fixed, body: body)
  }

  /// Says lines, and has left when this is done.
  private func say(_ text: String, to server: Served) async throws {
    let presenter = try await netcat(server.port("presenter"), "-N", input: text)
    #expect(try await presenter.finish().status == .exited(0))
  }

  private static let isLive = "document.getElementById('connection').dataset.state === 'live'"

  /// Whether all words of a line are shown.
  private static func shows(_ line: String) -> String {
    "[...document.querySelectorAll('.line')].some(line => line.textContent === \(line.debugDescription)"
      + " && !line.querySelector('span:not(.on)'))"
  }

  @Test(.disabled(if: Browser.lack != nil, "\(Browser.lack ?? "")"))
  func `The page shows what the presenter types, and comes back by itself when the server does`() async throws {
    try await withBrowser { browser in
      var ports: [String: UInt16] = [:]
      try await talk { server in
        ports = Dictionary(uniqueKeysWithValues: try Self.ports.map { ($0, try server.port(String($0.dropLast(4)))) })
        try await browser.open(server.port("page"))
        try await browser.until(Self.isLive)
        try await say("grüße aus <b>Köln</b>\n<script>document.title = 'taken'</script>\nzwei\u{1B}[2J\n", to: server)
        try await browser.until(Self.shows("grüße aus <b>Köln</b>"))
        try await browser.until(Self.shows("<script>document.title = 'taken'</script>"))
        try await browser.until(Self.shows("zwei␛[2J"))
        #expect(try await browser.run("document.title") == "Talk")
        #expect(try await browser.run("document.querySelectorAll('main script, main b').length") == "0")
        #expect(
          try await browser.run("document.querySelector('[role=log]').contains(document.querySelector('.line'))")
            == "true")
        _ = server.run.child.signal(SIGKILL)
        try await browser.until("document.getElementById('connection').dataset.state === 'lost'")
      }
      try await talk(ports) { server in
        try await browser.until(Self.isLive)
        try await say("here again\n", to: server)
        try await browser.until(Self.shows("here again"))
        #expect(try await browser.run("document.querySelectorAll('.away').length") == "1")
      }
      #expect(try await browser.complaints() == "[]")
    }
  }

  @Test(.disabled(if: Browser.lack != nil, "\(Browser.lack ?? "")"))
  func `Words wait while the page pauses, and who is behind can catch up with the keyboard`() async throws {
    try await withBrowser { browser in
      try await talk { server in
        try await browser.screen(width: 390, height: 844, isCalm: true)
        try await browser.open(server.port("page"))
        try await browser.until(Self.isLive)
        try await browser.press(" ")
        try await browser.until("document.getElementById('pause').getAttribute('aria-pressed') === 'true'")
        try await say("one two three\nfour\n", to: server)
        try await browser.until("document.getElementById('behind').textContent.startsWith('4 words behind')")
        #expect(try await browser.run("document.querySelectorAll('.line').length") == "0")
        try await browser.press("n")
        try await browser.until(Self.shows("one two three"))
        try await browser.until(Self.shows("four"))
        #expect(try await browser.run("document.documentElement.scrollWidth <= innerWidth") == "true")
      }
      #expect(try await browser.complaints() == "[]")
    }
  }

  @Test(.enabled(if: Program.find("curl") != nil, "curl is missing"))
  func `curl gets the page with its policy, and hears what is said as events`() async throws {
    try await talk { server in
      let url = "http://localhost:\(try server.port("page"))/"
      let curl = [try #require(Program.find("curl"))]
      let page = try await Run(["-si", url], program: curl).finish().output
      #expect(page.hasPrefix("HTTP/1.1 200 OK\r\n"))
      #expect(page.contains("\r\nContent-Security-Policy: frame-ancestors 'none'"))
      #expect(page.contains("\r\nContent-Type: text/html; charset=utf-8\r\n"))
      #expect(try page.hasSuffix(Place.read("graphs/talk/page/index.html")))
      let events = try await Run(["-sN", "\(url)heard"], program: curl)
      // The first event has nothing in it, and comes as soon as the page is heard.
      #expect(try await events.line() == "retry: 2000")
      #expect(try await events.line() == "")
      #expect(try await events.line() == "data: ")
      try await say("Hello\nworld\n", to: server)
      #expect(try await events.line() == "")
      #expect(try await events.line() == "data: Hello")
      #expect(try await events.line() == "")
      #expect(try await events.line() == "data: world")
      _ = events.child.signal(SIGTERM)
      _ = try await events.finish()
    }
  }

  @Test(.enabled(if: Program.find("python3") != nil, "python3 is missing"), arguments: ["talk", "chat"])
  func `The policy of a page names its own style and script, and nothing from elsewhere`(graph: String) async throws {
    let named = try await python(Self.policy, "\(Place.root)/graphs/\(graph)/page/index.html")
    #expect(named == "as the policy says\n")
    let page = try Place.read("graphs/\(graph)/page/index.html")
    #expect(page.contains("content=\"default-src 'none'; "))
    #expect(page.matches(of: #/(src|href)="(?!data:)/#).isEmpty)
    #expect(page.matches(of: #/\sstyle=|\son\w+="|innerHTML|insertAdjacentHTML|document\.write/#).isEmpty)
  }

  /// Says what the policy should have instead where it is not right.
  private static let policy = """
    import base64, hashlib, re, sys
    page = open(sys.argv[1], encoding="utf-8", newline="").read()
    wrong = []
    for tag in ("style", "script"):
        parts = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.S)
        assert len(parts) == 1, f"there are {len(parts)} of {tag}"
        digest = base64.b64encode(hashlib.sha256(parts[0].encode()).digest()).decode()
        if f"{tag}-src 'sha256-{digest}'" not in page: wrong.append(f"{tag}-src 'sha256-{digest}'")
    print("as the policy says" if not wrong else f"the policy should have {wrong}")
    """
}
