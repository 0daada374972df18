/// Codes as people write them, and what they look for.
extension Code {
  /// The code of that name in letters of either case, with or without `error[…]` around it.
  package static func written(_ word: String, among codes: [Code] = all) -> Code? {
    let name = bare(word).uppercased()
    return codes.first { $0.name == name }
  }

  /// What may have been meant by a word that is no code: the same number, the nearest names, or codes whose titles have the
  /// word; at most `limit`.
  package static func meant(by word: String, among codes: [Code] = all, limit: Int = 5) -> [Code] {
    let word = String(bare(word))
    let digits = word.drop { !$0.isASCII || !$0.isNumber }
    if (1...4).contains(digits.count), digits.allSatisfy({ $0.isASCII && $0.isNumber }), word.count - digits.count < 2 {
      let name = "K" + String(repeating: "0", count: 4 - digits.count) + digits
      if let code = codes.first(where: { $0.name == name }) { return [code] }
    }
    let near = Suggestions.closest(to: word, among: codes.map(\.name))
    if !near.isEmpty { return codes.filter { near.contains($0.name) } }
    guard word.count > 2 else { return [] }
    return Array(codes.filter { $0.title.lowercased().contains(word.lowercased()) }.prefix(limit))
  }

  private static func bare(_ word: String) -> Substring {
    guard let opening = word.firstIndex(of: "["), word.hasSuffix("]") else { return word[...] }
    return word[word.index(after: opening)...].dropLast()
  }
}
