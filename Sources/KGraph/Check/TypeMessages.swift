import Kamaelia

/// What is said about types that do not fit.
extension Diagnostic {
  /// An end of a linkage: where it stands, its name, and its type.
  typealias End = (place: Place, name: String, type: String)

  /// - Parameters:
  ///   - since: for a type that came through generic components, where it began.
  ///   - converters: what may be put between.
  static func mismatch(
    from: End, to: End, since origin: (place: Place, name: String)? = nil, converters: [String]
  ) -> Diagnostic {
    var labels = [Label(from.place, "`\(from.name)` carries \(from.type)")]
    if let origin, origin.place != from.place {
      labels.append(Label(origin.place, "\(from.type) from `\(origin.name)`"))
    }
    var helps: [String] = []
    if let first = converters.first {
      let left = from.place.text.count <= 40 ? from.place.text : "…"
      let right = to.place.text.count <= 40 ? to.place.text : "…"
      helps = ["put a converter between them: \(left) -> \(first) -> \(right)"]
      if converters.count > 1 {
        helps.append("other converters: \(converters.dropFirst().map { "`\($0)`" }.joined(separator: ", "))")
      }
    }
    return Diagnostic(
      .mismatch, "these boxes carry different types", at: to.place, caption: "`\(to.name)` takes \(to.type)",
      labels: labels, helps: helps)
  }

  /// - Parameter isProducer: whether the two ends send to the component, or take from it.
  static func disagreement(component: String, first: End, second: End, isProducer: Bool) -> Diagnostic {
    Diagnostic(
      .disagreement, "`\(component)` carries messages of one type, and two are asked for", at: second.place,
      caption: "`\(second.name)` \(isProducer ? "sends" : "takes") \(second.type)",
      labels: [Label(first.place, "`\(first.name)` settles on \(first.type)")],
      helps: ["use one instance for each type, or convert one of them before"])
  }

  static func graphWithoutBox(
    _ graph: GraphArgument, _ direction: BoxDeclaration.Direction, _ type: MessageType, of host: String,
    _ parameter: String
  ) -> Diagnostic {
    Diagnostic(
      .graphMismatch, "`\(graph.name)` has no default \(direction.rawValue)", at: graph.place,
      caption: direction == .inbox
        ? "`\(host)` sends it messages of type \(type)" : "`\(host)` takes messages of type \(type) from it",
      helps: ["a graph's default \(direction.rawValue) is called `\(direction.rawValue)`, or is the only one"])
  }

  static func graphMismatch(
    _ graph: GraphArgument, _ direction: BoxDeclaration.Direction, _ from: MessageType, _ to: MessageType,
    host: String, hostPlace: Place
  ) -> Diagnostic {
    let isInbox = direction == .inbox
    return Diagnostic(
      .graphMismatch, "`\(graph.name)` does not fit `\(host)`", at: graph.place,
      caption: isInbox ? "its inbox takes \(to)" : "its outbox carries \(from)",
      labels: hostPlace == graph.place
        ? [] : [Label(hostPlace, isInbox ? "sends it \(from)" : "takes \(to) from it")])
  }

  static func noMessage(_ place: Place, _ reason: String) -> Diagnostic {
    Diagnostic(.literalMismatch, "this cannot be sent as a message", at: place, caption: reason)
  }

  static func literalMismatch(_ literal: FlatLiteral, _ value: Value, _ type: MessageType, _ name: String) -> Diagnostic
  {
    Diagnostic(
      .literalMismatch, "\(value.sketch) is no \(type)", at: literal.place,
      labels: literal.toPlace == literal.place ? [] : [Label(literal.toPlace, "`\(name)` takes \(type)")])
  }
}
