import KGraph
import Kamaelia

/// A component as other programs read it: one JSON object.
struct ComponentDescription: Encodable {
  struct Parameter: Encodable {
    let name: String
    let type: String
    let description: String
    let isMain: Bool
    /// As a graph file writes it; nil where the graph must give a value.
    let `default`: String?
    let bounds: String?
    let choices: [String]?
  }

  struct Box: Encodable {
    let name: String
    let type: String
    let description: String
    let isDefault: Bool
    let isRequired: Bool
    let takesOne: Bool
    let isArray: Bool
  }

  let name: String
  let summary: String
  let details: String
  let parameters: [Parameter]
  let inboxes: [Box]
  let outboxes: [Box]
  /// What it needs of the machine, with parameters in capitals.
  let needs: [String]

  init(_ signature: Signature) {
    name = signature.name
    summary = signature.summary
    details = signature.details
    needs = signature.needs
    let main = signature.mainParameter?.name
    parameters = signature.parameters.map { parameter in
      var choices: [String]?
      if case .choice(let names) = parameter.type { choices = names }
      return Parameter(
        name: parameter.name, type: parameter.type.description, description: parameter.description,
        isMain: parameter.name == main, default: parameter.defaultValue?.description, bounds: parameter.bounds,
        choices: choices)
    }
    inboxes = Self.boxes(signature.inboxes, signature.defaultInbox)
    outboxes = Self.boxes(signature.outboxes, signature.defaultOutbox)
  }

  private static func boxes(_ boxes: [Signature.Box], _ main: Signature.Box?) -> [Box] {
    boxes.map { box in
      Box(
        name: box.name, type: box.type.description, description: box.description, isDefault: box.name == main?.name,
        isRequired: box.isRequired, takesOne: box.takesOne, isArray: box.isArray)
    }
  }
}
