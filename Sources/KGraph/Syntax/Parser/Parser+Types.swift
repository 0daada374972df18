/// Types.
extension Parser {
  /// `Text`, `Int(1...64)`, `[Int]`, `Text?`, `{name: Text}`, `Graph(inbox: Bytes)`
  mutating func type() -> TypeSyntax {
    let start = position
    var type = nested { $0.plainType() } ?? .broken(place(from: start))
    if course == .sure, kind() == .openBracket, kind(1) == .closeBracket, isAdjacent(position) {
      let element = place(from: start)
      position += 2
      report(.listBehindType(place(from: start), element: element.text))
      type = .list(type, place(from: start))
    }
    while course == .sure, kind() == .question {
      if case .optional = type { report(.optionalTwice(place(at: position))) }
      step()
      // Only the last `?` is kept, so that no row of them nests.
      if case .optional(let wrapped, _) = type { type = wrapped }
      type = .optional(type, place(from: start))
    }
    return type
  }

  private mutating func plainType() -> TypeSyntax {
    let start = position
    switch kind() {
    case .identifier:
      let name = name(for: .field, after: "")
      guard course == .sure, kind() == .openParenthesis else {
        if kind() == .less {
          let isList = ["List", "Array", "Vec", "Sequence", "list"].contains(name.text)
          let element = isList && kind(1) == .identifier && kind(2) == .greater ? text(1) : nil
          let end = element == nil ? position : position + 2
          let whole = Place(source, name.place.range.lowerBound..<place(at: end).range.upperBound)
          fail(.typeInAngles(place(at: position), name: name.text, list: element.map { ($0, whole) }))
        }
        return .named(name, refinement: [], place(from: start))
      }
      if name.text == "Graph" {
        let boxes = commaSeparated(.closeParenthesis) { $0.typeField() }
        return .graph(boxes, place(from: start))
      }
      let refinement = arguments()
      return .named(name, refinement: refinement, place(from: start))
    case .openBracket:
      let elements = commaSeparated(.closeBracket) { $0.type() }
      let place = place(from: start)
      if course == .sure, elements.count != 1 { report(.listOfTypes(place, count: elements.count)) }
      return elements.first.map { .list($0, place) } ?? .broken(place)
    case .openBrace:
      let fields = commaSeparated(.closeBrace) { $0.typeField() }
      return .record(fields, place(from: start))
    default:
      fail(.typeExpected(currentPlace, found: foundText))
      return .broken(pointAfterLast)
    }
  }

  private mutating func typeField() -> TypeField {
    let start = position
    let name = name(for: .field, after: "")
    var type = TypeSyntax.broken(pointAfterLast)
    if course == .sure {
      if take(.colon) {
        type = self.type()
      } else {
        fail(.unexpected(currentPlace, found: foundText, expected: "`:` and a type"))
      }
    }
    return TypeField(name: name, type: type, place: place(from: start))
  }
}
