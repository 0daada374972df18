import Dispatch
import KGraph
import Kamaelia
import KamaeliaIO
import KamaeliaRuntime

/// Writes what a running graph has to say to standard error, on a queue of its own, so that a slow reader there holds
/// nobody up.
final class JournalPrinter: Sendable {
  let journal: Journal
  private let queue: DispatchQueue
  private let terminal: Terminal

  init(terminal: Terminal) {
    self.terminal = terminal
    let queue = DispatchQueue(label: "kamaelia.journal")
    self.queue = queue
    let box = Unmade()
    journal = Journal { queue.async { box.journal.withLock { $0 }.map { Self.print($0, on: terminal) } } }
    box.journal.withLock { [journal] in $0 = journal }
  }

  /// Writes what is left, before the program ends.
  func finish() async {
    await withUnsafeContinuation { continuation in
      queue.async { [journal, terminal] in
        Self.print(journal, on: terminal)
        continuation.resume()
      }
    }
  }

  private static func print(_ journal: Journal, on terminal: Terminal) {
    let (entries, lost) = journal.take()
    let isColoured = terminal.saysColoured
    var text = ""
    for entry in entries {
      let paint: Paint = entry.level == .error ? .error : entry.level == .warning ? .warning : .note
      let who = entry.instance.isEmpty ? "" : "`\(entry.instance)` "
      let times = entry.times > 1 ? " (\(entry.times) times)" : ""
      text +=
        paint(entry.level.rawValue, isColoured: isColoured)
        + ": \(who)\(DisplayWidth.printable(entry.text))\(times)\n"
    }
    if lost > 0 { text += "warning: \(lost) more such lines were dropped, since they came faster than they are read\n" }
    if !text.isEmpty { terminal.say(text) }
  }

  /// The journal, for the action that is made before it.
  private final class Unmade: Sendable { let journal = Lock<Journal?>(nil) }
}
