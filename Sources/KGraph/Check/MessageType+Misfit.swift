import Kamaelia

extension MessageType {
  /// Which part of a literal keeps it from being of this type, or several messages of it: `"x" is no URL`; nil where it is the
  /// whole, or where it is not known.
  func misfit(in value: Value) -> String? {
    switch (self, value) {
    case (.optional(let wrapped), _): return wrapped.misfit(in: value)
    case (.list(let element), .list(let values)): return Self.misfit(in: values, element)
    case (.record(let fields), .record(let values)):
      if let missing = fields.first(where: { field in !values.contains { $0.name == field.name } }) {
        return "field `\(missing.name)` is missing"
      }
      for value in values {
        guard let field = fields.first(where: { $0.name == value.name }) else {
          return "it has no field `\(value.name)`"
        }
        if field.type.refuses(value.value) {
          return field.type.misfit(in: value.value) ?? "`\(value.name)`: \(value.value.sketch) is no \(field.type)"
        }
      }
      return nil
    case (_, .list(let values)): return Self.misfit(in: values, self)
    default: return nil
    }
  }

  private static func misfit(in values: [Value], _ type: MessageType) -> String? {
    values.first(where: type.refuses).map { type.misfit(in: $0) ?? "\($0.sketch) is no \(type)" }
  }

  /// Whether a value is certainly none of this type.
  private func refuses(_ value: Value) -> Bool {
    switch (self, value) {
    case (.optional(let wrapped), _): value != .name("none") && wrapped.refuses(value)
    case (.list, .list), (.record, .record): misfit(in: value) != nil
    case (.list, _), (.record, _): true
    case (.named, _): hasLiterals && problem(with: value) != nil
    default: false
    }
  }
}
