/// A piece of text that must be in every text that a pattern is found in, for looking quickly before looking well.
///
/// Regular expressions cost microseconds a line; most lines of a log lack the word that is looked for, which a plain search
/// finds out in a fraction of that.
struct RequiredLiteral {
  private let bytes: [UInt8]

  /// - Parameter pattern: in the syntax of Swift's regular expressions, which is looked for by Unicode's scalars; nil where
  ///   no piece is certain.
  init?(of pattern: String) {
    // Marks behind what they stand on are repeated or left out together with it.
    guard pattern.count == pattern.unicodeScalars.count else { return nil }
    var scanner = Scanner(pattern)
    guard scanner.scan(), !scanner.longest.isEmpty else { return nil }
    bytes = scanner.longest
  }

  /// Whether the pattern may be found in `text`; where it says no, it cannot.
  func mayMatch(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { ByteSearch.first(bytes, in: $0, from: 0) != nil }
  }

  /// Reads a pattern just as far as it takes to know which pieces stand outside of all groups and choices.
  private struct Scanner {
    private var reader: PatternReader
    private var run = String.UnicodeScalarView()
    private(set) var longest: [UInt8] = []

    init(_ pattern: String) { reader = PatternReader(pattern) }

    /// - Returns: whether all of it was understood.
    mutating func scan() -> Bool {
      while let scalar = reader.next() {
        switch scalar {
        case "|", ")": return false
        case "(": if !skipGroup() { return false }
        case "[":
          endRun()
          if !reader.skipClass() { return false }
        case "*", "?":
          // What comes before may be left out.
          if !run.isEmpty { run.removeLast() }
          endRun()
        case "{":
          if !run.isEmpty { run.removeLast() }
          endRun()
          if reader.take(through: "}") == nil { return false }
        case "+", ".", "^", "$": endRun()
        case "\\": if !escape() { return false }
        default: run.append(scalar)
        }
      }
      endRun()
      return true
    }

    private mutating func endRun() {
      let bytes = String(run).utf8
      if bytes.count > longest.count { longest = Array(bytes) }
      run = String.UnicodeScalarView()
    }

    private mutating func escape() -> Bool {
      guard let scalar = reader.next(), scalar.isASCII else { return false }
      switch scalar {
      case "b", "B", "A", "z", "Z", "d", "D", "w", "W", "s", "S": endRun()
      case "a"..."z", "A"..."Z", "0"..."9":
        // It may have more behind it that looks like text.
        return false
      default: run.append(scalar)
      }
      return true
    }

    private mutating func skipGroup() -> Bool {
      endRun()
      guard isPlain else { return false }
      var depth = 1
      while let scalar = reader.next() {
        switch scalar {
        case "(":
          guard isPlain else { return false }
          depth += 1
        case ")": depth -= 1
        case "[": if !reader.skipClass() { return false }
        case "\\": if reader.escaped() == nil { return false }
        default: break
        }
        if depth == 0 { return true }
      }
      return false
    }

    /// Whether the group whose `(` was read is none with options such as `(?i)`, which change what the rest means.
    private var isPlain: Bool {
      guard reader.rest.first == "?" else { return true }
      return reader.rest.dropFirst().first.map { $0 == ":" || $0 == "<" || $0 == "P" } ?? false
    }
  }
}

/// Looks for bytes in bytes.
enum ByteSearch {
  /// Where `needle` begins for the first time at `start` or behind it; nil if it does not.
  ///
  /// - Parameter needle: one byte or more.
  static func first(_ needle: [UInt8], in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    needle.withUnsafeBufferPointer { needle in
      var position = start
      let last = bytes.count - needle.count
      while position <= last {
        if bytes[position] == needle[0] {
          var matched = 1
          while matched < needle.count, bytes[position + matched] == needle[matched] { matched += 1 }
          if matched == needle.count { return position }
        }
        position += 1
      }
      return nil
    }
  }
}
