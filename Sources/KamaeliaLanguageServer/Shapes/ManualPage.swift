import Kamaelia

/// What `kamaelia list NAME` shows, in Markdown.
struct ManualPage {
  let shape: Shape
  /// What stands for the variables of a generic component.
  var variables: [String: MessageType] = [:]

  var text: String {
    var parts = ["```kgraph\n\(shape.usage)\n```"]
    if !shape.summary.isEmpty { parts.append(shape.summary) }
    let known = variables.filter { $0.value != .any }.sorted { $0.key < $1.key }
    if !known.isEmpty {
      parts.append("Here " + known.map { "`\($0.key)` is `\($0.value)`" }.joined(separator: " and ") + ".")
    }
    if !shape.details.isEmpty { parts.append(Self.plain(shape.details)) }
    parts += section("Parameters", shape.parameters.map { line("\($0.name): \($0.type)", $0.description, $0.facts) })
    parts += section("Inboxes", boxes(shape.inboxes))
    parts += section("Outboxes", boxes(shape.outboxes))
    parts += section("Needs", shape.needs.map { "- `\($0)`" })
    return parts.joined(separator: "\n\n")
  }

  private func boxes(_ boxes: [Shape.Box]) -> [String] {
    boxes.filter { !$0.isImplicit }.map { line("\($0.title): \($0.typeText)", $0.description, $0.facts) }
  }

  private func section(_ title: String, _ lines: [String]) -> [String] {
    lines.isEmpty ? [] : ["**\(title)**", lines.joined(separator: "\n")]
  }

  private func line(_ title: String, _ description: String, _ facts: [String]) -> String {
    let note = facts.isEmpty ? [] : ["(\(facts.joined(separator: "; ")))"]
    let words = (description.isEmpty ? [] : [description]) + note
    return "- `\(title)`" + (words.isEmpty ? "" : " — \(words.joined(separator: " "))")
  }

  /// Paragraphs that are indented are examples.
  static func plain(_ text: String) -> String {
    text.components(separatedByBlankLine: .max).map { paragraph in
      paragraph.hasPrefix("  ")
        ? "```kgraph\n\(paragraph.lines.map { $0.drop { $0 == " " } }.joined(separator: "\n"))\n```"
        : paragraph
    }.joined(separator: "\n\n")
  }
}
