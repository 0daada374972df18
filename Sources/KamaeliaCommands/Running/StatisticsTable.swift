import KGraph
import Kamaelia
import KamaeliaRuntime

/// What flows along the linkages of a graph, as a table: one row a linkage, the busiest first where not all have room.
struct StatisticsTable {
  let counters: [LinkageCounters]
  /// What they may hold together; nil where there is no limit.
  var memory: MemoryBudget?
  /// What the same linkages had sent when the interval began; nothing for the whole run.
  var before: [String: Int] = [:]
  /// Seconds of the interval.
  let seconds: Double

  /// Lines of at most `width` columns.
  ///
  /// - Parameter rows: linkages at the most; the others are counted in a last line.
  func lines(width: Int, rows: Int = .max, isColoured: Bool) -> [String] {
    let cells = counters.map { row($0) }
    let order = cells.indices.sorted { cells[$0].rate > cells[$1].rate }
    let shown = Set(order.prefix(rows))
    let kept = cells.indices.filter { shown.contains($0) }.map { cells[$0] }
    let nameWidth = min(max(20, width - 46), kept.map { DisplayWidth.of($0.name) }.max() ?? 20)
    var lines = [
      Paint.bold(
        pad("linkage", nameWidth) + right("sent", 10) + right("per s", 9) + right("waiting", 14) + right("lost", 8),
        isColoured: isColoured)
    ]
    for cell in kept {
      let text =
        pad(shortened(cell.name, nameWidth), nameWidth) + right(cell.sent, 10) + right(Self.short(cell.rate), 9)
        + right(cell.waiting, 14) + right(cell.lost, 8)
      lines.append(cell.isWorrying ? Paint.warning(text, isColoured: isColoured) : text)
    }
    if kept.count < cells.count { lines.append("… and \(cells.count - kept.count) more linkages with less on them") }
    if let memory { lines.append(text(memory)) }
    return lines
  }

  private func text(_ memory: MemoryBudget) -> String {
    "memory: \(Self.bytes(memory.used)) of \(Self.bytes(memory.limit)) wait, \(Self.bytes(memory.peak)) at the most"
  }

  /// `512B`, `1.5KiB`, `64MiB`.
  static func bytes(_ number: Int) -> String {
    for (shift, unit) in [(30, "GiB"), (20, "MiB"), (10, "KiB")] where number >= 1 << shift {
      let tenths = (Double(number) / Double(1 << shift) * 10).rounded() / 10
      return tenths == tenths.rounded() ? "\(Int(tenths))\(unit)" : "\(tenths)\(unit)"
    }
    return "\(number)B"
  }

  private struct Cells {
    let name: String
    let sent: String
    let rate: Double
    let waiting: String
    let lost: String
    /// Whether messages were lost, or the writer is held up.
    let isWorrying: Bool
  }

  private func row(_ counter: LinkageCounters) -> Cells {
    let name =
      "\(Self.plain(counter.from, "outbox")) -> \(Self.plain(counter.to, "inbox"))\(counter.isRemoved ? " (removed)" : "")"
    let sent = counter.sent - (before[counter.from + counter.to] ?? 0)
    return Cells(
      name: name, sent: Self.short(Double(counter.sent)), rate: seconds > 0 ? Double(sent) / seconds : 0,
      waiting: "\(counter.waiting)/\(counter.capacity)" + (counter.isWriterWaiting ? " full" : ""),
      lost: counter.lost == 0 ? "-" : Self.short(Double(counter.lost)),
      isWorrying: counter.lost > 0 || counter.isWriterWaiting)
  }

  /// The default box needs no name.
  private static func plain(_ end: String, _ box: String) -> String {
    end.hasSuffix(".\(box)") ? String(end.dropLast(box.count + 1)) : end
  }

  /// At most five characters: `987`, `12.3k`, `4.5M`.
  static func short(_ number: Double) -> String {
    if number < 1000 { return number == number.rounded() ? "\(Int(number))" : "\((number * 10).rounded() / 10)" }
    for (size, unit) in [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")] where number >= size {
      let scaled = number / size
      return scaled >= 100 ? "\(Int(scaled.rounded()))\(unit)" : "\((scaled * 10).rounded() / 10)\(unit)"
    }
    return "\(Int(number))"
  }

  private func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
  }

  private func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(1, width - DisplayWidth.of(text))) + text
  }

  private func shortened(_ text: String, _ width: Int) -> String {
    DisplayWidth.of(text) <= width ? text : "…" + text.suffix(width - 1)
  }
}
