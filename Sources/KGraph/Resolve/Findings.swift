/// Collects what is to be said, at each place each thing once.
final class Findings {
  private struct Key: Hashable {
    let code: String
    let place: Place
  }

  private(set) var diagnostics: [Diagnostic] = []
  private var seen: Set<Key> = []
  private(set) var hasErrors = false
  private var isFull = false
  /// More than anybody reads; a file made by a program can have a million mistakes.
  private static let limit = 1000

  /// A graph that is used several times is looked at several times; what it has wrong is said once.
  func report(_ diagnostic: Diagnostic) {
    if isFull {
      // What is left out may be the only error.
      if diagnostic.severity == .error { hasErrors = true }
      return
    }
    guard seen.insert(Key(code: diagnostic.code.name, place: diagnostic.place)).inserted else { return }
    if diagnostic.severity == .error { hasErrors = true }
    diagnostics.append(diagnostic)
    if diagnostics.count == Self.limit {
      isFull = true
      hasErrors = true
      diagnostics.append(.tooManyFindings(diagnostic.place, limit: Self.limit))
    }
  }
}
