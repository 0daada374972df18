import KGraph
import Kamaelia

/// What can be known of a component or a graph from outside, whichever it is.
struct Shape {
  struct Parameter {
    let name: String
    /// As manual pages write it.
    let type: String
    let description: String
    /// As it would be written; nil where the parameter has none.
    let defaultValue: String?
    /// Whether one argument without a name is meant for it.
    let isMain: Bool
    let facts: [String]
    /// What it takes, for a component's.
    let takes: ParameterType?
    /// What it takes, for a graph's.
    let declared: TypeSyntax?

    var isRequired: Bool { defaultValue == nil }
  }

  struct Box {
    let name: String
    /// Nil where it could not be read.
    let type: MessageType?
    let description: String
    let isArray: Bool
    let isDefault: Bool
    let facts: [String]
    /// Whether each component has it without saying so.
    var isImplicit = false

    /// The name as it stands in front of a type.
    var title: String { isArray ? "\(name)[…]" : name }
    var typeText: String { type.map { "\($0)" } ?? "?" }
  }

  let name: String
  let isGraph: Bool
  let summary: String
  let details: String
  let parameters: [Parameter]
  let inboxes: [Box]
  let outboxes: [Box]
  /// What it needs of the machine, in words.
  let needs: [String]
  /// As a part of a graph: `… -> Match(Pattern) -> …`.
  let usage: String

  /// Nil for what is not known.
  init?(_ subject: Subject, _ index: SymbolIndex, _ library: Library) {
    switch subject {
    case .unknown: return nil
    case .graph(let number): self.init(index.graphs[number])
    case .component(let name):
      guard let signature = library.signature(of: name) else { return nil }
      self.init(signature)
    }
  }

  init(_ signature: Signature) {
    name = signature.name
    isGraph = false
    summary = signature.summary
    details = signature.details
    needs = signature.needs
    usage = signature.usage
    let main = signature.mainParameter?.name
    parameters = signature.parameters.map { parameter in
      Parameter(
        name: parameter.name, type: "\(parameter.type)", description: parameter.description,
        defaultValue: parameter.defaultValue.map { "\($0)" }, isMain: parameter.name == main,
        facts: signature.facts(of: parameter), takes: parameter.type, declared: nil)
    }
    func boxes(_ boxes: [Signature.Box], isInbox: Bool) -> [Box] {
      let standard = (isInbox ? signature.defaultInbox : signature.defaultOutbox)?.name
      return boxes.map { box in
        Box(
          name: box.name, type: box.type, description: box.description, isArray: box.isArray,
          isDefault: box.name == standard, facts: signature.facts(of: box, isInbox: isInbox))
      }
    }
    func implicit(_ box: ImplicitBox) -> Box {
      Box(
        name: box.name, type: box.type, description: box.description, isArray: false, isDefault: false, facts: [],
        isImplicit: true)
    }
    inboxes = boxes(signature.inboxes, isInbox: true) + ImplicitBox.inboxes.map(implicit)
    outboxes = boxes(signature.outboxes, isInbox: false) + ImplicitBox.outboxes.map(implicit)
  }

  init(_ graph: IndexedGraph) {
    name = graph.name
    isGraph = true
    let paragraphs = (graph.documentation ?? "").components(separatedByBlankLine: 2)
    summary = paragraphs.first.map { $0.replacing("\n", with: " ") } ?? ""
    details = paragraphs.count > 1 ? paragraphs[1] : ""
    needs = []
    parameters = graph.parameters.map { parameter in
      Parameter(
        name: parameter.name.text, type: parameter.type.place.text,
        description: parameter.documentation?.text.replacing("\n", with: " ") ?? "",
        defaultValue: parameter.defaultValue?.place.text, isMain: graph.parameters.count == 1,
        facts: [parameter.defaultValue.map { "\($0.place.text) if left out" } ?? "required"], takes: nil,
        declared: parameter.type)
    }
    func boxes(_ direction: BoxDeclaration.Direction) -> [Box] {
      let standard = graph.defaultBox(direction)?.name.text
      return graph.boxes.filter { $0.direction == direction }.map { box in
        Box(
          name: box.name.text, type: box.type.plainType,
          description: box.documentation?.text.replacing("\n", with: " ") ?? "", isArray: false,
          isDefault: box.name.text == standard, facts: box.name.text == standard ? ["the default"] : [])
      }
    }
    inboxes = boxes(.inbox)
    outboxes = boxes(.outbox)
    let required = parameters.filter(\.isRequired).map { $0.isMain ? $0.type : "\($0.name): \($0.type)" }
    let call = "\(name)(\(required.joined(separator: ", ")))"
    usage =
      (inboxes.contains(where: \.isDefault) ? "… -> " : "") + call
      + (outboxes.contains(where: \.isDefault) ? " -> …" : "")
  }

  var mainParameter: Parameter? { parameters.first(where: \.isMain) }
  var defaultInbox: Box? { inboxes.first(where: \.isDefault) }
  var defaultOutbox: Box? { outboxes.first(where: \.isDefault) }

  func box(_ name: String?, _ direction: BoxDeclaration.Direction) -> Box? {
    let boxes = direction == .inbox ? inboxes : outboxes
    guard let name else { return boxes.first(where: \.isDefault) }
    return boxes.first { $0.name == name }
  }
}

extension String {
  /// Paragraphs; what is left of the text is in the last one.
  func components(separatedByBlankLine most: Int) -> [String] {
    guard let gap = firstRange(of: "\n\n"), most > 1 else { return isEmpty ? [] : [self] }
    return [String(self[..<gap.lowerBound])]
      + String(self[gap.upperBound...]).components(separatedByBlankLine: most - 1)
  }
}
