import Kamaelia
import Testing

@testable import KGraph

/// What the plan says of linkages, restarts, literals and graphs as values.
@Suite struct LinkageTests {
  private func options(_ text: String) -> [String] {
    let checked = check(text)
    #expect(checked.words == [])
    return (checked.plan?.linkages ?? []).map { linkage in
      let options = linkage.options
      let bytes = options.byteCapacity == .max ? "" : " \(Value.size(options.byteCapacity))"
      let time = options.timeToLive.map { " \(Value.duration($0))" } ?? ""
      return "\(options.capacity)\(bytes) \(options.overflow.rawValue)\(time)"
    }
  }

  @Test(arguments: [
    ("Ticks() -> ConsoleWriter()", ["256 block"]),
    ("FileReader(\"a\") -> ConsoleWriter()", ["256 16MiB block"]),
    ("Ticks() -[8, dropOldest, ttl: 5s]-> ConsoleWriter()", ["8 dropOldest 5s"]),
    ("Ticks() -[1MiB]-> ConsoleWriter()", ["256 1MiB block"]),
    ("Ticks() -[latest]-> ConsoleWriter()", ["1 latest"]),
    ("param n: Int = 3\nTicks() -[$n, fail]-> ConsoleWriter()", ["3 fail"]),
    (
      "defaults { capacity: 64, overflow: dropNewest }\nTicks() -> Tee() -[8]-> ConsoleWriter()",
      ["64 dropNewest", "8 dropNewest"]
    ),
    // What is said outside counts before what is said inside, and arrows before defaults.
    (
      """
      graph G {
        inbox i: Int
        defaults { capacity: 4, overflow: fail }
        self -[16, ttl: 1s]-> ConsoleWriter()
      }
      defaults { capacity: 9 }
      Ticks() -> G()
      Ticks() -[32]-> G()
      Ticks() -[dropOldest]-> G()
      """, ["16 fail 1s", "32 fail 1s", "16 dropOldest 1s"]
    ),
    (
      """
      graph G {
        outbox o: Int
        Ticks() -[16, dropOldest]-> self
      }
      graph H {
        inbox i: Int
        self -[fail]-> ConsoleWriter()
      }
      G() -> H()
      G() -[block]-> H()
      """, ["16 dropOldest", "16 block"]
    ),
  ]) func `options of linkages`(_ text: String, _ words: [String]) {
    #expect(options(text) == words)
  }

  @Test func `restarts are inherited by what is inside a graph`() throws {
    let checked = check(
      """
      graph G {
        Ticks() -> ConsoleWriter() restart never
      }
      G() restart onFailure(max: 2, within: 10s, backoff: 1s...8s)
      ConsoleReader() restart always(backoff: 2s) -> Discard()
      """)
    #expect(checked.words == [])
    let plan = try #require(checked.plan)
    #expect(
      plan.instances.map(\.restart) == [
        RestartPolicy(.onFailure, limit: 2, window: .seconds(10), backoff: .seconds(1)...(.seconds(8))), .never,
        RestartPolicy(.always, backoff: .seconds(2)...(.seconds(2))), .never,
      ])
  }

  @Test func `literals go where they lead, one by one where elements are taken`() throws {
    let checked = check(
      """
      graph G {
        inbox i: Double
        self -> [Sum(), Discard()]
      }
      [1, 2] -> G()
      "a" -> [ConsoleWriter(), Uppercase()]
      [1, 2] -> ConsoleWriter()
      backplane room: Text
      "hello" -> @room
      @room -> ConsoleWriter()
      """)
    #expect(checked.words == [])
    let plan = try #require(checked.plan)
    #expect(
      plan.literals.map { "\($0.value) -> \(plan.words(of: $0.to))" } == [
        "1.0 -> G#1/Sum#1.inbox", "2.0 -> G#1/Sum#1.inbox", "1.0 -> G#1/Discard#1.inbox", "2.0 -> G#1/Discard#1.inbox",
        "\"a\" -> ConsoleWriter#1.inbox", "\"a\" -> Uppercase#1.inbox", "[1, 2] -> ConsoleWriter#2.inbox",
        "\"hello\" -> @room",
      ])
  }

  @Test(arguments: [
    (
      "graph S {\n  inbox i: Text\n  outbox o: Int\n  self -> Discard()\n  Ticks() -> self\n}\nc = Carousel(S)\nConsoleReader() -> c.next\nc -> ConsoleWriter()",
      "T = Text, U = Int"
    ),
    ("c = Carousel(Uppercase)\nConsoleReader() -> c.next\nc -> ConsoleWriter()", "T = Text, U = Text"),
    ("c = Carousel(PassThrough)\nConsoleReader() -> [c, c.next]\nc -> ConsoleWriter()", "T = Text, U = Text"),
    ("c = Sequence([Ticks, Ticks])\nc -> ConsoleWriter()", "T = Int"),
    (
      "graph H(g: Graph(inbox: Text, outbox: Text)) {\n  outbox o: Text\n  c = Carousel($g)\n  Ticks() -> c.next\n  c -> self\n}\nH(g: Uppercase) -> ConsoleWriter()",
      "T = Text, U = Text"
    ),
  ]) func `graphs as values find the types of their hosts`(_ text: String, _ types: String) throws {
    let checked = check(text)
    #expect(checked.words == [])
    let host = try #require(checked.plan?.instances.first { ["Carousel", "Sequence"].contains($0.component) })
    #expect(host.types.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }.joined(separator: ", ") == types)
    let value = try #require(host.arguments["graph"] ?? host.arguments["graphs"])
    var references: [GraphReference] = []
    switch value {
    case .graph(let reference): references = [reference]
    case .list(let values): for case .graph(let reference) in values { references.append(reference) }
    default: break
    }
    #expect(!references.isEmpty)
    for reference in references {
      let (plan, problems) = try #require(reference.template as? PlanTemplate).plan([:])
      #expect(problems == [])
      #expect(plan?.isSound == true)
      #expect(plan?.outboxes.count == 1)
    }
  }

  @Test func `a template sees the backplanes around the instance that makes it`() throws {
    let checked = check(
      """
      graph Room {
        backplane talk: Text
        graph Guest {
          inbox i: Bytes
          outbox o: Bytes
          self -> Lines() -> @talk
          @talk -> Encode() -> self
        }
        TCPServer(port: 0, protocol: Guest)
      }
      a = Room()
      b = Room()
      """)
    #expect(checked.words == [])
    let plan = try #require(checked.plan)
    #expect(plan.backplanes.map(\.path) == ["a/talk", "b/talk"])
    for (instance, path) in zip(plan.instances, ["a/talk", "b/talk"]) {
      guard case .graph(let reference)? = instance.arguments["protocol"] else {
        Issue.record("no graph")
        continue
      }
      let made = try #require((reference.template as? PlanTemplate)?.plan([:]).0)
      #expect(made.linkages.map(made.words).contains("Lines#1.outbox -> @\(path): Text"))
    }
  }
}
