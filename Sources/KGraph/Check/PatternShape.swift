/// The form of a regular expression, as far as repeats go: what is repeated, and what stands inside of that.
struct PatternShape {
  /// One way of several through a group: parts in a row.
  fileprivate typealias Row = [Part]

  fileprivate struct Part {
    /// How it is written, without its repeat.
    var text: String
    /// The ways through it, where it is a group.
    var rows: [Row] = []
    var least = 1
    /// Nil for without end.
    var most: Int? = 1
    /// Whether what it has taken is never given back: `(?>…)`, `…++`, looking ahead.
    var isFixed = false
    /// Whether it takes nothing in any case: `^`, `\b`, `(?=…)`.
    var isEmpty = false

    /// Whether it is repeated so often that ways to do so multiply.
    var isRepeated: Bool { !isFixed && (most ?? .max) >= 10 }

    var mayVanish: Bool {
      least == 0 || isEmpty || (!rows.isEmpty && rows.contains { $0.allSatisfy(\.mayVanish) })
    }
  }

  private let rows: [Row]

  init(_ source: String) {
    var reader = Reader(rest: source.unicodeScalars[...])
    rows = reader.rows()
  }

  /// A repeat of something that can itself be repeated in a row, such as `(a+)+` and `(\w+\s?)*`: a text that does not match is
  /// cut up in all possible ways, of which there are twice as many with each character. As it is written; nil if there is none.
  var nestedRepeat: String? { Self.nested(rows) }

  private static func nested(_ rows: [Row]) -> String? {
    for part in rows.joined() where !part.rows.isEmpty {
      if part.isRepeated, part.rows.contains(where: grows) { return part.text }
      if let inside = nested(part.rows) { return inside }
    }
    return nil
  }

  /// Whether a row in a repeat leaves open where one turn ends and the next begins.
  private static func grows(_ row: Row) -> Bool {
    row.indices.contains { index in
      let part = row[index]
      guard part.isRepeated || (part.most == 1 && !part.isFixed && part.rows.contains(where: grows)) else {
        return false
      }
      return row.indices.allSatisfy { other in
        other == index || row[other].mayVanish || row[other].text == part.text || part.takesAnything(row[other].text)
      }
    }
  }

  /// Reads a regular expression; what it does not understand is a part by itself.
  fileprivate struct Reader {
    var rest: Substring.UnicodeScalarView
    /// How many groups are around.
    var depth = 0

    mutating func rows() -> [Row] {
      var all: [Row] = [[]]
      while let scalar = rest.first {
        if scalar == ")" { break }
        rest.removeFirst()
        if scalar == "|" {
          all.append([])
          continue
        }
        var part = part(scalar)
        quantify(&part)
        all[all.count - 1].append(part)
      }
      return all
    }

    private mutating func part(_ first: Unicode.Scalar) -> Part {
      let start = rest
      switch first {
      case "\\":
        let next = rest.popFirst() ?? "\\"
        return Part(text: "\\\(next)", isEmpty: "bBAzZG".unicodeScalars.contains(next))
      case "[":
        if rest.first == "^" { rest.removeFirst() }
        if rest.first == "]" { rest.removeFirst() }
        var open = 1
        while open > 0, let scalar = rest.popFirst() {
          switch scalar {
          case "\\": rest = rest.dropFirst()
          case "[": open += 1
          case "]": open -= 1
          default: break
          }
        }
        return Part(text: "[" + String(start[..<rest.startIndex]))
      case "(": return group()
      case "^", "$": return Part(text: String(first), isEmpty: true)
      default: return Part(text: String(first))
      }
    }

    private mutating func group() -> Part {
      let start = rest
      var part = Part(text: "")
      if rest.first == "?" {
        let head = String(rest.prefix(4))
        part.isEmpty = ["?=", "?!", "?<=", "?<!"].contains { head.hasPrefix($0) }
        part.isFixed = part.isEmpty || head.hasPrefix("?>")
        // The signs before the group's own: up to `:`, `>`, or the sign of what looks around.
        rest.removeFirst()
        while let scalar = rest.first, scalar != ")" {
          rest.removeFirst()
          if scalar == ":" || scalar == ">" || scalar == "=" || scalar == "!" { break }
        }
      }
      // As deep as no author writes; what is deeper is passed over.
      if depth < 100 {
        depth += 1
        part.rows = rows()
        depth -= 1
      }
      part.text = "(" + String(start[..<rest.startIndex]) + ")"
      rest = rest.dropFirst()
      return part
    }

    private mutating func quantify(_ part: inout Part) {
      switch rest.first {
      case "*": (part.least, part.most) = (0, nil)
      case "+": (part.least, part.most) = (1, nil)
      case "?": (part.least, part.most) = (0, 1)
      case "{":
        guard let end = rest.firstIndex(of: "}") else { return }
        let bounds = String(rest[rest.index(after: rest.startIndex)..<end])
          .split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false).map { Int($0) }
        guard let least = bounds.first ?? nil else { return }
        part.least = least
        part.most = bounds.count == 1 ? least : bounds[1]
        rest = rest[end...]
      default: return
      }
      rest.removeFirst()
      if rest.first == "+" {
        part.isFixed = true
        rest.removeFirst()
      } else if rest.first == "?" {
        rest.removeFirst()
      }
    }
  }
}

extension PatternShape.Part {
  /// Whether it takes what another part has to take, whatever that is.
  fileprivate func takesAnything(_ other: String) -> Bool { text == "." && !other.hasPrefix("(") }
}
