/// What a graph's author can see of a component: its boxes and parameters, found by reflection without running it.
package struct Signature: Sendable, Hashable {
  package struct Parameter: Sendable, Hashable {
    package let name: String
    package let type: ParameterType
    package let description: String
    package let isMain: Bool
    /// Nil where the graph must give it.
    package let defaultValue: Value?
    /// The bounds in words, such as "takes 1 to 64".
    package let bounds: String?
    /// For graphs: when instances of them are made, such as "one for each connection"; nil where nobody says it.
    package let making: String?

    package init(
      name: String, type: ParameterType, description: String, isMain: Bool, defaultValue: Value?, bounds: String?,
      making: String? = nil
    ) {
      self.name = name
      self.type = type
      self.description = description
      self.isMain = isMain
      self.defaultValue = defaultValue
      self.bounds = bounds
      self.making = making
    }
  }

  package struct Box: Sendable, Hashable {
    package let name: String
    package let type: MessageType
    package let description: String
    package let isMain: Bool
    /// For inboxes: whether a graph must link it. For outboxes: whether the component fails with something to send and
    /// nobody to take it.
    package let isRequired: Bool
    package let takesOne: Bool
    /// For inboxes of lists: whether JSON may be linked to it as well.
    package let takesArrays: Bool
    /// Whether it is several boxes under one name: `in[0]`, `out["audio"]`.
    package let isArray: Bool
    package let refinements: [BoxRefinement]

    package init(
      name: String, type: MessageType, description: String = "", isMain: Bool = false, isRequired: Bool = false,
      takesOne: Bool = false, takesArrays: Bool = false, isArray: Bool = false, refinements: [BoxRefinement] = []
    ) {
      self.name = name
      self.type = type
      self.description = description
      self.isMain = isMain
      self.isRequired = isRequired
      self.takesOne = takesOne
      self.takesArrays = takesArrays
      self.isArray = isArray
      self.refinements = refinements
    }
  }

  package let name: String
  package let summary: String
  package let details: String
  package let sendsUnasked: Bool
  package let answersLate: Bool
  /// What it needs of the machine, with parameters in capitals: `listen tcp HOST:PORT`.
  package let needs: [String]
  package let parameters: [Parameter]
  package let inboxes: [Box]
  package let outboxes: [Box]

  /// - Parameter type: for a generic component, the one for ``Placeholder``.
  package init(of type: any Component.Type) {
    name = type.name
    summary = type.summary
    details = type.details
    sendsUnasked = type.sendsUnasked
    answersLate = type.answersLate
    needs = type.needs.map(\.words)
    let members = Members(of: type.init())
    parameters = members.parameters.map { name, parameter in
      Parameter(
        name: name, type: parameter.type, description: parameter.details.description,
        isMain: parameter.details.isMain, defaultValue: parameter.defaultValue, bounds: parameter.boundsWords,
        making: parameter.details.making)
    }
    inboxes =
      members.inboxes.map { Box($0, $1.messageType, $1.details, isArray: false) }
      + members.inboxArrays.map { Box($0, $1.messageType, $1.details, isArray: true) }
    outboxes =
      members.outboxes.map { Box($0, $1.messageType, $1.details, isArray: false) }
      + members.outboxArrays.map { Box($0, $1.messageType, $1.details, isArray: true) }
  }

  package init(
    name: String, summary: String, details: String = "", sendsUnasked: Bool = false, answersLate: Bool = false,
    needs: [String] = [], parameters: [Parameter], inboxes: [Box], outboxes: [Box]
  ) {
    self.name = name
    self.summary = summary
    self.details = details
    self.sendsUnasked = sendsUnasked
    self.answersLate = answersLate
    self.needs = needs
    self.parameters = parameters
    self.inboxes = inboxes
    self.outboxes = outboxes
  }

  /// The box that is meant where a graph names none: the marked one, else the one called `inbox`, else the only one.
  package var defaultInbox: Box? { Self.byDefault(inboxes, "inbox") }

  /// The same for outboxes, `outbox` being the name.
  package var defaultOutbox: Box? { Self.byDefault(outboxes, "outbox") }

  package static func byDefault(_ boxes: [Box], _ name: String) -> Box? {
    boxes.first(where: \.isMain) ?? boxes.first { $0.name == name } ?? (boxes.count == 1 ? boxes[0] : nil)
  }

  /// What is wrong with the names of its boxes; nil where nothing is. Each component has some boxes without saying so, and
  /// graphs could not tell one of the same name from them.
  package var namingProblem: String? {
    let taken = ImplicitBox.allCases.map(\.name)
    guard let box = (inboxes + outboxes).first(where: { taken.contains($0.name) }) else { return nil }
    return "the component `\(name)` declares a box `\(box.name)`: every component has one of that name already"
  }

  /// The parameter that one argument without a name is for: the marked one, else the only one.
  package var mainParameter: Parameter? {
    parameters.first(where: \.isMain) ?? (parameters.count == 1 ? parameters[0] : nil)
  }
}

extension Signature.Box {
  fileprivate init(_ name: String, _ type: MessageType, _ details: BoxDetails, isArray: Bool) {
    self.name = name
    self.type = type
    description = details.description
    isMain = details.isMain
    isRequired = details.isRequired
    takesOne = details.takesOne
    takesArrays = details.takesArrays
    self.isArray = isArray
    refinements = details.refinements
  }
}
