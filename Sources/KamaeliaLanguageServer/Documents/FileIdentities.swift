import KGraph

/// A stretch of a file, whichever of its paths and whichever reading of it a place was found by.
struct FileStretch: Hashable {
  let file: String
  let range: Range<Int>
}

/// Tells whether places of several indexes are the same one.
///
/// Each index has read its files for itself, and may have come to one of them by another path, such as through a link.
struct FileIdentities {
  private let workspace: Workspace
  /// By name: to find one out may ask the disk.
  private var known: [String: String] = [:]

  init(_ workspace: Workspace) { self.workspace = workspace }

  /// What all names of one file have in common.
  mutating func of(_ name: String) -> String {
    if let identity = known[name] { return identity }
    let identity = workspace.loader(root: workspace.root(of: name), open: [:]).identity(of: name)
    known[name] = identity
    return identity
  }

  mutating func stretch(of place: Place) -> FileStretch {
    FileStretch(file: of(place.source.name), range: place.range)
  }

  /// Whether two indexes mean the same by it.
  mutating func isSame(_ one: Symbol, _ other: Symbol) -> Bool {
    guard one.kind == other.kind, one.name == other.name else { return false }
    if one.definitions.isEmpty, other.definitions.isEmpty { return one.owner == other.owner }
    guard let here = one.definitions.first, let there = other.definitions.first else { return false }
    return here.range == there.range && of(here.source.name) == of(there.source.name)
  }
}
