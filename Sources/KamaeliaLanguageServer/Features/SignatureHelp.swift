import KGraph
import Kamaelia

/// What a component takes, while its arguments are written.
extension LanguageServer {
  struct SignatureHelp: Encodable {
    struct Parameter: Encodable {
      /// Where it is in the label, in UTF-16 units.
      let label: [Int]
      let documentation: Markdown
    }

    struct Signature: Encodable {
      let label: String
      let documentation: Markdown
      let parameters: [Parameter]
    }

    let signatures: [Signature]
    let activeSignature: Int
    let activeParameter: Int?
  }

  func signatureHelp(_ parameters: PositionParameters) throws -> any Encodable {
    let inspection = try inspect(parameters.textDocument.uri)
    let offset = inspection.document.lines.offset(of: parameters.position, client.encoding)
    guard let call = inspection.call(around: offset), let shape = inspection.shape(call.subject) else { return Null() }
    var label = shape.name + "("
    var described: [SignatureHelp.Parameter] = []
    for (number, parameter) in shape.parameters.enumerated() {
      if number > 0 { label += ", " }
      let start = label.utf16.count
      label += "\(parameter.name): \(parameter.type)"
      if let value = parameter.defaultValue, value != "none" { label += " = \(value)" }
      let facts = parameter.facts.isEmpty ? "" : " (\(parameter.facts.joined(separator: "; ")))"
      described.append(
        .init(label: [start, label.utf16.count], documentation: Markdown(parameter.description + facts)))
    }
    label += ")"
    let active = shape.parameters.firstIndex { call.argument == nil ? $0.isMain : $0.name == call.argument }
    return SignatureHelp(
      signatures: [.init(label: label, documentation: Markdown(shape.summary), parameters: described)],
      activeSignature: 0, activeParameter: active)
  }
}

extension Inspection {
  /// The call whose parentheses a place is in, and the name of the argument that it is in.
  func call(around offset: Int) -> (subject: Subject, argument: String?)? {
    for case let node as ComponentExpression in tree.path(to: offset).reversed() {
      let start: Int
      switch node.subject {
      case .name(let name): start = name.place.range.upperBound
      case .command(let command): start = command.place.range.upperBound
      case .broken: continue
      }
      let place = node.place.range
      let isClosed = place.upperBound > start + 1 && source.bytes[place.upperBound - 1] == UInt8(ascii: ")")
      guard offset > start, place.upperBound > start, isClosed ? offset < place.upperBound : offset <= place.upperBound
      else { continue }
      return (subject(node, at: place.lowerBound), argument(at: offset, start))
    }
    // What is half written the parser has given up; the brackets still tell.
    let context = CursorContext(tree, at: offset)
    switch context.wanted {
    case .argument(let callee): return (subject(named: context.text(callee), at: offset), nil)
    case .argumentValue(let callee, let name): return (subject(named: context.text(callee), at: offset), name)
    default: return nil
    }
  }

  /// The name before the nearest colon, back to the comma or bracket before the place.
  private func argument(at offset: Int, _ start: Int) -> String? {
    var number = tree.tokens.firstNumber(from: offset) - 1
    var depth = 0
    var isColon = false
    while number >= 0, tree.tokens[number].range.lowerBound >= start {
      let token = tree.tokens[number]
      switch token.kind {
      case .closeParenthesis, .closeBracket, .closeBrace: depth += 1
      case .openParenthesis, .openBracket, .openBrace:
        if depth == 0, token.kind == .openParenthesis { return nil }
        depth -= 1
      case .comma where depth == 0: return nil
      case .colon where depth <= 0:
        isColon = true
        depth = 0
      case .identifier where isColon: return source.text(token.range)
      default: break
      }
      number -= 1
    }
    return nil
  }
}

extension [Token] {
  /// The number of the first token that begins at `offset` or behind it.
  func firstNumber(from offset: Int) -> Int {
    var number = index(holding: offset)
    if number < count, self[number].range.lowerBound < offset { number += 1 }
    return number
  }
}
