import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct RoomsTests {
  @Test func `Says what comes of each request, in their order, and ends with them`() async throws {
    let harness = Harness(Rooms.self, ["first": "attic"])
    harness.feed(
      "inbox",
      [
        RoomRequest(visitor: "1", verb: .say, words: "anna"), RoomRequest(visitor: "1", verb: .say, words: "hello"),
        RoomRequest(visitor: "1", verb: .leave),
      ])
    let outcome = try await harness.run()
    #expect(outcome.hasEnded)
    #expect(
      outcome.messages("outbox", as: RoomEvent.self).map(\.text) == [
        "* anna has come", "* you are anna, alone in attic", "anna: hello", "* goodbye", "* anna has left",
      ])
  }

  @Test func `A first room without a name is an error before launch`() throws {
    #expect(try problem(Rooms(), ["first": "!"])?.contains("`first`") == true)
    #expect(try problem(Rooms(), ["first": "attic"]) == nil)
  }

  @Test func `Requests and events are records that a graph can write`() throws {
    let request = RoomRequest(visitor: "1", verb: .join, words: "attic")
    let literal: Value = .record([.init("visitor", "1"), .init("verb", "join"), .init("text", "attic")])
    #expect(RoomRequest(literal: literal) == request)
    #expect(RoomRequest(literal: .record([.init("visitor", "1"), .init("verb", "dance"), .init("text", "")])) == nil)
    let event = RoomEvent(kind: .who, to: "1", room: "attic", names: ["anna"])
    let fields: [Value.Field] = [
      .init("kind", "who"), .init("to", "1"), .init("room", "attic"), .init("name", ""), .init("text", ""),
      .init("names", .list(["anna"])),
    ]
    #expect(RoomEvent(literal: .record(fields)) == event)
    #expect(RoomEvent(literal: .record(Array(fields.dropLast()))) == nil)
    #expect(
      event.json.encoded
        == #"{"kind":"who","to":"1","room":"attic","name":"","text":"","names":["anna"]}"#)
  }
}
