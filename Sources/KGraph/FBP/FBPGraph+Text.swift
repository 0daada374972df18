extension FBPGraph {
  /// The text of the file; read again, it is the same graph.
  ///
  /// A packet that ends with a backslash cannot be written: the language has no sign for one before a quote.
  package var text: String {
    var open = Dictionary(components.map { ($0.node, $0.component) }) { first, _ in first }
    var lines: [String] = []
    for item in items {
      switch item {
      case .blank: lines.append("")
      case .comment(let words, let isTrailing):
        if isTrailing, let last = lines.popLast() {
          lines.append("\(last) #\(words)")
        } else {
          lines.append("#\(words)")
        }
      case .inport(let node, let port, let name): lines.append("INPORT=\(node).\(port.text):\(name)")
      case .outport(let node, let port, let name): lines.append("OUTPORT=\(node).\(port.text):\(name)")
      case .chain(let steps):
        let parts = steps.map { step in
          switch step {
          case .packet(let text): return "'\(text.replacing("'", with: "\\'"))'"
          case .node(let name, let into, let out):
            let component = open.removeValue(forKey: name).map { "(\($0))" } ?? ""
            return [into?.text, name + component, out?.text].compactMap(\.self).joined(separator: " ")
          }
        }
        lines.append(parts.joined(separator: " -> "))
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }
}

extension FBPGraph.Port {
  var text: String { name + (index.map { "[\($0)]" } ?? "") }

  /// Reads `OUT[1]`.
  init(written text: String) {
    guard text.hasSuffix("]"), let bracket = text.lastIndex(of: "["),
      let index = Int(text[text.index(after: bracket)...].dropLast())
    else {
      self.init(text)
      return
    }
    self.init(String(text[..<bracket]), index)
  }
}
