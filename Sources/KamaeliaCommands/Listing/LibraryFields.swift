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

  /// The components that a word leads to: by their names first, then by what is said of them.
  func found(by word: String) -> [String] {
    let word = word.lowercased()
    func rank(_ name: String) -> Int? {
      guard let signature = library.signature(of: name) else { return nil }
      if name.lowercased() == word { return 0 }
      if name.lowercased().contains(word) { return 1 }
      if signature.summary.lowercased().contains(word) { return 2 }
      let boxes = (signature.inboxes + signature.outboxes).map { "\($0.name) \($0.description)" }
      let parameters = signature.parameters.map { "\($0.name) \($0.description)" }
      let rest = [signature.details] + boxes + parameters
      return rest.contains { $0.lowercased().contains(word) } ? 3 : nil
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
