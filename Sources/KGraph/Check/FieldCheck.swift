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

  /// - Parameter claims: what instances say of themselves, by their numbers.
  mutating func run(_ claims: [Int: ComponentChecks.Claims]) {
    for linkage in flat.linkages where !findings.areTooMany {
      guard case .box(let number, let name, _) = linkage.to, name != ImplicitBox.control.name else { continue }
      let instance = flat.instances[number]
      guard var type = types.type(of: linkage.from, .outbox) else { continue }
      if case .box(let sender, let name, _) = linkage.from, let fields = claims[sender]?.sent[name] {
        type = .record(fields.map { MessageType.Field($0, .json) })
      }
      let read: FieldsRead
      if let reader = claims[number]?.reader {
        read = reader.fieldsRead(in: type)
      } else if let field = instance.sharingField {
        read = FieldsRead([field], of: type)
      } else {
        continue
      }
      if let path = read.names.first(where: { read.type.lack(of: $0) != nil }), let lack = read.type.lack(of: path) {
        findings.report(.missingField(path, lack, type, of: instance, linkage))
      } else if let path = read.numbers.first(where: { read.type.type(at: $0)?.isNeverNumber == true }),
        let found = read.type.type(at: path)
      {
        findings.report(.noNumber(path, found, of: instance, linkage))
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

  /// What a path is made of. By bytes: a dot and a mark behind it are one character of Swift's.
  fileprivate static func names(of path: String) -> [String] {
    path.utf8.split(separator: UInt8(ascii: ".")).map { String(Substring($0)) }
  }

  /// Nil where messages of this type have the field, or may have it.
  ///
  /// - Parameter path: names with dots between, or the name of a field that has dots in it; empty for the whole message, which
  ///   has to be a single value then.
  func lack(of path: String) -> Lack? {
    if path.isEmpty { return lackOfSingleValue }
    if case .record(let fields) = self, fields.contains(where: { $0.name.hasSameBytes(as: path) }) { return nil }
    var type = self
    for name in Self.names(of: path) {
      while case .optional(let wrapped) = type { type = wrapped }
      switch type {
      case .record(let fields):
        guard let field = fields.first(where: { $0.name.hasSameBytes(as: name) }) else {
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
  /// What a field is, where that is known.
  fileprivate func type(at path: String) -> MessageType? {
    if path.isEmpty { return self }
    if case .record(let fields) = self, let field = fields.first(where: { $0.name.hasSameBytes(as: path) }) {
      return field.type
    }
    var type = self
    for name in Self.names(of: path) {
      while case .optional(let wrapped) = type { type = wrapped }
      switch type {
      case .record(let fields):
        guard let field = fields.first(where: { $0.name.hasSameBytes(as: name) }) else { return nil }
        type = field.type
      case .list(let element): type = element
      case .any, .named, .optional, .graph, .variable: return nil
      }
    }
    return type
  }

  /// Whether no message of this type is a number, and none is written like one.
  fileprivate var isNeverNumber: Bool {
    switch self {
    case .optional(let wrapped): wrapped.isNeverNumber
    case .named(let name, _): ["Bool", "Bytes", "Path", "Address", "URL"].contains(name)
    case .list, .record: true
    case .any, .graph, .variable: false
    }
  }

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
  /// Says: these messages are no numbers.
  fileprivate static func noNumber(
    _ path: String, _ type: MessageType, of instance: FlatInstance, _ linkage: FlatLinkage
  ) -> Diagnostic {
    Diagnostic(
      .missingField,
      path.isEmpty ? "these messages are no numbers" : "the field `\(path)` of these messages is no number",
      at: instance.componentPlace, caption: "takes numbers",
      labels: linkage.fromPlace == instance.componentPlace
        ? [] : [Label(linkage.fromPlace, "\(path.isEmpty ? "carries" : "`\(path)` is") \(type)")])
  }

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
