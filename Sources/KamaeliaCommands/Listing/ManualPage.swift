import KGraph
import Kamaelia

/// A component's page: what it does, its parameters and boxes, as a person reads them.
struct ManualPage {
  let signature: Signature
  let width: Int
  let isColoured: Bool

  var text: String {
    var lines = [bold(signature.name) + " — " + signature.summary, "", "    " + signature.usage, ""]
    if !signature.details.isEmpty {
      for paragraph in signature.details.split(separator: "\n\n", omittingEmptySubsequences: false) {
        lines += self.paragraph(String(paragraph)) + [""]
      }
    }
    lines += section("PARAMETERS", signature.parameters.map(parameter))
    lines += section("INBOXES", signature.inboxes.map { box($0, isInbox: true) })
    lines += section("OUTBOXES", signature.outboxes.map { box($0, isInbox: false) })
    lines += section("NEEDS", signature.needs.map { ["  " + Paint.place($0, isColoured: isColoured)] })
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { $0 + "\n" }.joined()
  }

  /// A paragraph is wrapped; lines that begin with blanks, such as an example's, stay as they are.
  private func paragraph(_ text: String) -> [String] {
    let lines = text.lines.filter { !$0.isEmpty }
    if text.hasPrefix("  ") { return lines.map { "  " + $0 } }
    var items: [String] = []
    for line in lines {
      // A line of a list stands by itself, whatever is before it.
      if items.isEmpty || line.hasPrefix("- ") { items.append(line) } else { items[items.count - 1] += " " + line }
    }
    return items.flatMap { item in
      item.hasPrefix("- ")
        ? Wrap.lines(String(item.dropFirst(2)), width: width - 2, indent: "  ").enumerated().map { number, line in
          number == 0 ? "  - " + line.dropFirst(2) : "  " + line
        }
        : Wrap.lines(item, width: width - 2).map { "  " + $0 }
    }
  }

  private func section(_ title: String, _ entries: [[String]]) -> [String] {
    entries.isEmpty ? [] : [bold(title)] + entries.flatMap { $0 } + [""]
  }

  private func parameter(_ parameter: Signature.Parameter) -> [String] {
    entry("\(parameter.name): \(parameter.type)", parameter.description, signature.facts(of: parameter))
  }

  private func box(_ box: Signature.Box, isInbox: Bool) -> [String] {
    entry(
      "\(box.name)\(box.isArray ? "[…]" : ""): \(box.type)", box.description,
      signature.facts(of: box, isInbox: isInbox))
  }

  private func entry(_ title: String, _ description: String, _ facts: [String]) -> [String] {
    let note = facts.isEmpty ? "" : " (\(facts.joined(separator: "; ")))"
    return ["  " + Paint.place(title, isColoured: isColoured)]
      + Wrap.lines(description + note, width: width - 6).map { "      " + $0 }
  }

  private func bold(_ text: String) -> String { Paint.bold(text, isColoured: isColoured) }
}
