/// A stretch of a file in the numbers that other tools want.
struct ReportPlace: Encodable {
  let file: String
  let line: Int
  let column: Int
  let endLine: Int
  let endColumn: Int
  let byteStart: Int
  let byteEnd: Int

  /// - Parameter unit: what columns count.
  init(_ place: Place, columnsIn unit: ColumnUnit = .scalars) {
    let source = place.source
    let range = place.range.clamped(to: 0..<source.bytes.count)
    file = source.name
    byteStart = source.bytesBefore + range.lowerBound
    byteEnd = source.bytesBefore + range.upperBound
    (line, column) = unit.position(of: range.lowerBound, in: source)
    (endLine, endColumn) = unit.position(of: range.upperBound, in: source)
  }

  /// What one column is.
  enum ColumnUnit {
    /// Unicode scalars, as in the text reports.
    case scalars
    /// UTF-16 code units, as editors and SARIF count.
    case utf16

    /// Line and column of a byte, from 1; the column just after the last character is that of the line's end.
    func position(of offset: Int, in source: Source) -> (line: Int, column: Int) {
      let line = source.line(of: offset)
      let before = source.text(source.lineStarts[line]..<max(source.lineStarts[line], offset))
      switch self {
      case .scalars: return (source.number(ofLine: line), before.unicodeScalars.count + 1)
      case .utf16: return (source.number(ofLine: line), before.utf16.count + 1)
      }
    }
  }
}
