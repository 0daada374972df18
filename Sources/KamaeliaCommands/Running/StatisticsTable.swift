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

  /// Names are cut to no fewer columns, as long as a column beside them can be left out.
  private static let leastName = 12
  /// What is left out first where there is no room.
  private static let dispensable = ["per s", "sent"]

  /// Lines of at most `width` columns, from 40 on.
  ///
  /// - Parameter rows: linkages at the most; the others are counted in a last line.
  func lines(width: Int, rows: Int = .max, isColoured: Bool) -> [String] {
    let cells = counters.map { row($0) }
    let order = cells.indices.sorted { cells[$0].rate > cells[$1].rate }
    let shown = Set(order.prefix(rows))
    let kept = cells.indices.filter { shown.contains($0) }.map { cells[$0] }
    var columns = [
      Column("sent", kept.map(\.sent)), Column("per s", kept.map { Self.rate($0.rate) }),
      Column("waiting", kept.map(\.waiting)), Column("lost", kept.map(\.lost)),
    ]
    let longestName = max(7, kept.map { DisplayWidth.of($0.name) }.max() ?? 0)
    func room(_ gap: Int) -> Int { width - columns.reduce(0) { $0 + $1.width + gap } }
    for heading in Self.dispensable where room(1) < min(Self.leastName, longestName) {
      columns.removeAll { $0.heading == heading }
    }
    // Wide where there is room for it, so that numbers stay in their places while they grow.
    let gap = (1...5).last { room($0) >= min(longestName, 24) } ?? 1
    let nameWidth = max(1, min(room(gap), longestName))
    func line(_ name: String, _ cells: (Column) -> String) -> String {
      pad(shortened(name, nameWidth), nameWidth) + columns.map { right(cells($0), $0.width + gap) }.joined()
    }
    var lines = [Paint.bold(line("linkage") { $0.heading }, isColoured: isColoured)]
    for (number, cell) in kept.enumerated() {
      let text = line(cell.name) { $0.cells[number] }
      lines.append(cell.isWorrying ? Paint.warning(text, isColoured: isColoured) : text)
    }
    let others = cells.count - kept.count
    if others > 0 {
      let long =
        "… and \(others) more \(others == 1 ? "linkage" : "linkages") with less on \(others == 1 ? "it" : "them")"
      lines.append(DisplayWidth.of(long) <= width ? long : "… and \(others) more")
    }
    if let memory {
      let long = text(memory)
      lines.append(
        DisplayWidth.of(long) <= width
          ? long : "memory: \(Self.bytes(memory.used)) of \(Self.bytes(memory.limit)) wait")
    }
    return lines
  }

  private struct Column {
    let heading: String
    let cells: [String]
    let width: Int

    init(_ heading: String, _ cells: [String]) {
      self.heading = heading
      self.cells = cells
      width = max(DisplayWidth.of(heading), cells.map { DisplayWidth.of($0) }.max() ?? 0)
    }
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

  /// The same, with a tenth wherever there is room for one.
  static func rate(_ number: Double) -> String {
    number < 1000 ? "\((number * 10).rounded() / 10)" : short(number)
  }

  private func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
  }

  private func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(1, width - DisplayWidth.of(text))) + text
  }

  /// Cut in the middle: a linkage is told by both its ends.
  private func shortened(_ text: String, _ width: Int) -> String {
    guard DisplayWidth.of(text) > width else { return text }
    return DisplayWidth.prefix(of: text, (width - 1) / 2) + "…" + DisplayWidth.suffix(of: text, width / 2)
  }
}
