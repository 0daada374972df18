/// What a component says of a box when it declares it.
package struct BoxDetails: Sendable {
  package let description: String
  package let isMain: Bool
  /// For inboxes: whether a graph must link it. For outboxes: whether the component fails when it has something to
  /// send and no graph has linked it.
  package let isRequired: Bool
  package let takesOne: Bool
  /// For inboxes of lists: whether JSON may be linked to it, of which the component takes arrays.
  package let takesArrays: Bool
  package let refinements: [BoxRefinement]
  /// The Swift file that declares it, as it was called when it was compiled.
  package let file: StaticString

  init(
    _ description: String, isMain: Bool, isRequired: Bool, takesOne: Bool = false, takesArrays: Bool = false,
    refinements: [BoxRefinement], file: StaticString
  ) {
    self.description = description
    self.isMain = isMain
    self.isRequired = isRequired
    self.takesOne = takesOne
    self.takesArrays = takesArrays
    self.refinements = refinements
    self.file = file
  }
}

/// Something known of a box's messages beyond their type: a fixed value, or whatever a parameter says.
public struct BoxRefinement: Sendable, Hashable {
  public enum Source: Sendable, Hashable {
    case value(Value)
    /// The value of the component's parameter of that name.
    case parameter(String)
  }

  /// What is said of: `rate`; empty for the value itself.
  public let name: String
  public let source: Source

  public init(_ name: String, _ source: Source) {
    self.name = name
    self.source = source
  }
}
