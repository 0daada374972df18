import KamaeliaIO

/// What a running graph has to say to the person who runs it: never on standard output, bounded, the oldest dropped first.
package final class Journal: Sendable {
  package enum Level: String, Sendable { case note, warning, error }

  package struct Entry: Sendable {
    package let level: Level
    /// The path of the instance that speaks; empty for the runtime.
    package let instance: String
    package let text: String
    /// How many times it was said in a row.
    package var times = 1
  }

  private struct State {
    var entries: [Entry] = []
    var lost = 0
  }

  private let state = Lock(State())
  private let capacity: Int
  private let wake: @Sendable () -> Void
  /// Takes what components would write to standard output and standard error; nil where they do write there.
  package let output: HeldOutput?

  /// - Parameters:
  ///   - capacity: entries that wait to be written.
  ///   - output: takes what components would write to the standard streams.
  ///   - wake: called, from any thread, when there is something to write.
  package init(
    capacity: Int = 1000, holding output: HeldOutput? = nil, wake: @escaping @Sendable () -> Void = {}
  ) {
    self.capacity = capacity
    self.output = output
    self.wake = wake
  }

  /// What is longer than this many bytes is cut off.
  package static let longest = 4096

  package func write(_ level: Level, _ text: String, from instance: String = "") {
    let text = Self.clipped(text)
    state.withLock { state in
      if let last = state.entries.last, last.text == text, last.instance == instance, last.level == level {
        state.entries[state.entries.count - 1].times += 1
        return
      }
      if state.entries.count >= capacity {
        state.entries.removeFirst()
        state.lost += 1
      }
      state.entries.append(Entry(level: level, instance: instance, text: text))
    }
    wake()
  }

  private static func clipped(_ text: String) -> String {
    guard text.utf8.count > longest else { return text }
    return String(decoding: text.utf8.prefix(longest), as: UTF8.self) + "…"
  }

  /// What waits to be written, and how many entries were dropped since the last call.
  package func take() -> (entries: [Entry], lost: Int) {
    state.withLock { state in
      defer { state = State() }
      return (state.entries, state.lost)
    }
  }
}

/// Says something to the person who runs the graph, on standard error. For what is worth knowing and no message.
public enum Notice {
  public static func note(_ text: String) { write(.note, text) }
  public static func warning(_ text: String) { write(.warning, text) }

  private static func write(_ level: Journal.Level, _ text: String) {
    guard let instance = Instance.current else { return }
    instance.journal.write(level, text, from: instance.name)
  }
}
