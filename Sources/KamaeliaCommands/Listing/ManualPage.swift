import KGraph
import Kamaelia

/// A component's page: what it does, its parameters and boxes, as a person reads them.
struct ManualPage {
  let signature: Signature
  let width: Int
  let isColoured: Bool

  var text: String {
    var lines = [bold(signature.name) + " — " + signature.summary, "", "    " + usage, ""]
    if !signature.details.isEmpty {
      for paragraph in signature.details.split(separator: "\n\n", omittingEmptySubsequences: false) {
        lines += self.paragraph(String(paragraph)) + [""]
      }
    }
    lines += section("PARAMETERS", signature.parameters.map(parameter))
    lines += section("INBOXES", signature.inboxes.map { box($0, isInbox: true) })
    lines += section("OUTBOXES", signature.outboxes.map { box($0, isInbox: false) })
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The component as a line of a graph: `… -> Match(pattern: Pattern) -> …`.
  private var usage: String {
    let required = signature.parameters.filter { $0.defaultValue == nil && !$0.type.isOptional }
    let arguments = required.map { parameter in
      parameter.name == signature.mainParameter?.name ? "\(parameter.type)" : "\(parameter.name): \(parameter.type)"
    }
    let call = "\(signature.name)(\(arguments.joined(separator: ", ")))"
    return (signature.defaultInbox == nil ? "" : "… -> ") + call + (signature.defaultOutbox == nil ? "" : " -> …")
  }

  /// A paragraph is wrapped; lines that begin with blanks, such as an example's, stay as they are.
  private func paragraph(_ text: String) -> [String] {
    if text.hasPrefix("  ") { return text.split(separator: "\n").map { "  " + $0 } }
    return Wrap.lines(text.split(separator: "\n").joined(separator: " "), width: width - 2).map { "  " + $0 }
  }

  private func section(_ title: String, _ entries: [[String]]) -> [String] {
    entries.isEmpty ? [] : [bold(title)] + entries.flatMap { $0 } + [""]
  }

  private func parameter(_ parameter: Signature.Parameter) -> [String] {
    var facts: [String] = []
    if let bounds = parameter.bounds { facts.append(bounds) }
    if let value = parameter.defaultValue {
      facts.append(value == .name("none") ? "may be left out" : "\(value) if left out")
    } else {
      facts.append("required")
    }
    if parameter.name == signature.mainParameter?.name { facts.append("needs no name") }
    return entry("\(parameter.name): \(parameter.type)", parameter.description, facts)
  }

  private func box(_ box: Signature.Box, isInbox: Bool) -> [String] {
    var facts: [String] = []
    if box.name == (isInbox ? signature.defaultInbox : signature.defaultOutbox)?.name { facts.append("the default") }
    if isInbox, !box.isRequired, !box.isArray { facts.append("may stay unlinked") }
    if !isInbox, box.isRequired {
      facts.append("the component fails if it stays unlinked and there is something to send")
    }
    if box.takesOne { facts.append("takes one linkage") }
    let refinements = box.refinements.map { refinement in
      switch refinement.source {
      case .value(let value): "\(refinement.name) \(value)"
      case .parameter(let name): "\(refinement.name) as the parameter `\(name)` says"
      }
    }
    return entry("\(box.name)\(box.isArray ? "[…]" : ""): \(box.type)", box.description, facts + refinements)
  }

  private func entry(_ title: String, _ description: String, _ facts: [String]) -> [String] {
    let note = facts.isEmpty ? "" : " (\(facts.joined(separator: "; ")))"
    return ["  " + Paint.place(title, isColoured: isColoured)]
      + Wrap.lines(description + note, width: width - 6).map { "      " + $0 }
  }

  private func bold(_ text: String) -> String { Paint.bold(text, isColoured: isColoured) }
}

extension ParameterType {
  /// Whether a value may be left out.
  var isOptional: Bool { if case .optional = self { true } else { false } }
}
