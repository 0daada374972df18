/// The components that graphs may use, by name.
///
/// ```swift
/// KamaeliaCommands.main(library: .standard + [MyComponent.self])
/// ```
public struct Library: Sendable {
  private var types: [String: any Component.Type] = [:]
  private var signatures: [String: Signature] = [:]
  /// Generic components that stand for one made type only.
  private var pinned: [String: any Component.Type] = [:]
  private var messageTypes: [MessageType: any Message.Type] = [:]

  /// - Parameter components: generic ones as they are for ``Placeholder``: `Tee<Placeholder>.self`. Of two with the same
  ///   name the later one counts.
  public init(_ components: [any Component.Type] = []) {
    for scalar in Self.scalars { messageTypes[scalar.messageType] = scalar }
    for type in components { add(type) }
  }

  /// A library of which only this is known, which is enough to check graphs and not to run them.
  ///
  /// - Parameter types: the names of types of messages; those that are not known here are taken for JSON.
  package init(described signatures: [Signature], types: [String]) {
    self.init()
    for signature in signatures { self.signatures[signature.name] = signature }
    for name in types where messageTypes[.named(name, [])] == nil && name != "Any" {
      messageTypes[.named(name, [])] = JSON.self
    }
  }

  private static var scalars: [any Message.Type] {
    [
      String.self, Bytes.self, Int.self, Double.self, Bool.self, Duration.self, Size.self, Frequency.self, Rate.self,
      Port.self, Path.self, Address.self, ResourceLocator.self, JSON.self, AnyMessage.self,
    ]
  }

  private mutating func add(_ type: any Component.Type) {
    let signature = Signature(of: type)
    if let problem = signature.namingProblem { preconditionFailure(problem) }
    types[signature.name] = type
    signatures[signature.name] = signature
    let members = Members(of: type.init())
    for message in members.inboxes.map(\.box.swiftType) + members.outboxes.map(\.box.swiftType)
      + members.inboxArrays.map(\.boxes.swiftType) + members.outboxArrays.map(\.boxes.swiftType)
    { add(message) }
  }

  /// Remembers a type of messages and what it is made of, so that a list's elements can be carried as well.
  private mutating func add(_ message: any Message.Type) {
    if message.messageType.variables.isEmpty { messageTypes[message.messageType.unrefined] = message }
    for part in (message as? any ComposedMessage.Type)?.parts ?? [] { add(part) }
  }

  public static func + (library: Library, components: [any Component.Type]) -> Library {
    var sum = library
    for type in components { sum.add(type) }
    return sum
  }

  /// The library with `type` just as it is, even where it was made of a generic component: `Batch<Int>`.
  package func pinning(_ type: any Component.Type) -> Library {
    var library = self + [type]
    library.pinned[type.name] = type
    return library
  }

  /// The names of all components, in alphabetical order.
  package var names: [String] { signatures.keys.sorted() }

  /// Whether there is a component of that name.
  package func has(_ name: String) -> Bool { signatures.index(forKey: name) != nil }

  package func signature(of name: String) -> Signature? { signatures[name] }

  /// The Swift file that declares a component's boxes, as it was called when it was compiled: it may be on another machine.
  package func sourceFile(of name: String) -> String? {
    guard let type = types[name] else { return nil }
    let members = Members(of: type.init())
    let details =
      members.inboxes.first?.box.details ?? members.outboxes.first?.box.details
      ?? members.inboxArrays.first?.boxes.details ?? members.outboxArrays.first?.boxes.details
    return details.map { "\($0.file)" }
  }

  /// The Swift type of the component, made for the types that the checker found where it is generic.
  ///
  /// - Parameter types: what stands for each variable of the signature, `T` and `U`.
  package func component(_ name: String, types: [String: any Message.Type] = [:]) -> (any Component.Type)? {
    if let type = pinned[name] { return type }
    guard let type = self.types[name] else { return nil }
    if let generic = type as? any GenericComponent.Type {
      return Self.specialise(generic, types["T"] ?? AnyMessage.self)
    }
    if let generic = type as? any GenericComponent2.Type {
      return Self.specialise(generic, types["T"] ?? AnyMessage.self, types["U"] ?? AnyMessage.self)
    }
    return type
  }

  /// The Swift type of the component as it is declared: for ``Placeholder`` where it is generic.
  package func component(declared name: String) -> (any Component.Type)? { pinned[name] ?? types[name] }

  private static func specialise(_ generic: any GenericComponent.Type, _ type: any Message.Type) -> any Component.Type {
    func make<T: Message>(_ type: T.Type) -> any Component.Type { generic.specialised(for: type) }
    return make(type)
  }

  private static func specialise(
    _ generic: any GenericComponent2.Type, _ a: any Message.Type, _ b: any Message.Type
  ) -> any Component.Type {
    func first<A: Message>(_ a: A.Type) -> any Component.Type {
      func second<B: Message>(_ b: B.Type) -> any Component.Type { generic.specialised(for: a, b) }
      return second(b)
    }
    return first(a)
  }

  /// The Swift type that carries messages of `type`; records that no component knows are carried as ``JSON``. Nil for
  /// names that no component uses.
  package func swiftType(for type: MessageType) -> (any Message.Type)? {
    if let known = messageTypes[type.unrefined] { return known }
    switch type {
    case .any: return AnyMessage.self
    case .list(let element): return swiftType(for: element).map { Self.list(of: $0) }
    case .optional(let wrapped): return swiftType(for: wrapped).map { Self.optional(of: $0) }
    case .record(let fields): return pair(of: fields) ?? JSON.self
    case .named, .graph, .variable: return nil
    }
  }

  /// Whether a component of the library, or the language itself, says what messages of that type are. Others are known
  /// by what they are made of.
  package func carries(_ type: MessageType) -> Bool { messageTypes[type.unrefined] != nil }

  private func pair(of fields: [MessageType.Field]) -> (any Message.Type)? {
    guard fields.map(\.name) == ["left", "right"], let left = swiftType(for: fields[0].type),
      let right = swiftType(for: fields[1].type)
    else { return nil }
    return Self.pair(of: left, right)
  }

  private static func pair<A: Message, B: Message>(of a: A.Type, _ b: B.Type) -> any Message.Type { Pair<A, B>.self }
  private static func list<T: Message>(of type: T.Type) -> any Message.Type { [T].self }
  private static func optional<T: Message>(of type: T.Type) -> any Message.Type { T?.self }

  /// The names that a graph can give to a message's type.
  package var typeNames: [String] {
    var names: Set<String> = ["Any"]
    for case .named(let name, _) in messageTypes.keys { names.insert(name) }
    return names.sorted()
  }
}
