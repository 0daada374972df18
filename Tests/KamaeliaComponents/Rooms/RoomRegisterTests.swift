import Kamaelia
import Testing

@testable import KamaeliaComponents

@Suite struct RoomRegisterTests {
  /// What comes of requests such as `1 say hello`, as `to or room: line`.
  private func outcome(_ requests: String..., most: Int = 10, longest: Int = 20) throws -> [String] {
    var register = RoomRegister(first: "lobby", most: most, longest: longest)
    return try requests.flatMap { request in
      let parts = request.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
      let verb = try #require(RoomRequest.Verb(rawValue: parts[1]))
      let words = parts.count > 2 ? parts[2] : ""
      return register.take(RoomRequest(visitor: parts[0], verb: verb, words: words)).map { event in
        "\(event.to.isEmpty ? event.room : event.to): \(event.text)"
      }
    }
  }

  @Test func `The first thing that is said is the name, and those in the room learn of it first`() throws {
    #expect(
      try outcome("1 say anna", "2 name bob", "2 say hello") == [
        "lobby: * anna has come", "1: * you are anna, alone in lobby", "lobby: * bob has come",
        "2: * you are bob, in lobby with anna", "lobby: bob: hello",
      ])
  }

  @Test func `A name that is taken gets a number, whatever the case of its letters, and is free after its owner`()
    throws
  {
    #expect(
      try outcome("1 say anna", "2 say ANNA", "3 say anna", "2 leave", "4 say Anna", "4 name bob", "5 say anna2").filter
      {
        $0.contains("you are")
      } == [
        "1: * you are anna, alone in lobby", "2: * you are ANNA2, in lobby with anna",
        "3: * you are anna3, in lobby with anna, ANNA2", "4: * you are Anna2, in lobby with anna, anna3",
        "4: * you are bob, in lobby with anna, anna3", "5: * you are anna2, in lobby with anna, anna3, bob",
      ])
  }

  @Test func `A number fits behind a name that is as long as may be`() throws {
    let long = String(repeating: "a", count: 30)
    let names = try outcome("1 say \(long)", "2 say \(long)").filter { $0.contains("has come") }
    #expect(names == ["lobby: * \(long.dropLast(6)) has come", "lobby: * \(long.dropLast(7))2 has come"])
  }

  @Test func `One's own name in other letters is no other's`() throws {
    #expect(
      try outcome("1 say anna", "1 name Anna", "1 name Anna").dropFirst(2) == [
        "lobby: * anna is now called Anna", "1: * you are Anna, alone in lobby", "1: * you are Anna, alone in lobby",
      ])
  }

  @Test func `Who goes to another room leaves the one before, and a room is called as its first guest wrote it`() throws
  {
    #expect(
      try outcome("1 say anna", "2 say bob", "1 join Garden", "2 join garden", "2 join GARDEN", "2 leave").dropFirst(4)
        == [
          "Garden: * anna has come", "1: * you are anna, alone in Garden", "lobby: * anna has left",
          "Garden: * bob has come", "2: * you are bob, in Garden with anna", "lobby: * bob has left",
          "2: * you are bob, in Garden with anna", "2: * goodbye", "Garden: * bob has left",
        ])
  }

  @Test func `A room that is wanted before there is a name is the first one`() throws {
    #expect(
      try outcome("1 join garden", "1 who", "1 say anna", "1 rooms") == [
        "1: What is your name?", "1: What is your name?", "garden: * anna has come",
        "1: * you are anna, alone in garden",
        "1: * rooms: garden (1)",
      ])
  }

  @Test func `What cannot be is told, and changes nothing`() throws {
    #expect(
      try outcome("1 say !", "1 say anna", "1 name ?", "1 join /", "2 say bob", "1 say  ", "2 leave", most: 1) == [
        "1: * a name has letters or digits in it", "1: What is your name?", "lobby: * anna has come",
        "1: * you are anna, alone in lobby", "1: * a name has letters or digits in it",
        "1: * a room's name has letters or digits in it", "2: * there is no place left: 1 person is here",
        "2: * goodbye",
      ])
  }

  @Test func `What is too long is cut, which is told to who said it`() throws {
    #expect(
      try outcome("1 say anna", "1 say 12345", longest: 4).dropFirst(2) == [
        "lobby: anna: 1234", "1: * that was too long, and was cut to 4 characters",
      ])
  }

  @Test func `Of many names a hundred are listed, and the others counted`() {
    var register = RoomRegister(first: "lobby", most: 1000, longest: 10)
    for number in 1...250 { _ = register.take(RoomRequest(visitor: "\(number)", verb: .say, words: "n\(number)")) }
    let who = register.take(RoomRequest(visitor: "1", verb: .who))
    #expect(who.first?.names == (1...100).map { "n\($0)" })
    #expect(who.first?.words == "and 150 more")
  }

  @Test func `What nobody is any more is not held`() {
    var register = RoomRegister(first: "lobby", most: 1000, longest: 10)
    for number in 1...50 {
      _ = register.take(RoomRequest(visitor: "\(number)", verb: .join, words: "r\(number)"))
      _ = register.take(RoomRequest(visitor: "\(number)", verb: .name, words: "n\(number)"))
    }
    for number in 1...50 { _ = register.take(RoomRequest(visitor: "\(number)", verb: .leave)) }
    #expect(register.isEmpty)
  }

  @Test func `who has chosen a room and has no name takes a place as well`() throws {
    #expect(
      try outcome("1 join a", "2 join b", "2 say bob", "1 leave", "2 say bob", most: 1).filter {
        $0.contains("no place")
      }.count
        == 2)
  }

  @Test func `visitors are told apart by the bytes of their names`() throws {
    let texts = try outcome("\u{e9} say anna", "e\u{301} say bob", most: 10)
    #expect(texts.contains("lobby: * anna has come") && texts.contains("lobby: * bob has come"))
  }
}
