import Kamaelia

/// Counts numbers by size.
struct Histogram<T: Message>: GenericComponent {
  static var summary: String { "Counts how many numbers lie in each of several intervals." }
  static var answersLate: Bool { true }
  static var details: String {
    """
    \(Number.details)

    The intervals are the `range`, cut into `buckets` of equal width, or those between the numbers of `edges`, which must \
    ascend. Each holds its lower end and not its upper one. What lies below the first and what lies from the last on \
    counts in an interval of its own, whose outer end is infinite (`null` in JSON).

    Sends all intervals in ascending order, at each interval `every`, after `each` so many messages, and at the end \
    unless nothing has come since. With `reset` it begins anew after each. Ends with the inbox. Keeps one number for each \
    interval in memory.

        times -> Histogram(of: "seconds", edges: [0.1, 0.5, 1, 5]) -> ConsoleWriter()
    """
  }
  static var sendsFewer: Bool { true }
  static var endsWithReaders: Bool { true }

  @Parameter("The field that is the number, such as `size`; the whole message if empty.") var of = ""
  @Parameter("What is cut into buckets.") var range: ClosedRange<Double>? = nil
  @Parameter("Into how many buckets of equal width `range` is cut.", in: 1...10_000) var buckets = 10
  @Parameter("Where one bucket ends and the next one begins, in ascending order; in place of `range`.")
  var edges: [Double] = []
  let reports = Reports()

  let inbox = Inbox<T>("A number, or a message with one in it.")
  let outbox = Outbox<[Bucket]>("How many numbers lie in each interval, in ascending order.")
  let errors = Outbox<BadInput>("A message without a number.", needsReader: true)

  func fieldsRead(in type: MessageType) -> FieldsRead { FieldsRead([of], numbers: [of], of: type) }

  static func specialised<A: Message>(for type: A.Type) -> any Component.Type { Histogram<A>.self }

  func check() throws(ParameterError) {
    guard (range == nil) != edges.isEmpty else { throw ParameterError("takes either `range` or `edges`") }
    if let range, !(range.lowerBound < range.upperBound) { throw ParameterError("takes a `range` that is not empty") }
    if edges.count > 10_000 { throw ParameterError("takes at most 10000 `edges`, not \(edges.count)") }
    for (a, b) in zip(edges, edges.dropFirst()) where !(a < b) {
      throw ParameterError("takes `edges` in ascending order, and \(b) comes after \(a)")
    }
  }

  func main() async throws {
    let edges = range.map { Tally.edges(of: $0, count: buckets) } ?? edges
    var tally = Tally(edges: edges)
    var gathering = Gathering(inbox, reports)
    while let event = await gathering.next() {
      switch event {
      case .message(let message):
        guard let number = Number(in: message, field: of) else {
          try await errors.send(Number.absence(in: message, field: of))
          continue
        }
        tally.add(number)
      case .report:
        try await outbox.send(tally.buckets)
        if reports.reset { tally = Tally(edges: edges) }
      }
    }
  }
}
