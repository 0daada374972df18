/// Collects what is to be said, at each place each thing once.
final class Findings {
  private struct Key: Hashable {
    let code: String
    let place: Place
  }

  private(set) var diagnostics: [Diagnostic] = []
  private var seen: Set<Key> = []
  private(set) var hasErrors = false
  /// How many errors there are; those beyond the limit are not counted.
  private(set) var errorCount = 0
  private var isFull = false
  /// Files with errors of syntax.
  private var faulty: [ObjectIdentifier: GraphFile] = [:]
  /// The words in statements that could not be read: what seems to be missing elsewhere may be declared there.
  private var unreadWords: Set<String> = []
  /// More than anybody reads; a file made by a program can have a million mistakes.
  private static let limit = 1000

  /// Reports what is wrong with a text. From then on nothing more is said of statements that could not be read, and of those
  /// with another error of syntax only which names do not exist.
  func add(_ tree: GraphFile) {
    for diagnostic in tree.diagnostics { report(diagnostic) }
    guard !tree.diagnostics.isEmpty else { return }
    faulty[ObjectIdentifier(tree.source)] = tree
    for range in tree.unreadable {
      var index = tree.tokens.firstIndex(from: range.lowerBound)
      while index < tree.tokens.count, tree.tokens[index].range.lowerBound < range.upperBound {
        if tree.tokens[index].kind == .identifier { unreadWords.insert(tree.source.text(tree.tokens[index].range)) }
        index += 1
      }
    }
  }

  /// Whether nobody would read one more; then there is no need to look for what may have been meant.
  var areTooMany: Bool { isFull }

  /// What is held back, and not reported yet; nil where nothing is.
  private var held: [Diagnostic]?

  /// Holds back what `body` reports, to be reported elsewhere or otherwise. It counts as an error while `body` runs.
  func holding<Result>(_ body: () -> Result) -> (result: Result, held: [Diagnostic]) {
    let before = (held, hasErrors, errorCount)
    held = []
    let result = body()
    let found = held ?? []
    (held, hasErrors, errorCount) = before
    return (result, found)
  }

  /// A graph that is used several times is looked at several times; what it has wrong is said once.
  func report(_ diagnostic: Diagnostic) {
    if held != nil {
      let isKnown = seen.contains(Key(code: diagnostic.code.name, place: diagnostic.place))
      if isKnown || followsFromSyntax(diagnostic) { return }
      held?.append(diagnostic)
      if diagnostic.severity == .error {
        hasErrors = true
        errorCount += 1
      }
      return
    }
    if isFull {
      // What is left out may be the only error.
      if diagnostic.severity == .error { hasErrors = true }
      return
    }
    guard !followsFromSyntax(diagnostic) else { return }
    guard seen.insert(Key(code: diagnostic.code.name, place: diagnostic.place)).inserted else { return }
    if diagnostic.severity == .error {
      hasErrors = true
      errorCount += 1
    }
    diagnostics.append(diagnostic)
    if diagnostics.count == Self.limit {
      isFull = true
      hasErrors = true
      diagnostics.append(.tooManyFindings(diagnostic.place, limit: Self.limit))
    }
  }

  /// Whether it is about a statement that could not be read, or about the lack of something that may be declared in one.
  private func followsFromSyntax(_ diagnostic: Diagnostic) -> Bool {
    if faulty.isEmpty { return false }
    let isAboutName = Self.missingNames.contains(diagnostic.code)
    if isAboutName, unreadWords.contains(diagnostic.place.text.trimmingName) { return true }
    guard let tree = faulty[ObjectIdentifier(diagnostic.place.source)] else { return false }
    let offset = diagnostic.place.range.lowerBound
    return Self.contains(tree.unreadable, offset) || (!isAboutName && Self.contains(tree.doubtful, offset))
  }

  /// - Parameter ranges: in order.
  private static func contains(_ ranges: [Range<Int>], _ offset: Int) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound <= offset { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(offset)
  }

  private static let missingNames: Set<Code> = [
    .unknownComponent, .unknownInstance, .unknownParameter, .unknownBackplane, .unknownType,
  ]
}

extension String {
  /// The name that a place is about, without the sign before it.
  fileprivate var trimmingName: String { String(drop { "$@".contains($0) }) }
}
