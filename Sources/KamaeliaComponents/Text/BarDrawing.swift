import Kamaelia

/// A line of a bar chart, before it is drawn.
struct Bar: Hashable {
  let label: String
  let value: Double
  /// The value as it is written behind the bar.
  let number: String
}

/// How the bars of one chart are drawn: what a column stands for, and where the bars begin.
struct BarDrawing {
  private let width: Int
  /// The value of a bar of the whole width; more than 0.
  private let full: Double
  /// Columns of the longest label.
  private let margin: Int

  init(_ bars: [Bar], width: Int, full: Double?) {
    self.width = width
    let largest = bars.reduce(0) { max($0, $1.value) }
    self.full = full ?? (largest > 0 ? largest : 1)
    margin = bars.reduce(0) { max($0, DisplayWidth.of(DisplayWidth.printable($1.label))) }
  }

  /// The label, filled up to the longest one, the bar and the number.
  func line(of bar: Bar) -> String {
    let label = DisplayWidth.printable(bar.label)
    let blanks = String(repeating: " ", count: margin - DisplayWidth.of(label))
    let parts = [margin > 0 ? label + blanks : "", Self.blocks(eighths(of: bar.value)), bar.number]
    return parts.filter { !$0.isEmpty }.joined(separator: " ")
  }

  private func eighths(of value: Double) -> Int {
    guard value > 0 else { return 0 }
    return max(1, Int((min(value / full, 1) * Double(width * 8)).rounded()))
  }

  /// The left blocks of Unicode, U+2588 to U+258F.
  private static func blocks(_ eighths: Int) -> String {
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    return String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
  }
}

/// Why something has no bar.
struct NoBar: Error, Hashable {
  let reason: String
}
