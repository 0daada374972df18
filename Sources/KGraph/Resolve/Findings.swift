/// Collects what is to be said, at each place each thing once.
final class Findings {
  private struct Key: Hashable {
    let code: String
    let place: Place
  }

  private(set) var diagnostics: [Diagnostic] = []
  private var seen: Set<Key> = []
  private(set) var hasErrors = false

  /// A graph that is used several times is looked at several times; what it has wrong is said once.
  func report(_ diagnostic: Diagnostic) {
    guard seen.insert(Key(code: diagnostic.code.name, place: diagnostic.place)).inserted else { return }
    if diagnostic.severity == .error { hasErrors = true }
    diagnostics.append(diagnostic)
  }
}
