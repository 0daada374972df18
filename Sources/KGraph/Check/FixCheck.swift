import Kamaelia

/// Takes back fixes that make a text worse.
///
/// A fix is a guess at what was meant, and whether it was a good one shows only in the text that it makes. So each of them is
/// tried: the text is checked with it, and it is offered if it mends something and adds no error.
struct FixCheck {
  /// What trying all fixes of a text may cost, in bytes to be read; the fixes of larger ones are offered untried.
  static let most = 1 << 19
  /// As many bytes are read in the time that an instance or a linkage takes.
  private static let bytesForEach = 64

  let source: Source
  /// The errors that a text has.
  let check: (Source) -> [Diagnostic]

  /// What it costs to check graphs once.
  static func cost(of program: Program, _ expanded: [Expanded]) -> Int {
    let parts = expanded.reduce(0) { Extent.sum($0, Extent.sum($1.size.instances, $1.size.linkages)) }
    let bytes = program.files.reduce(0) { $0 + $1.tree.source.bytes.count }
    return Extent.sum(bytes, Extent.product(parts, bytesForEach))
  }

  /// The diagnostics with those of their fixes that are worth it.
  ///
  /// - Parameter cost: of checking the text once.
  func tried(_ diagnostics: [Diagnostic], cost: Int) -> [Diagnostic] {
    let count = diagnostics.reduce(0) { $0 + $1.fixes.count }
    guard count > 0, Extent.product(cost, count) <= Self.most else { return diagnostics }
    let errors = diagnostics.filter { $0.severity == .error }
    return diagnostics.map { diagnostic in
      var result = diagnostic
      result.fixes = diagnostic.fixes.filter { isWorthwhile($0, of: diagnostic, errors) }
      return result
    }
  }

  private func isWorthwhile(_ fix: Diagnostic.Fix, of diagnostic: Diagnostic, _ errors: [Diagnostic]) -> Bool {
    let edits = fix.edits.sorted { $0.place.range.lowerBound < $1.place.range.lowerBound }
    guard edits.allSatisfy({ $0.place.source === source }) else { return true }
    let mended = edits.mended(source)
    let left = check(mended.source)
    let before = errors.count { $0.isOfSyntax }
    let after = left.count { $0.isOfSyntax }
    if after > before { return false }
    if left.count < errors.count { return true }
    if left.count == errors.count { return !left.contains { $0.isSame(as: diagnostic) } }
    // What an error of syntax has hidden may come to light, but elsewhere.
    return after < before
      && left.count { $0.touches(mended.lines, in: mended.source) }
        < errors.count { $0.touches(edits.lines(in: source), in: source) }
  }
}

extension [Diagnostic.Fix.Edit] {
  /// The text with these edits, which are in order, and the lines that they have made.
  fileprivate func mended(_ source: Source) -> (source: Source, lines: [ClosedRange<Int>]) {
    var bytes: [UInt8] = []
    var made: [Range<Int>] = []
    var position = 0
    for edit in self where edit.place.range.lowerBound >= position {
      bytes += source.bytes[position..<edit.place.range.lowerBound]
      let start = bytes.count
      bytes += [UInt8](edit.replacement.utf8)
      made.append(start..<bytes.count)
      position = edit.place.range.upperBound
    }
    bytes += source.bytes[position...]
    let mended = Source(name: source.name, bytes: bytes)
    return (mended, made.map { mended.lines($0) })
  }

  fileprivate func lines(in source: Source) -> [ClosedRange<Int>] { map { source.lines($0.place.range) } }
}

extension Source {
  fileprivate func lines(_ range: Range<Int>) -> ClosedRange<Int> {
    line(of: range.lowerBound)...line(of: range.upperBound)
  }
}

extension Diagnostic {
  fileprivate var isOfSyntax: Bool { code.name.hasPrefix("K00") }

  /// Whether it says the same of the same line.
  fileprivate func isSame(as other: Diagnostic) -> Bool {
    code == other.code && message == other.message && place.source.name == other.place.source.name
      && place.source.line(of: place.range.lowerBound) == other.place.source.line(of: other.place.range.lowerBound)
  }

  fileprivate func touches(_ lines: [ClosedRange<Int>], in source: Source) -> Bool {
    guard place.source.name == source.name else { return false }
    let line = source.line(of: place.range.lowerBound)
    return lines.contains { $0.contains(line) }
  }
}
