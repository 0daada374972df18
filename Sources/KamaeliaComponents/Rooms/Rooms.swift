import Kamaelia

/// Knows who is in which room, under which name.
struct Rooms: Component {
  static let summary = "Keeps the names and the rooms of people who talk with each other."
  static let details = """
    Takes what each Visitor asks for, and says what comes of it to all: the two are wired by two backplanes, so that visitors \
    may come and go, over the network for instance. What happens, happens for all in the order in which this component \
    says it. A room is there while somebody is in it, and who comes into one hears what is said from then on.

    No two people have the same name, whatever the case of its letters: one that is taken gets a number behind it. Names have \
    24 characters at most, which are letters, digits, emoji, `-`, `_`, `.`, `'` and blanks; others are left out. What is said \
    is shown on one line: what could move a cursor or turn the direction of writing becomes a sign, and what is behind \
    `longest` characters is cut off, which is told to who said it. At most 100 names are listed at once.

    What is asked has the `verb` `say`, `name`, `join`, `who`, `rooms` or `leave`. What is told is of the `kind` `ask` (for a name), \
    `you` (are `name`, in `room` with `names`), `said`, `joined`, `left`, `renamed` (to `text`), `who`, `rooms`, `note` or `bye`. An \
    event is for all in its `room`, or where `to` is not empty, for that visitor. Ends with the inbox.

        backplane asked: {visitor: Text, verb: Text, text: Text}
        backplane told: {kind: Text, to: Text, room: Text, name: Text, text: Text, names: [Text]}

        @asked -> Rooms("lobby") -> @told
    """
  static let endsWithReaders = true

  @Parameter("The room that everybody is in at first.", main: true) var first = "lobby"
  @Parameter("How many people there may be, with a name or about to say one; others get no place.", in: 1...1_000_000)
  var most = 10_000
  @Parameter("The most characters that are said at once.", in: 1...100_000) var longest = 1000

  let inbox = Inbox<RoomRequest>("What a visitor wants.")
  let outbox = Outbox<RoomEvent>("What happens.")

  func check() throws(ParameterError) {
    if RoomWords.name(first).isEmpty {
      throw ParameterError("parameter `first` takes a name with letters or digits in it")
    }
  }

  func main() async throws {
    var register = RoomRegister(first: first, most: most, longest: longest)
    for await request in inbox {
      for event in register.take(request) { try await outbox.send(event) }
    }
  }
}
