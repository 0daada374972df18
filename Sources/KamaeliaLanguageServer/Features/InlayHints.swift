import KGraph
import Kamaelia

/// What is not written and holds all the same: the types of linkages, and defaults where they are asked for.
extension LanguageServer {
  struct InlayHint: Encodable {
    let position: TextPosition
    let label: String
    /// 1: a type; 2: a parameter.
    let kind: Int
    let paddingLeft: Bool
  }

  func inlayHints(_ parameters: RangeParameters) throws -> any Encodable {
    let inspection = try inspectChecked(parameters.textDocument.uri)
    let lines = inspection.document.lines
    let start = lines.offset(of: parameters.range.start, client.encoding)
    let end = max(start, lines.offset(of: parameters.range.end, client.encoding))
    var hints: [InlayHint] = []
    func add(_ offset: Int, _ label: String, kind: Int, isApart: Bool) {
      guard (start...end).contains(offset) else { return }
      hints.append(
        InlayHint(
          position: lines.position(of: offset, client.encoding), label: label, kind: kind, paddingLeft: isApart))
    }
    inspection.tree.walk { node in
      switch node {
      case let arrow as Arrow where options.showsTypes:
        let types = inspection.facts.types(carriedBy: arrow.place)
        guard !types.isEmpty else { return }
        add(arrow.place.range.upperBound, types.map { "\($0)" }.joined(separator: " or "), kind: 1, isApart: true)
      case let component as ComponentExpression where options.showsDefaults:
        // Where there are no parentheses there is no place for them.
        guard component.place.text.hasSuffix(")"),
          let shape = inspection.shape(inspection.subject(component, at: component.place.range.lowerBound))
        else { return }
        let given = Set(component.arguments.map { $0.name?.text ?? shape.mainParameter?.name ?? "" })
        let left = shape.parameters.filter { !given.contains($0.name) && $0.defaultValue.map { $0 != "none" } ?? false }
        guard !left.isEmpty else { return }
        let words = left.map { "\($0.name): \($0.defaultValue ?? "")" }.joined(separator: ", ")
        add(
          component.place.range.upperBound - 1, (component.arguments.isEmpty ? "" : ", ") + words, kind: 2,
          isApart: false)
      default: break
      }
    }
    return hints.sorted { $0.position < $1.position }
  }
}
