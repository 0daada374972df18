import Glibc
import Kamaelia

/// Paths that have something in common: `data/*.log`, `/srv/**`.
struct PathPattern: Sendable, Hashable {
  enum Step: Sendable, Hashable {
    /// A name, and nothing but that name.
    case name(String)
    /// A name with `*` for any part of it.
    case like(String)
    /// Any number of names, none included: `**`.
    case any
  }

  /// From the root on; links in the part before the first `*` are followed.
  let steps: [Step]

  /// Reads what follows `read` or `write` on a command line.
  init(_ text: String) {
    let names = text.split(separator: "/")
    let plain = names.prefix { !$0.contains("*") }
    let start = (text.hasPrefix("/") ? "/" : "") + plain.joined(separator: "/")
    steps =
      RealPath.names(of: start).map(Step.name)
      + names.dropFirst(plain.count).map { $0 == "**" ? .any : .like(String($0)) }
  }

  /// What a component needs.
  init(_ path: String, _ extent: Capability.Extent) {
    let steps = RealPath.names(of: path).map(Step.name)
    switch extent {
    case .itself: self.steps = steps
    case .entries: self.steps = steps + [.like("*")]
    case .everything: self.steps = steps + [.any]
    }
  }

  /// What a folder, which is a path without links, has under a name or a pattern of names.
  init(folder: String, name: String) {
    steps =
      folder.split(separator: "/").map { .name(String($0)) } + [name.contains("*") ? .like(name) : .name(name)]
  }

  private init(steps: some Sequence<Step>) { self.steps = Array(steps) }

  /// The same with all that is below.
  var withEverythingBelow: PathPattern { steps.last == .any ? self : PathPattern(steps: steps + [.any]) }

  /// The part before the first `*`, as a path.
  var base: String {
    let names = steps.prefix { if case .name = $0 { true } else { false } }
    return "/" + names.map { if case .name(let name) = $0 { name } else { "" } }.joined(separator: "/")
  }

  /// The steps behind ``base``.
  var rest: ArraySlice<Step> { steps.drop { if case .name = $0 { true } else { false } } }

  /// Whether it means all below a folder.
  var isDeep: Bool { steps.last == .any }

  /// Whether it means all that is in one folder.
  var isWholeFolder: Bool { rest.elementsEqual([.like("*")]) }

  /// The same where a link at its end, which a program's name may be, leads.
  var followingLinks: PathPattern { rest.isEmpty ? PathPattern(base) : self }

  /// The folders that what it means is in.
  var folder: PathPattern { PathPattern(steps: steps.dropLast()) }

  /// Whether all paths of `other` are among these. Who has what is in a folder has its names.
  func covers(_ other: PathPattern) -> Bool { Self.covers(steps[...], other.steps[...]) }

  private static func covers(_ own: ArraySlice<Step>, _ other: ArraySlice<Step>) -> Bool {
    guard let first = own.first else { return other.isEmpty }
    if first == .any {
      if own.count == 1 { return true }
      return covers(own.dropFirst(), other) || (!other.isEmpty && covers(own, other.dropFirst()))
    }
    guard let next = other.first else { return own.elementsEqual([.like("*")]) }
    let fits: Bool
    switch (first, next) {
    case (.name(let name), .name(let otherName)): fits = name == otherName
    case (.like(let pattern), .name(let name)): fits = isMatch(pattern, name)
    case (.like(let pattern), .like(let otherPattern)): fits = pattern == otherPattern || pattern == "*"
    default: fits = false
    }
    return fits && covers(own.dropFirst(), other.dropFirst())
  }

  /// Whether some path may be among these and those of `other`.
  func overlaps(_ other: PathPattern) -> Bool { Self.overlaps(steps[...], other.steps[...]) }

  private static func overlaps(_ a: ArraySlice<Step>, _ b: ArraySlice<Step>) -> Bool {
    guard let first = a.first, let second = b.first else { return (a + b).allSatisfy { $0 == .any } }
    if first == .any { return overlaps(a.dropFirst(), b) || overlaps(a, b.dropFirst()) }
    if second == .any { return overlaps(b, a) }
    let fits: Bool
    switch (first, second) {
    case (.name(let name), .name(let other)): fits = name == other
    case (.like(let pattern), .name(let name)), (.name(let name), .like(let pattern)): fits = isMatch(pattern, name)
    default: fits = true
    }
    return fits && overlaps(a.dropFirst(), b.dropFirst())
  }

  /// Whether a name fits a pattern in which `*` stands for any part.
  static func isMatch(_ pattern: String, _ name: String) -> Bool {
    var (pattern, name) = (Array(pattern.utf8)[...], Array(name.utf8)[...])
    // Where to go on when what follows the last `*` does not fit: one byte later.
    var retry: (pattern: ArraySlice<UInt8>, name: ArraySlice<UInt8>)?
    while let byte = name.first {
      if pattern.first == UInt8(ascii: "*") {
        pattern = pattern.dropFirst()
        retry = (pattern, name)
      } else if pattern.first == byte {
        (pattern, name) = (pattern.dropFirst(), name.dropFirst())
      } else if let last = retry {
        retry = (last.pattern, last.name.dropFirst())
        (pattern, name) = (last.pattern, last.name.dropFirst())
      } else {
        return false
      }
    }
    return pattern.allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
