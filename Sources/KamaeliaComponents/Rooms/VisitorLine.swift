/// What a line means that somebody types in a room.
enum VisitorLine: Hashable {
  case wants(RoomRequest.Verb, String)
  case quit
  case help
  case unknown(String)
  /// Nothing was typed.
  case nothing

  static let words = "/name NAME, /join ROOM, /who, /rooms, /quit; all else is said to the room"

  /// - Parameter line: without its end. `//` at the beginning stands for a `/` that is said.
  init(_ line: String) {
    let line = line.drop(while: \.isWhitespace)
    guard let first = line.first else {
      self = .nothing
      return
    }
    guard first == "/", !line.hasPrefix("//") else {
      self = .wants(.say, String(first == "/" ? line.dropFirst() : line))
      return
    }
    let word = line.prefix { !$0.isWhitespace }
    let rest = String(line[word.endIndex...].drop(while: \.isWhitespace))
    switch word.lowercased() {
    case "/name", "/nick": self = .wants(.name, rest)
    case "/join": self = .wants(.join, rest)
    case "/who": self = .wants(.who, "")
    case "/rooms": self = .wants(.rooms, "")
    case "/quit": self = .quit
    case "/help": self = .help
    default: self = .unknown(String(word))
    }
  }
}
