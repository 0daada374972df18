import Glibc
import Synchronization

/// Where a verb writes: standard output for what the user asked for, standard error for everything we say.
package final class Terminal: Sendable {
  private let output: @Sendable (String) throws(ByteWriter.Failure) -> Void
  private let errors: @Sendable (String) throws(ByteWriter.Failure) -> Void
  private let outputTraits: TerminalTraits
  private let errorTraits: TerminalTraits
  /// Rows of the terminal, asked each time since its window can change.
  private let rows: @Sendable () -> Int?
  private let live = Mutex(LiveRegion())

  /// The process's own, from its environment.
  package static func standard(environment: [String: String]) -> Terminal {
    let output = ByteWriter(descriptor: STDOUT_FILENO)
    let errors = ByteWriter(descriptor: STDERR_FILENO)
    return Terminal(
      outputTraits: TerminalTraits(descriptor: STDOUT_FILENO, environment: environment),
      errorTraits: TerminalTraits(descriptor: STDERR_FILENO, environment: environment),
      output: { text throws(ByteWriter.Failure) in try output.write(text) },
      errors: { text throws(ByteWriter.Failure) in try errors.write(text) },
      rows: { TerminalTraits.size(STDERR_FILENO)?.rows })
  }

  /// One that writes through functions, for tests and embedders.
  package init(
    outputTraits: TerminalTraits, errorTraits: TerminalTraits,
    output: @escaping @Sendable (String) throws(ByteWriter.Failure) -> Void,
    errors: @escaping @Sendable (String) throws(ByteWriter.Failure) -> Void,
    rows: @escaping @Sendable () -> Int? = { nil }
  ) {
    self.outputTraits = outputTraits
    self.errorTraits = errorTraits
    self.output = output
    self.errors = errors
    self.rows = rows
  }

  /// Columns for what people read.
  package var width: Int { errorTraits.isTerminal ? errorTraits.width : outputTraits.width }
  /// Whether what we say is painted.
  package var saysColoured: Bool { errorTraits.isColoured }
  /// Whether what we write on standard output is painted.
  package var writesColoured: Bool { outputTraits.isColoured }
  /// Whether lines that change in place make sense.
  package var isLive: Bool { errorTraits.movesCursor }
  /// Rows of the window, as it is now; nil where that is not known.
  package var height: Int? { rows() }

  /// Writes to standard output.
  ///
  /// - Throws: ``CommandError/outputClosed`` when nobody reads it, which ends a verb quietly.
  package func write(_ text: String) throws(CommandError) {
    do throws(ByteWriter.Failure) {
      try output(text)
    } catch {
      switch error {
      case .closed: throw .outputClosed
      case .system(let number):
        throw .failure("standard output cannot be written: \(String(cString: strerror(number)))")
      }
    }
  }

  /// Writes to standard error, above the live lines if there are any.
  ///
  /// What cannot be said there cannot be said anywhere, so a failure is passed over.
  package func say(_ text: String) { live.withLock { tell($0.saying(text)) } }

  /// Shows lines that stay below everything else and are replaced by the next call; none takes them away, which must be
  /// done before the program ends.
  ///
  /// Does nothing where ``isLive`` is false. Each line is cut to the width.
  package func show(_ lines: [String]) {
    guard isLive else { return }
    // Where others write to the same window, lines that are not pinned would take theirs away.
    let rows = outputTraits.isTerminal ? rows() ?? 0 : nil
    let hasRoom = rows.map { LiveRegion.hasRoom(lines.count, rows: $0) } ?? true
    live.withLock { tell($0.show(hasRoom ? lines : [], width: errorTraits.width, rows: rows)) }
  }

  private func tell(_ text: String) {
    if text.isEmpty { return }
    do throws(ByteWriter.Failure) { try errors(text) } catch {}
  }
}
