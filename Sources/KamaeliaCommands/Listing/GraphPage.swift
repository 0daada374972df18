import KGraph
import Kamaelia

/// A graph file's page: what it says of itself, its parameters, boxes, graphs and tests, as a person reads them.
struct GraphPage {
  let tree: GraphFile
  let width: Int
  let isColoured: Bool

  init(_ source: Source, width: Int, isColoured: Bool) {
    tree = GraphFile.parse(source)
    self.width = width
    self.isColoured = isColoured
  }

  /// The names of the file's parameters.
  var parameters: [String] { declared.parameters.map(\.name.text) }
  /// The names of its tests.
  var tests: [String] { declared.tests.compactMap(\.name.constant) }

  private struct Declared {
    var parameters: [ParameterDeclaration] = []
    var boxes: [BoxDeclaration] = []
    var graphs: [GraphDeclaration] = []
    var tests: [TestDeclaration] = []
  }

  private var declared: Declared {
    var declared = Declared()
    for statement in tree.statements {
      switch statement {
      case .parameter(let node) where !node.name.isMissing: declared.parameters.append(node)
      case .box(let node) where !node.name.isMissing: declared.boxes.append(node)
      case .graph(let node) where !node.name.isMissing: declared.graphs.append(node)
      case .test(let node): declared.tests.append(node)
      default: break
      }
    }
    return declared
  }

  var text: String {
    let declared = declared
    var lines = [bold(DisplayWidth.printable(tree.source.name)), ""]
    if let documentation = tree.documentation?.text {
      for line in paragraphs(documentation) { lines.append(line.isEmpty ? "" : "  " + line) }
      lines.append("")
    }
    lines += section(
      "PARAMETERS (--set NAME=VALUE)",
      declared.parameters.map { parameter in
        let value = parameter.defaultValue.map { " = \($0.place.text)" } ?? ""
        return entry(
          "\(parameter.name.text): \(parameter.type.place.text)\(value)", parameter.documentation?.text,
          parameter.defaultValue == nil ? "required" : nil)
      })
    for (direction, title) in [(BoxDeclaration.Direction.inbox, "INBOXES"), (.outbox, "OUTBOXES")] {
      lines += section(
        title,
        declared.boxes.filter { $0.direction == direction }.map {
          entry("\($0.name.text): \($0.type.place.text)", $0.documentation?.text, nil)
        })
    }
    lines += section("GRAPHS", declared.graphs.map { entry($0.name.text, $0.documentation?.text, nil) })
    lines += section("TESTS", tests.map { entry($0, nil, nil) })
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { $0 + "\n" }.joined()
  }

  private func section(_ title: String, _ entries: [[String]]) -> [String] {
    entries.isEmpty ? [] : [bold(title)] + entries.flatMap { $0 } + [""]
  }

  private func entry(_ title: String, _ documentation: String?, _ fact: String?) -> [String] {
    let text = [documentation?.replacing("\n", with: " "), fact.map { "(\($0))" }].compactMap { $0 }
    return ["  " + Paint.place(DisplayWidth.printable(title), isColoured: isColoured)]
      + Wrap.lines(text.map { DisplayWidth.printable($0) }.joined(separator: " "), width: width - 6)
      .filter { !$0.isEmpty }.map { "      " + $0 }
  }

  /// Paragraphs are wrapped anew; what is indented stays as it is.
  private func paragraphs(_ text: String) -> [String] {
    var lines: [String] = []
    var paragraph: [String] = []
    func finish() {
      if !paragraph.isEmpty { lines += Wrap.lines(paragraph.joined(separator: " "), width: width - 2) }
      paragraph = []
    }
    for line in text.lines {
      let line = DisplayWidth.printable(String(line))
      if line.isEmpty || line.hasPrefix(" ") {
        finish()
        lines.append(line)
      } else {
        paragraph.append(line)
      }
    }
    finish()
    return lines
  }

  private func bold(_ text: String) -> String { Paint.bold(text, isColoured: isColoured) }
}
