import KGraph
import Kamaelia
import KamaeliaRuntime

/// What is said of a graph that did not end well.
struct EndingText {
  let isColoured: Bool

  /// Empty where all went well.
  func text(_ ending: Ending) -> String {
    switch ending {
    case .finished: return ""
    case .failed(let failures): return failures.map(failure).joined()
    case .stuck(let waits):
      return heading("the graph is stuck: every component waits for another one")
        + waits.map { "  \(sign) \($0)\n" }.joined()
        + help("give a linkage of the circle more room, or a policy that does not wait: `a -[64, dropOldest]-> b`")
    case .cutShort(let lost, let running):
      let left =
        running.isEmpty ? "" : "; still at work: " + running.prefix(5).map { "`\($0)`" }.joined(separator: ", ")
      return heading(
        lost == 0
          ? "ended before it was done; nothing was under way\(left)"
          : "ended before it was done; \(counted(lost, "message")) under way \(lost == 1 ? "was" : "were") lost\(left)"
      )
    }
  }

  /// Whether the exit status tells of it.
  static func status(_ ending: Ending) -> ExitStatus {
    if case .finished = ending { .fine } else { .failed }
  }

  private func failure(_ failure: Failure) -> String {
    heading("`\(failure.instance)` (\(failure.component)) failed: \(DisplayWidth.printable(failure.message))")
      + "  \(Paint.place("-->", isColoured: isColoured)) \(failure.place)\n"
  }

  private func heading(_ text: String) -> String {
    Paint.error("error", isColoured: isColoured) + Paint.bold(": \(text)", isColoured: isColoured) + "\n"
  }

  private func help(_ text: String) -> String { "  \(sign) \(Paint.bold("help", isColoured: isColoured)): \(text)\n" }

  private var sign: String { Paint.place("=", isColoured: isColoured) }
}
