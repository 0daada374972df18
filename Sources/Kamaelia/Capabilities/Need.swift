/// What a component needs of the machine, as its declaration says it: in words for its page, and from its parameters.
///
/// ```swift
/// static let needs = [Need("read PATH") { (reader: Self) in .read(reader.path) }]
/// ```
public struct Need: Sendable {
  /// The capability with parameters in capitals: `listen tcp HOST:PORT`.
  package let words: String
  private let find: @Sendable (any Component) -> Capability?

  /// - Parameters:
  ///   - words: the capability with the names of parameters in capitals, and behind it, where it is not always needed, when.
  ///   - find: what a component with these parameters needs; nil for nothing. What only messages will say is to be answered
  ///     with all that they may say.
  public init<C: Component>(_ words: String, _ find: @escaping @Sendable (C) -> Capability?) {
    self.words = words
    self.find = { component in
      guard let component = component as? C else {
        preconditionFailure("a need of \(C.self) is declared by \(type(of: component))")
      }
      return find(component)
    }
  }

  package func capability(of component: any Component) -> Capability? { find(component) }
}
