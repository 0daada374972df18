import Kamaelia

/// Looks whether messages have the fields that components look for in them, as far as their types tell.
struct FieldCheck {
  private let flat: Flat
  private let findings: Findings
  private var types: TypeCheck

  init(_ flat: Flat, _ types: TypeCheck, _ findings: Findings) {
    self.flat = flat
    self.types = types
    self.findings = findings
  }

  /// - Parameter fields: what instances look for, by their numbers.
  mutating func run(_ fields: [Int: [String]]) {
    for linkage in flat.linkages where !findings.areTooMany {
      guard case .box(let number, let name, _) = linkage.to, name != "control" else { continue }
      let instance = flat.instances[number]
      guard let paths = instance.role == .component ? fields[number] : instance.sharingField.map({ [$0] }),
        let type = types.type(of: linkage.from, .outbox)
      else { continue }
      for path in paths {
        guard let lack = type.lack(of: path) else { continue }
        findings.report(.missingField(path, lack, type, of: instance, linkage))
        break
      }
    }
  }
}

extension FlatInstance {
  /// What copies share messages by, where that is a field of them.
  fileprivate var sharingField: String? {
    guard role == .distribute, case .value(.text(let field))? = arguments["field"], !field.isEmpty else { return nil }
    return field
  }
}

extension MessageType {
  /// What keeps messages of this type from having a field.
  struct Lack: Equatable {
    /// The part of the path that is missing.
    let name: String
    /// The names that there are instead; empty where there are no fields at all.
    let candidates: [String]
  }

  /// Scalars, which have no fields.
  private static let scalars: Set = [
    "Text", "Bytes", "Int", "Double", "Bool", "Duration", "Size", "Frequency", "Rate", "Port", "Path", "Address", "URL",
  ]

  /// Nil where messages of this type have the field, or may have it.
  ///
  /// - Parameter path: names with dots between, or the name of a field that has dots in it; empty for the whole message, which
  ///   has to be a single value then.
  func lack(of path: String) -> Lack? {
    if path.isEmpty { return lackOfSingleValue }
    if case .record(let fields) = self, fields.contains(where: { $0.name == path }) { return nil }
    var type = self
    for name in path.split(separator: ".").map(String.init) {
      while case .optional(let wrapped) = type { type = wrapped }
      switch type {
      case .record(let fields):
        guard let field = fields.first(where: { $0.name == name }) else {
          return Lack(name: name, candidates: fields.map(\.name))
        }
        type = field.type
      case .list(let element):
        guard Int(name) != nil else { return Lack(name: name, candidates: []) }
        type = element
      case .named(let scalar, _) where Self.scalars.contains(scalar): return Lack(name: name, candidates: [])
      case .any, .named, .optional, .graph, .variable: return nil
      }
    }
    return nil
  }
}

extension MessageType {
  private var lackOfSingleValue: Lack? {
    switch self {
    case .optional(let wrapped): wrapped.lackOfSingleValue
    case .list: Lack(name: "", candidates: [])
    case .record(let fields): Lack(name: "", candidates: fields.map(\.name))
    case .any, .named, .graph, .variable: nil
    }
  }
}

extension Diagnostic {
  /// Says: these messages have no field `…`.
  fileprivate static func missingField(
    _ path: String, _ lack: MessageType.Lack, _ type: MessageType, of instance: FlatInstance, _ linkage: FlatLinkage
  ) -> Diagnostic {
    if path.isEmpty {
      return Diagnostic(
        .missingField, "these messages are no single values", at: instance.componentPlace,
        caption: "takes single values",
        labels: linkage.fromPlace == instance.componentPlace ? [] : [Label(linkage.fromPlace, "carries \(type)")],
        helps: lack.candidates.isEmpty
          ? [] : ["name the field that it is to look at: \(lack.candidates.map { "`\($0)`" }.joined(separator: ", "))"])
    }
    let near = Suggestions.closest(to: lack.name, among: lack.candidates)
    let isWhole = lack.candidates.isEmpty && !path.contains(".")
    return Diagnostic(
      .missingField, "these messages have no field `\(path)`", at: instance.componentPlace,
      caption: instance.role == .distribute ? "its copies share messages by it" : "looks for it",
      labels: linkage.fromPlace == instance.componentPlace
        ? [] : [Label(linkage.fromPlace, "carries \(type)\(isWhole ? ", which has no fields" : "")")],
      helps: near.isEmpty ? [] : ["did you mean \(near.map { "`\($0)`" }.joined(separator: " or "))?"])
  }
}
