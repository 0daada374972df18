/// What a user may have meant by a name that does not exist.
package enum Suggestions {
  /// The names nearest to `name`: those that differ by the fewest typing mistakes, or else those that it begins.
  ///
  /// A mistake is a character too many, too few or wrong, or two neighbours swapped (Damerau–Levenshtein, each stretch
  /// edited once); upper and lower case count as the same. A third of the name may be wrong, at least one character.
  /// Only names as near as the nearest are given.
  ///
  /// - Returns: at most `limit` names, in alphabetical order, none twice; nothing for a name of one or two letters,
  ///   where anything would be near, nor for one of more than 100, where nothing helps.
  package static func closest(to name: String, among candidates: [String], limit: Int = 3) -> [String] {
    let wanted = Array(name.lowercased())
    guard (3...100).contains(wanted.count) else { return [] }
    var nearest = max(1, wanted.count / 3)
    var found: Set<String> = []
    var begun: Set<String> = []
    let isPlain = name.isPlain
    let plain = Array(name.lowercased().utf8)
    for candidate in candidates where candidate != name {
      // Most names are plain, and much too long or too short: that is seen without taking them apart into characters.
      if isPlain, abs(candidate.utf8.count - plain.count) > nearest, candidate.isPlain {
        if candidate.utf8.lazy.map(\.inSmall).starts(with: plain) { begun.insert(candidate) }
        continue
      }
      let letters = Array(candidate.lowercased().prefix(wanted.count + 100))
      if letters.starts(with: wanted) { begun.insert(candidate) }
      guard abs(letters.count - wanted.count) <= nearest else { continue }
      let distance = distance(wanted, letters)
      if distance < nearest {
        nearest = distance
        found = []
      }
      if distance == nearest { found.insert(candidate) }
    }
    return Array((found.isEmpty ? begun : found).sorted().prefix(max(0, limit)))
  }

  /// How many mistakes lie between two words. Takes time and room as the product of their lengths, with three rows
  /// kept.
  ///
  /// - Note: the "optimal string alignment" form of F. Damerau, "A technique for computer detection and correction of
  ///   spelling errors", CACM 7 (1964).
  static func distance(_ a: [Character], _ b: [Character]) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var beforeLast = Array(0...b.count)
    var last = beforeLast
    var row = beforeLast
    for i in a.indices {
      row[0] = i + 1
      for j in b.indices {
        var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, beforeLast[j - 1] + 1) }
        row[j + 1] = best
      }
      (beforeLast, last, row) = (last, row, beforeLast)
    }
    return last[b.count]
  }
}

extension String {
  /// Whether each byte is a character of its own.
  fileprivate var isPlain: Bool { utf8.allSatisfy { $0 < 0x80 && $0 != UInt8(ascii: "\r") } }
}

extension UInt8 {
  /// A letter of ASCII as a small one.
  fileprivate var inSmall: UInt8 { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self }
}
