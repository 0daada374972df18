import Kamaelia

/// Makes pairs of two streams.
struct Zip<A: Message, B: Message>: GenericComponent2 {
  static var summary: String { "Makes a pair of every two messages, one from each side." }
  static var waitsOnlyForGraph: Bool { true }
  static var details: String {
    """
    The first message of `left` goes with the first of `right`, the second with the second, and so on: \
    `{left: …, right: …}`. The side that is ahead waits.

    Ends when either side is finished and no message waits for its partner; the other side may be silent. What the other side sends from then on has no partner and goes to `unpairedLeft` \
    or `unpairedRight`; where a graph links neither, it is dropped and its producers are stopped. Keeps at most one \
    message of each side in memory.

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

  var takesInStep: Bool { true }

  static func specialised<C: Message, D: Message>(for a: C.Type, _ b: D.Type) -> any Component.Type {
    Zip<C, D>.self
  }

  func main() async throws {
    var (a, b): (A?, B?) = (nil, nil)
    while true {
      if a == nil { a = left.nextIfReady() }
      if b == nil { b = right.nextIfReady() }
      if let first = a {
        guard let second = if let b { b } else { await right.next() } else {
          try await unpairedLeft.send(first)
          break
        }
        try await outbox.send(Pair(first, second))
        (a, b) = (nil, nil)
      } else if let second = b {
        a = await left.next()
        guard a == nil else { continue }
        try await unpairedRight.send(second)
        break
      } else {
        if left.isFinished || right.isFinished || Task.isCancelled { break }
        await untilEitherIsReady()
      }
    }
    outbox.close()
    if unpairedLeft.isLinked { for await a in left { try await unpairedLeft.send(a) } }
    if unpairedRight.isLinked { for await b in right { try await unpairedRight.send(b) } }
  }

  private func untilEitherIsReady() async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await left.untilReady() }
      group.addTask { await right.untilReady() }
      await group.next()
      group.cancelAll()
    }
  }
}
