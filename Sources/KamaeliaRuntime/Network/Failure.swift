import KGraph
import Kamaelia

/// A component that failed for good.
package struct Failure: Error, Sendable, CustomStringConvertible {
  /// The path of the instance.
  package let instance: String
  package let component: String
  /// Where the instance is declared.
  package let place: Place
  /// What it said.
  package let message: String

  package var description: String { "`\(instance)` (\(component), \(place)) failed: \(message)" }
}

/// How a network came to its end.
package enum Ending: Sendable {
  /// All components ended by themselves, or because they were told to.
  case finished
  /// Components failed; the first one made the graph stop.
  case failed([Failure])
  /// Every component waits for another one.
  case stuck([Wait])
  /// It was ended before it had drained.
  case cutShort(lost: Int, running: [String])
}

/// Who waits for whom, in a graph where nothing moves any more.
package struct Wait: Sendable, Hashable, CustomStringConvertible {
  package enum What: Sendable, Hashable { case message, room, graph }

  package let instance: String
  package let box: String
  package let what: What
  /// The instances at the other end, or the graphs whose end is waited for, by path.
  package let others: [String]
  /// Messages under way on the linkages of that box.
  package let waiting: Int

  package var description: String {
    let others = others.isEmpty ? "nobody" : others.map { "`\($0)`" }.joined(separator: ", ")
    switch what {
    case .message: return "`\(instance)` waits at its inbox `\(box)` for \(others)"
    case .graph: return "`\(instance)` waits for the end of \(others)"
    case .room: return "`\(instance)` waits at its outbox `\(box)` for room (\(waiting) under way to \(others))"
    }
  }
}
