import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct VisitorTests {
  @Test(
    arguments: [
      ("hello", .wants(.say, "hello")), ("  hello ", .wants(.say, "hello ")), ("//who", .wants(.say, "/who")),
      ("/name anna b", .wants(.name, "anna b")), ("/NICK  anna", .wants(.name, "anna")), ("/join", .wants(.join, "")),
      ("/who x", .wants(.who, "")), ("/rooms", .wants(.rooms, "")), ("/quit", .quit), ("/help", .help),
      ("/whois", .unknown("/whois")), ("/", .unknown("/")), (" ", .nothing), ("", .nothing),
    ] as [(String, VisitorLine)])
  func `A line is a command or is said`(line: String, meaning: VisitorLine) {
    #expect(VisitorLine(line) == meaning)
  }

  /// A visitor on a bench, whose name there is that of the component.
  private func run(_ lines: [String], told events: [RoomEvent], isOpen: Bool = false) async throws -> Outcome {
    let harness = Harness(Visitor.self)
    harness.feed("inbox", lines)
    harness.feed("told", at: .seconds(1), events)
    if isOpen { harness.keepOpen("inbox") }
    harness.keepOpen("told")
    return try await harness.run(for: .seconds(60))
  }

  private let bye = RoomEvent(kind: .bye, to: "Visitor")

  @Test func `Hears its own room and what is for it, until it has left`() async throws {
    let outcome = try await run(
      ["anna"],
      told: [
        RoomEvent(kind: .said, room: "lobby", name: "bob", words: "too early"),
        RoomEvent(kind: .you, to: "another", room: "garden", name: "bob"),
        RoomEvent(kind: .you, to: "Visitor", room: "lobby", name: "anna"),
        RoomEvent(kind: .said, room: "lobby", name: "bob", words: "hello"),
        RoomEvent(kind: .said, room: "garden", name: "carl", words: "elsewhere"),
        RoomEvent(kind: .note, to: "another", words: "not for me"), bye,
        RoomEvent(kind: .said, room: "lobby", name: "bob", words: "too late"),
      ])
    #expect(outcome.hasEnded)
    #expect(
      outcome.messages("outbox", as: RoomEvent.self).map(\.text) == [
        "What is your name?", "* you are anna, alone in lobby", "bob: hello", "* goodbye",
      ])
    #expect(outcome.messages("asks", as: RoomRequest.self).map(\.text) == ["Visitor: say anna", "Visitor: leave "])
  }

  @Test func `Answers itself what concerns nobody else, and reads nothing behind the end`() async throws {
    let outcome = try await run(["/help", "", "/x\u{1B}", "/quit", "not sent"], told: [bye], isOpen: true)
    #expect(outcome.hasEnded)
    let shown = outcome.messages("outbox", as: RoomEvent.self).map(\.text)
    #expect(
      shown.count == 4 && shown[1] == "* \(VisitorLine.words)" && shown[2].hasPrefix("* there is no /x␛, only /name"))
    #expect(outcome.messages("asks", as: RoomRequest.self).map(\.verb) == [.leave])
  }

  @Test func `Stays until it is told that it has left`() async throws {
    let outcome = try await run(["anna"], told: [])
    #expect(!outcome.hasEnded)
  }

  @Test func `Says what was typed for two seconds when nobody hears it any more, and leaves`() async throws {
    let harness = Harness(Visitor.self, clock: .virtual)
    harness.leave("outbox", after: 1)
    harness.link("told")
    harness.keepOpen("told")
    for moment in [0, 1, 3] { harness.feed("inbox", at: .seconds(moment), ["at \(moment)"]) }
    harness.keepOpen("inbox")
    let outcome = try await harness.run(for: .seconds(60))
    #expect(
      outcome.messages("asks", as: RoomRequest.self).map(\.text) == [
        "Visitor: say at 0", "Visitor: say at 1", "Visitor: leave ",
      ])
  }

  @Test func `Leaves the room when the rooms have ended`() async throws {
    let harness = Harness(Visitor.self)
    harness.feed("inbox", ["anna"])
    harness.keepOpen("inbox")
    harness.feed("told", [RoomEvent]())
    let outcome = try await harness.run()
    #expect(outcome.hasEnded)
    #expect(outcome.messages("asks", as: RoomRequest.self).map(\.verb) == [.say, .leave])
  }
}
