import Kamaelia

/// Who is in which room under which name, and what comes of what they want.
///
/// It holds something for each visitor who has asked for anything and not left, and for rooms as long as somebody is in them.
struct RoomRegister {
  private struct Person {
    /// Nil until the visitor has said it.
    var name: String?
    /// Where the visitor is, or will be once there is a name.
    var room: String
  }

  /// The room that a visitor is in at first.
  let first: String
  /// How many people there are at most.
  let most: Int
  /// The most characters that are said at once.
  let longest: Int

  private var people: [TextKey: Person] = [:]
  // Names that look the same are the same, however their accents are written: nobody shall pass for somebody else.
  /// Folded names.
  private var taken: Set<String> = []  // Texts of people: equal as they read them.
  /// By their folded names, with those who are there in the order in which they came.
  private var rooms: [String: (name: String, visitors: [TextKey])] = [:]  // Texts of people: equal as they read them.

  /// The most names that are listed at once.
  private static let listed = 100

  init(first: String, most: Int, longest: Int) {
    self.first = RoomWords.name(first)
    self.most = most
    self.longest = longest
  }

  /// Whether nobody is here.
  var isEmpty: Bool { people.isEmpty && taken.isEmpty && rooms.isEmpty }

  /// What comes of a request, in the order in which it happens.
  mutating func take(_ request: RoomRequest) -> [RoomEvent] {
    let visitor = request.visitor
    let person = people[TextKey(visitor)] ?? Person(name: nil, room: first)
    switch request.verb {
    case .leave: return [RoomEvent(kind: .bye, to: visitor)] + leave(visitor, person)
    case .name: return name(visitor, person, request.words)
    case .join: return join(visitor, person, request.words)
    case .rooms: return [listRooms(for: visitor)]
    case .say:
      guard let name = person.name else { return self.name(visitor, person, request.words) }
      return say(visitor, name, in: person.room, request.words)
    case .who:
      guard person.name != nil else { return [Self.ask(visitor)] }
      return [list(.who, person.room, to: visitor)]
    }
  }

  /// Asks a visitor for a name.
  static func ask(_ visitor: String) -> RoomEvent { RoomEvent(kind: .ask, to: visitor, words: "What is your name?") }

  private static func note(_ words: String, to visitor: String) -> RoomEvent {
    RoomEvent(kind: .note, to: visitor, words: words)
  }

  // MARK: What they want

  private func say(_ visitor: String, _ name: String, in room: String, _ words: String) -> [RoomEvent] {
    let (text, isWhole) = RoomWords.said(words, longest: longest)
    guard !text.allSatisfy(\.isWhitespace) else { return [] }
    let said = RoomEvent(kind: .said, room: shown(room), name: name, words: text)
    return isWhole
      ? [said] : [said, Self.note("that was too long, and was cut to \(counted(longest, "character"))", to: visitor)]
  }

  private mutating func name(_ visitor: String, _ person: Person, _ words: String) -> [RoomEvent] {
    let wanted = RoomWords.name(words)
    guard !wanted.isEmpty else {
      let ask = person.name == nil ? [Self.ask(visitor)] : []
      return [Self.note("a name has letters or digits in it", to: visitor)] + ask
    }
    if let refusal = refusal(of: visitor) { return [refusal] }
    if let old = person.name { taken.remove(RoomWords.folded(old)) }
    let name = free(wanted)
    taken.insert(RoomWords.folded(name))
    people[TextKey(visitor)] = Person(name: name, room: person.room)
    guard let old = person.name else { return enter(visitor, name, person.room) }
    let renamed = RoomEvent(kind: .renamed, room: shown(person.room), name: old, words: name)
    return (old == name ? [] : [renamed]) + [list(.you, person.room, to: visitor, name: name)]
  }

  private mutating func join(_ visitor: String, _ person: Person, _ words: String) -> [RoomEvent] {
    let room = RoomWords.name(words)
    guard !room.isEmpty else { return [Self.note("a room's name has letters or digits in it", to: visitor)] }
    if let refusal = refusal(of: visitor) { return [refusal] }
    guard let name = person.name else {
      people[TextKey(visitor)] = Person(name: nil, room: room)
      return [Self.ask(visitor)]
    }
    guard RoomWords.folded(room) != RoomWords.folded(person.room) else {
      return [list(.you, person.room, to: visitor, name: name)]
    }
    people[TextKey(visitor)] = Person(name: name, room: room)
    let left = leaving(visitor, name, person.room)
    return enter(visitor, name, room) + left
  }

  private mutating func leave(_ visitor: String, _ person: Person) -> [RoomEvent] {
    people[TextKey(visitor)] = nil
    guard let name = person.name else { return [] }
    taken.remove(RoomWords.folded(name))
    return leaving(visitor, name, person.room)
  }

  /// What a visitor is told who is not known yet and for whom there is no place.
  private func refusal(of visitor: String) -> RoomEvent? {
    if people[TextKey(visitor)] != nil || people.count < most { return nil }
    return Self.note("there is no place left: \(counted(most, "person is", "people are")) here", to: visitor)
  }

  // MARK: Rooms

  /// Those in the room learn of it before the visitor is one of them.
  private mutating func enter(_ visitor: String, _ name: String, _ room: String) -> [RoomEvent] {
    rooms[RoomWords.folded(room), default: (room, [])].visitors.append(TextKey(visitor))
    return [RoomEvent(kind: .joined, room: shown(room), name: name), list(.you, room, to: visitor, name: name)]
  }

  private mutating func leaving(_ visitor: String, _ name: String, _ room: String) -> [RoomEvent] {
    let event = RoomEvent(kind: .left, room: shown(room), name: name)
    let key = RoomWords.folded(room)
    rooms[key]?.visitors.removeAll { $0 == TextKey(visitor) }
    if rooms[key]?.visitors.isEmpty == true { rooms[key] = nil }
    return [event]
  }

  /// A room's name as the one wrote it who came first.
  private func shown(_ room: String) -> String { rooms[RoomWords.folded(room)]?.name ?? room }

  /// The name, with a number behind it if it is taken.
  private func free(_ wanted: String) -> String {
    var name = wanted
    var number = 1
    while taken.contains(RoomWords.folded(name)) {
      number += 1
      name = wanted.prefix(RoomWords.longestName - String(number).count) + String(number)
    }
    return name
  }

  private func list(_ kind: RoomEvent.Kind, _ room: String, to visitor: String, name: String = "") -> RoomEvent {
    let visitors = rooms[RoomWords.folded(room)]?.visitors ?? []
    let names = visitors.prefix(Self.listed).compactMap { people[$0]?.name }
    return RoomEvent(
      kind: kind, to: visitor, room: shown(room), name: name, words: Self.rest(of: visitors.count), names: names)
  }

  private func listRooms(for visitor: String) -> RoomEvent {
    let rooms = rooms.values.map { "\($0.name) (\($0.visitors.count))" }.sorted()
    return RoomEvent(
      kind: .rooms, to: visitor, words: Self.rest(of: rooms.count), names: Array(rooms.prefix(Self.listed)))
  }

  private static func rest(of count: Int) -> String { count > listed ? "and \(count - listed) more" : "" }
}
