/// How much work a pattern may make of a text, as far as its form tells.
struct PatternCost {
  /// Whether something is repeated that may be repeated or left out inside, so that the work may double with each character.
  private(set) var isNested = false
  /// How many parts may have any length: the work grows with the text's length to the power of that.
  private(set) var repeats = 0
  /// How many parts may be there or not; each may double the work.
  private(set) var options = 0
  private var isAnchored = false

  /// - Parameter pattern: in the syntax of Swift's regular expressions.
  init(of pattern: String) {
    var scanner = Scanner(pattern)
    guard scanner.scan() else {
      isNested = true
      return
    }
    (isNested, repeats, options) = (scanner.isNested, scanner.repeats, scanner.options)
    isAnchored = pattern.hasPrefix("^") && !scanner.hasChoice
  }

  /// Whether a text of `count` bytes may take long: more than some hundredths of a second.
  func mayTakeLong(_ count: Int) -> Bool {
    if isNested { return true }
    let bits = Int.bitWidth - max(count, 1).leadingZeroBitCount
    return (repeats + (isAnchored ? 0 : 1)) * bits + options > 21
  }

  /// Reads a pattern just as far as it takes to see what is repeated.
  private struct Scanner {
    /// A group, or the whole pattern.
    private struct Level {
      /// Whether something in it can be found in several ways.
      var isVariable = false
      var hasChoice = false
    }

    private var reader: PatternReader
    private var levels = [Level()]
    /// Whether what stands before is a group, and one that can be found in several ways.
    private var last: (isGroup: Bool, isVariable: Bool) = (false, false)
    private var isBehindQuantifier = false
    private(set) var isNested = false
    private(set) var repeats = 0
    private(set) var options = 0

    init(_ pattern: String) { reader = PatternReader(pattern) }

    /// Whether the whole pattern is a choice.
    var hasChoice: Bool { levels[0].hasChoice }

    /// - Returns: whether all of it was understood.
    mutating func scan() -> Bool {
      while let scalar = reader.next() {
        switch scalar {
        case "(":
          if reader.take("?") { guard skipKind() else { return false } }
          levels.append(Level())
          isBehindQuantifier = false
        case ")":
          guard levels.count > 1, let group = levels.popLast() else { return false }
          last = (true, group.isVariable || group.hasChoice)
          if group.isVariable { levels[levels.count - 1].isVariable = true }
          isBehindQuantifier = false
        case "|":
          levels[levels.count - 1].hasChoice = true
          part()
        case "[":
          guard reader.skipClass() else { return false }
          part()
        case "\\":
          guard reader.escaped() != nil else { return false }
          part()
        case "*", "+": quantify(isOpen: true)
        case "?": if isBehindQuantifier { isBehindQuantifier = false } else { quantify(isOpen: false) }
        case "{":
          guard let inside = reader.take(through: "}") else { return false }
          let bounds = inside.split(separator: ",", omittingEmptySubsequences: false)
          let most = bounds.last.flatMap { Int(String($0)) } ?? .max
          // Always the same number of something that can be found in one way only adds nothing.
          if bounds.count == 1, !last.isVariable { isBehindQuantifier = true } else { quantify(isOpen: most > 3) }
        default: part()
        }
      }
      return levels.count == 1
    }

    private mutating func part() {
      last = (false, false)
      isBehindQuantifier = false
    }

    private mutating func quantify(isOpen: Bool) {
      // A `+` behind a quantifier makes it give nothing back.
      if isBehindQuantifier { return }
      if isOpen, last.isGroup, last.isVariable { isNested = true }
      if isOpen { repeats += 1 } else { options += 1 }
      levels[levels.count - 1].isVariable = true
      isBehindQuantifier = true
    }

    /// What stands behind `(?`: a name, or that the group has none, or that it only looks.
    private mutating func skipKind() -> Bool {
      switch reader.next() {
      case ":", "=", "!", ">": return true
      case "P", "<":
        _ = reader.take("<")
        return reader.take("=") || reader.take("!") || reader.take(through: ">") != nil
      // Options such as `(?x)` change what the rest means.
      default: return false
      }
    }
  }
}
