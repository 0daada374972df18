import KGraph
import Kamaelia

/// The components of a library in groups, by the folder that their sources are in, and found by words.
struct LibraryFields {
  struct Field: Equatable {
    let name: String
    let components: [String]
  }

  /// In alphabetical order; those of a program of one's own come last.
  let fields: [Field]
  private let library: Library

  init(_ library: Library) {
    self.library = library
    let groups = Dictionary(grouping: library.names) { Self.field(of: $0, library) ?? Self.others }
    fields = groups.sorted { ($0.key == Self.others ? 1 : 0, $0.key) < ($1.key == Self.others ? 1 : 0, $1.key) }.map {
      Field(name: $0.key, components: $0.value.sorted())
    }
  }

  private static let others = "Of this program"

  /// `Files` for what was compiled from `…/KamaeliaComponents/Files/FileReader.swift`.
  private static func field(of name: String, _ library: Library) -> String? {
    let parts = library.sourceFile(of: name)?.split(separator: "/") ?? []
    guard let folder = parts.lastIndex(of: "KamaeliaComponents"), folder + 2 < parts.count else { return nil }
    return String(parts[folder + 1])
  }

  /// The components that a word leads to: by their names first, by what they are called elsewhere, and by what is said of
  /// them. Of several words, all are to be there.
  func found(by text: String) -> [String] {
    let whole = found(byWord: text)
    let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    guard whole.isEmpty, words.count > 1 else { return whole }
    let lists = words.map { found(byWord: $0) }
    return lists[0].filter { name in lists.dropFirst().allSatisfy { $0.contains(name) } }
  }

  private func found(byWord text: String) -> [String] {
    let word = text.lowercased()
    let familiar = FamiliarNames.entry(for: text.filter { !$0.isWhitespace }, among: library.names)?.components ?? []
    func rank(_ name: String) -> Int? {
      guard let signature = library.signature(of: name) else { return nil }
      if name.lowercased() == word { return 0 }
      // The likeliest first.
      if let place = familiar.firstIndex(of: name) { return 1 + place }
      if name.lowercased().contains(word) { return 100 }
      if signature.summary.lowercased().contains(word) { return 101 }
      let boxes = (signature.inboxes + signature.outboxes).map { "\($0.name) \($0.description)" }
      let parameters = signature.parameters.map { "\($0.name) \($0.description)" }
      let rest = [signature.details] + boxes + parameters
      return rest.contains { $0.lowercased().contains(word) } ? 102 : nil
    }
    return library.names.compactMap { name in rank(name).map { (name, $0) } }
      .sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map(\.0)
  }

  /// A table a group.
  func table(width: Int, isColoured: Bool) -> String {
    fields.flatMap { field in
      [Paint.bold(field.name, isColoured: isColoured)] + Wrap.table(rows(field.components), width: width) + [""]
    }.map { $0 + "\n" }.joined()
  }

  func rows(_ names: [String]) -> [(name: String, text: String)] {
    names.map { ($0, library.signature(of: $0)?.summary ?? "") }
  }
}
