import Kamaelia

/// Makes pairs of two streams.
struct Zip<A: Message, B: Message>: GenericComponent2 {
  static var summary: String { "Makes a pair of every two messages, one from each side." }
  static var details: String {
    """
    The first message of `left` goes with the first of `right`, the second with the second, and so on: \
    `{left: …, right: …}`. The side that is ahead waits.

    Ends when either side is finished. What the other side sends from then on has no partner and goes to `unpairedLeft` \
    or `unpairedRight`; where a graph links neither, it is dropped and its producers are stopped. Keeps at most one \
    message in memory.

        names -> Zip() as pairs -> ConsoleWriter()
        addresses -> pairs.right
    """
  }
  static var endsWithReaders: Bool { true }

  let left = Inbox<A>("The left part of a pair.", main: true)
  let right = Inbox<B>("The right part of a pair.")
  let outbox = Outbox<Pair<A, B>>("A pair, as soon as both of its parts have come.")
  let unpairedLeft = Outbox<A>("A left part that came when `right` was finished.")
  let unpairedRight = Outbox<B>("A right part that came when `left` was finished.")

  static func specialised<C: Message, D: Message>(for a: C.Type, _ b: D.Type) -> any Component.Type {
    Zip<C, D>.self
  }

  func main() async throws {
    while let a = await left.next() {
      guard let b = await right.next() else {
        try await unpairedLeft.send(a)
        break
      }
      try await outbox.send(Pair(a, b))
    }
    outbox.close()
    if unpairedLeft.isLinked { for await a in left { try await unpairedLeft.send(a) } }
    if unpairedRight.isLinked { for await b in right { try await unpairedRight.send(b) } }
  }
}
