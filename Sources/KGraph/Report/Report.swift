import Kamaelia

/// Diagnostics made ready to be shown: in order, none twice.
package struct Report: Sendable {
  /// Forms in which `kamaelia check` can say what it found.
  package enum Format: String, Sendable, CaseIterable { case text, json, sarif, github, gcc }

  /// By file, then by place in the file, then as they came.
  package let diagnostics: [Diagnostic]
  /// How many files were looked at.
  package let fileCount: Int

  /// - Parameter files: what was looked at, in the order the user gave; files that are not listed come after, as they
  ///   first occur.
  package init(_ diagnostics: [Diagnostic], files: [Source] = []) {
    var ranks: [ObjectIdentifier: Int] = [:]
    for source in files + diagnostics.map(\.place.source) where ranks[ObjectIdentifier(source)] == nil {
      ranks[ObjectIdentifier(source)] = ranks.count
    }
    var seen: Set<Diagnostic> = []
    let keyed = diagnostics.filter { seen.insert($0).inserted }.enumerated().map { index, diagnostic in
      let place = diagnostic.place
      let rank = ranks[ObjectIdentifier(place.source)] ?? 0
      return (key: [rank, place.range.lowerBound, place.range.upperBound, index], diagnostic)
    }
    self.diagnostics = keyed.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.1)
    self.fileCount = Set((files + diagnostics.map(\.place.source)).map(\.name)).count
  }

  package func count(_ severity: Diagnostic.Severity) -> Int { diagnostics.count { $0.severity == severity } }

  /// What was found, on one line: `2 errors, 1 warning in 3 files`, where the files are those that have them; or
  /// `no errors in 3 files`, where they are those looked at.
  package var summary: String {
    let counts = Diagnostic.Severity.allCases.map { ($0, count($0)) }.filter { $0.1 > 0 }
    let files = counts.isEmpty ? fileCount : Set(diagnostics.map(\.place.source.name)).count
    let found = counts.map { "\(counted($0.1, $0.0.rawValue))" }.joined(separator: ", ")
    return "\(found.isEmpty ? "no errors" : found) in \(counted(files, "file"))"
  }

  /// All of it in one form, each line ended; empty where there is nothing to say, except for SARIF.
  ///
  /// - Parameters:
  ///   - isColoured: whether to paint; only `text` knows colours.
  ///   - width: columns to keep within where the source allows; only for `text`.
  ///   - version: of the tool, for SARIF.
  package func render(_ format: Format, isColoured: Bool = false, width: Int = 140, version: String) -> String {
    switch format {
    case .text: text(isColoured: isColoured, width: width)
    case .json: json()
    case .sarif: sarif(version: version)
    case .github: github()
    case .gcc: gcc()
    }
  }
}
