@testable import KGraph

/// What a tree says, without places: equal for files that differ in blanks and comments only.
///
/// `Chain(segments: [endpoint(Endpoint(instance: tail)), …])`; names and literals as written, what is `nil` or empty
/// left out.
func outline(of file: GraphFile) -> String { file.statements.map { outline($0) }.joined(separator: "\n") }

func outline(_ value: Any) -> String {
  switch value {
  case let name as Name: return name.text
  case let literal as Literal: return "\(literal.number)\(literal.unit)"
  case let text as TextLiteral: return (text.isRaw ? "raw" : "") + outline(parts: text.parts)
  case let command as CommandLiteral:
    return "command[" + command.words.map { outline(parts: $0) }.joined(separator: ", ") + "]"
  case let documentation as Documentation: return "\"\(documentation.text)\""
  case let text as String: return "\"\(text)\""
  default: break
  }
  let mirror = Mirror(reflecting: value)
  switch mirror.displayStyle {
  case .optional: return mirror.children.first.map { outline($0.value) } ?? ""
  case .collection:
    return "[" + mirror.children.map { outline($0.value) }.joined(separator: ", ") + "]"
  case .enum:
    guard let payload = mirror.children.first, let name = payload.label else { return "\(value)" }
    if payload.value is Place { return name }
    let isTuple = Mirror(reflecting: payload.value).displayStyle == .tuple
    let inner = isTuple ? members(payload.value) : outline(payload.value)
    return inner.isEmpty ? name : "\(name)(\(inner))"
  case .struct, .class: return "\(mirror.subjectType)(\(members(value)))"
  default: return "\(value)"
  }
}

private func members(_ value: Any) -> String {
  Mirror(reflecting: value).children.compactMap { label, child -> String? in
    if child is Place { return nil }
    let text = outline(child)
    guard !text.isEmpty, text != "[]", text != "standard", text != "unspecified", text != "false" else { return nil }
    guard let label, !label.hasPrefix(".") else { return text }
    return "\(label): \(text)"
  }.joined(separator: ", ")
}

private func outline(parts: [TextLiteral.Part]) -> String {
  "\""
    + parts.map { part in
      switch part {
      case .text(let text): text
      case .parameter(let name): "${\(name.text)}"
      }
    }.joined() + "\""
}
