import Foundation

@testable import KGraph

/// As much of TextMate's way of reading as our grammar needs: line by line, at each place the first rule that fits soonest.
struct TextMate {
  final class Rule {
    let name: String?
    let match: NSRegularExpression?
    let end: NSRegularExpression?
    let captures: [Int: String]
    var inner: [Rule] = []

    init(name: String?, match: NSRegularExpression?, end: NSRegularExpression?, captures: [Int: String]) {
      (self.name, self.match, self.end, self.captures) = (name, match, end, captures)
    }
  }

  struct Wrong: Error { let words: String }

  let rules: [Rule]
  /// Every pattern of the grammar.
  let patterns: [String]

  init(_ file: URL) throws {
    guard let root = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any] else {
      throw Wrong(words: "no object")
    }
    let repository = root["repository"] as? [String: [String: Any]] ?? [:]
    var patterns: [String] = []
    func expression(_ entry: [String: Any], _ key: String) throws -> NSRegularExpression? {
      guard let text = entry[key] as? String else { return nil }
      patterns.append(text)
      return try NSRegularExpression(pattern: text, options: .anchorsMatchLines)
    }
    func read(_ entry: [String: Any]) throws -> [Rule] {
      if let name = entry["include"] as? String {
        guard let named = repository[String(name.dropFirst())] else { throw Wrong(words: "no \(name)") }
        return try read(named)
      }
      let inner = try (entry["patterns"] as? [[String: Any]] ?? []).flatMap(read)
      if entry["match"] == nil, entry["begin"] == nil { return inner }
      var captures: [Int: String] = [:]
      for (number, capture) in entry["captures"] as? [String: [String: String]] ?? [:] {
        captures[Int(number) ?? -1] = capture["name"]
      }
      let rule = Rule(
        name: entry["name"] as? String, match: try expression(entry, "match") ?? expression(entry, "begin"),
        end: try expression(entry, "end"), captures: captures)
      rule.inner = inner
      return [rule]
    }
    rules = try (root["patterns"] as? [[String: Any]] ?? []).flatMap(read)
    self.patterns = patterns
  }

  /// The innermost scope of each UTF-16 unit of a text.
  func scopes(of text: String) -> [String] {
    let whole = text as NSString
    var scopes = [String](repeating: "", count: whole.length)
    var open: Rule?
    var position = 0
    while position < whole.length {
      let line = whole.lineRange(for: NSRange(location: position, length: 0))
      let ends = whole.substring(with: line).hasSuffix("\n")
      let stop = line.location + line.length - (ends ? 1 : 0)
      while position <= stop {
        let range = NSRange(location: position, length: stop - position)
        func first(_ rule: Rule, _ expression: NSRegularExpression?) -> NSTextCheckingResult? {
          // Anchors are those of the line, and what stands before is seen.
          let options: NSRegularExpression.MatchingOptions = [.withTransparentBounds, .withoutAnchoringBounds]
          return expression?.firstMatch(in: text, options: options, range: range)
        }
        var best: (rule: Rule, found: NSTextCheckingResult, isEnd: Bool)?
        if let rule = open, let found = first(rule, rule.end) { best = (rule, found, true) }
        for rule in open?.inner ?? rules {
          guard let found = first(rule, rule.match) else { continue }
          if best.map({ found.range.location < $0.found.range.location }) ?? true { best = (rule, found, false) }
        }
        let next = best?.found.range.location ?? stop
        for index in position..<max(position, next) { scopes[index] = open?.name ?? "" }
        guard let best else { break }
        let (rule, found) = (best.rule, best.found)
        for index in found.range.location..<found.range.location + found.range.length {
          scopes[index] = rule.name ?? open?.name ?? ""
        }
        for (number, name) in rule.captures.sorted(by: { $0.key < $1.key }) where found.range(at: number).length > 0 {
          let range = found.range(at: number)
          for index in range.location..<range.location + range.length { scopes[index] = name }
        }
        position = found.range.location + found.range.length
        if best.isEnd {
          open = nil
        } else if rule.end != nil {
          open = rule
        } else if found.range.length == 0 {
          position += 1
        }
        if best.isEnd, found.range.length == 0 { break }
      }
      position = line.location + line.length
    }
    return scopes
  }
}
