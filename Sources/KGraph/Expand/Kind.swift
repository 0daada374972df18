import Kamaelia

/// What an instance is one of, seen from outside: its boxes, by name.
final class Kind {
  enum Subject {
    case component
    /// The number of an expanded graph.
    case graph(Int)
    /// An error has been reported; every box is there, of any type.
    case unknown
  }

  /// A box as linkages see it.
  final class Face: Sendable {
    let name: String
    /// Nil where an error has been reported.
    let type: MessageType?
    /// Whether the type speaks of a variable of its component.
    let isGeneric: Bool
    /// What stands for the type in inference, unless it is generic.
    private let known: Term
    /// Whether something is known of its messages beyond their type.
    let isRefined: Bool
    let isArray: Bool
    let isRequired: Bool
    let takesOne: Bool
    let takesArrays: Bool
    /// Whether each component has it without saying so.
    let isImplicit: Bool
    let refinements: [BoxRefinement]

    init(
      name: String, type: MessageType?, isArray: Bool = false, isRequired: Bool = false, takesOne: Bool = false,
      takesArrays: Bool = false, isImplicit: Bool = false, refinements: [BoxRefinement] = []
    ) {
      self.name = name
      self.type = type
      isGeneric = type.map { !$0.variables.isEmpty } ?? false
      known = isGeneric ? .unknown : Term(type, variables: nil)
      var isRefined = !refinements.isEmpty
      if let type, type != type.unrefined { isRefined = true }
      self.isRefined = isRefined
      self.isArray = isArray
      self.isRequired = isRequired
      self.takesOne = takesOne
      self.takesArrays = takesArrays
      self.isImplicit = isImplicit
      self.refinements = refinements
    }

    /// What stands for its type in inference.
    ///
    /// - Parameter variables: the number that the `T` of its instance has.
    func term(_ variables: Int?) -> Term { isGeneric ? Term(type, variables: variables) : known }
  }

  let name: String
  let subject: Subject
  /// A component's. Stored as it is, so that who looks at one member does not copy all of them.
  let signature: Signature?
  /// In the order in which they are declared, without the implicit ones.
  let inboxes: [Face]
  let outboxes: [Face]
  private let implicitInboxes: [Face]
  private let implicitOutboxes: [Face]
  let defaultInbox: Face?
  let defaultOutbox: Face?
  /// What types are found for: those of its boxes, and of the graphs that it makes.
  let variables: Set<String>
  var isGeneric: Bool { !variables.isEmpty }
  /// The parameters of a component that have no default.
  let required: [String]
  /// The parameter of a component that one argument without a name is for.
  let mainParameter: Signature.Parameter?
  /// The parameters of a component, made once.
  let members: Members?

  private init(
    _ name: String, _ subject: Subject, _ signature: Signature? = nil, inboxes: [Face], outboxes: [Face],
    defaults: (Face?, Face?), members: Members? = nil
  ) {
    self.name = name
    self.subject = subject
    self.signature = signature
    self.inboxes = inboxes
    self.outboxes = outboxes
    implicitInboxes = signature == nil ? [] : Self.implicitInboxes
    implicitOutboxes = signature == nil ? [] : Self.implicitOutboxes
    (defaultInbox, defaultOutbox) = defaults
    mainParameter = signature?.mainParameter
    let parameters = signature?.parameters ?? []
    required = parameters.filter { $0.defaultValue == nil }.map(\.name)
    let graphs = parameters.compactMap(\.type.graphBoxes)
    var variables: Set<String> = []
    for face in inboxes + outboxes where face.isGeneric { variables.formUnion(face.type?.variables ?? []) }
    for type in graphs.flatMap({ [$0.inbox, $0.outbox] }) { variables.formUnion(type?.variables ?? []) }
    self.variables = variables
    self.members = members
  }

  convenience init(_ signature: Signature, _ component: (any Component.Type)?) {
    func face(_ box: Signature.Box) -> Face {
      Face(
        name: box.name, type: box.type, isArray: box.isArray, isRequired: box.isRequired, takesOne: box.takesOne,
        takesArrays: box.takesArrays, refinements: box.refinements)
    }
    self.init(
      signature.name, .component, signature, inboxes: signature.inboxes.map(face),
      outboxes: signature.outboxes.map(face),
      defaults: (signature.defaultInbox.map(face), signature.defaultOutbox.map(face)),
      members: component.map { Members(of: $0.init()) })
  }

  /// A graph's exported boxes.
  convenience init(graph: Int, name: String, inboxes: [Face], outboxes: [Face]) {
    func standard(_ faces: [Face], _ name: String) -> Face? {
      faces.first { $0.name == name } ?? (faces.count == 1 ? faces[0] : nil)
    }
    self.init(
      name, .graph(graph), inboxes: inboxes, outboxes: outboxes,
      defaults: (standard(inboxes, "inbox"), standard(outboxes, "outbox")))
  }

  convenience init(unknown name: String) {
    self.init(name, .unknown, inboxes: [], outboxes: [], defaults: (nil, nil))
  }

  var isUnknown: Bool {
    if case .unknown = subject { true } else { false }
  }

  /// What is wrong with a value for a parameter, as the component itself says; where only its signature is known, what that says.
  func problem(with value: Value, for parameter: Signature.Parameter) -> ParameterError? {
    members.map { $0.problem(with: value, for: parameter.name) } ?? parameter.type.problem(with: value)
  }

  private static let implicitInboxes = ImplicitBox.inboxes.map { Face(name: $0.name, type: $0.type, isImplicit: true) }
  private static let implicitOutboxes = ImplicitBox.outboxes.map {
    Face(name: $0.name, type: $0.type, isImplicit: true)
  }

  // There are few, so that looking
  // at all of them takes less time than working out where one is.

  func inbox(_ name: String) -> Face? {
    inboxes.first { $0.name == name } ?? implicitInboxes.first { $0.name == name }
  }

  func outbox(_ name: String) -> Face? {
    outboxes.first { $0.name == name } ?? implicitOutboxes.first { $0.name == name }
  }
}
