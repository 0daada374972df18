import Kamaelia

/// What is said about types that do not fit.
extension Diagnostic {
  /// An end of a linkage: where it stands, its box where that is not the default one, and its type.
  typealias End = (place: Place, box: String?, type: String)

  /// Says: these boxes carry different types.
  ///
  /// - Parameters:
  ///   - since: for a type that came through generic components, where it began.
  ///   - converters: what may be put between.
  ///   - written: both ends as they would stand in a chain.
  ///   - fixes: what is better than a converter.
  static func mismatch(
    from: End, to: End, since origin: Place? = nil, converters: [String] = [],
    written: (from: String, to: String) = ("…", "…"), fixes: [Fix] = []
  ) -> Diagnostic {
    var labels = [Label(from.place, "\(from.box.map { "`\($0)` " } ?? "")carries \(from.type)")]
    if let origin, origin != from.place, origin != to.place {
      labels.append(Label(origin, "\(from.type) comes from here"))
    }
    var helps: [String] = []
    if let first = converters.first {
      helps = ["put a converter between them: \(written.from) -> \(first) -> \(written.to)"]
      if converters.count > 1 {
        helps.append("other converters: \(converters.dropFirst().map { "`\($0)`" }.joined(separator: ", "))")
      }
    }
    return Diagnostic(
      .mismatch, "these boxes carry different types", at: to.place,
      caption: "\(to.box.map { "`\($0)`" } ?? "inbox") takes \(to.type)", labels: labels, helps: helps, fixes: fixes)
  }

  /// Says: these messages would have to be a part of themselves.
  ///
  /// - Parameter isTaken: whether what is taken is a part of what is sent; else it is the other way round.
  static func typeInItself(_ from: End, _ to: End, isTaken: Bool) -> Diagnostic {
    let box = to.box.map { "`\($0)`" } ?? "inbox"
    return Diagnostic(
      .mismatch, "these messages would have to be a part of themselves", at: to.place,
      caption: isTaken ? "\(box) takes what these are made of" : "\(box) takes \(to.type), made of these",
      labels: [Label(from.place, isTaken ? "carries \(from.type)" : "carries what the others are made of")],
      helps: ["lead them to another instance, whose messages are of a type of their own"])
  }

  /// Says: the type of these messages becomes too large.
  static func typeTooLarge(_ sender: String, at place: Place, parts: Int, depth: Int) -> Diagnostic {
    Diagnostic(
      .typeTooLarge, "the type of these messages becomes too large", at: place,
      caption: "what `\(sender)` sends has more than \(parts) parts, or more than \(depth) inside each other",
      helps: ["make a text or JSON of the messages before, with Format or FormatJSON"])
  }

  /// Says: `…` carries messages of one type, and is asked for two.
  ///
  /// - Parameters:
  ///   - component: the instance that is asked for two types.
  ///   - first: who settled the type, and what it does: "sends Int".
  static func disagreement(
    of component: String, first: (place: Place, words: String), second: (place: Place, words: String)
  ) -> Diagnostic {
    Diagnostic(
      .disagreement, "`\(component)` carries messages of one type, and is asked for two", at: second.place,
      caption: second.words, labels: first.place == second.place ? [] : [Label(first.place, first.words)],
      helps: ["use one instance for each type, or convert one of them before"])
  }

  /// Says: `…` has no default ….
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

  /// Says: `…` does not fit `…`.
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

  /// Says: this cannot be sent as a message.
  static func noMessage(_ place: Place, _ reason: String) -> Diagnostic {
    Diagnostic(.literalMismatch, "this cannot be sent as a message", at: place, caption: reason)
  }

  /// Says: … is no ….
  ///
  /// - Parameter taker: where an inbox further on takes it, if that is the one.
  static func literalMismatch(
    _ literal: FlatLiteral, _ value: Value, _ type: MessageType, _ box: String?, takenAt taker: Place? = nil
  ) -> Diagnostic {
    let taker = taker ?? literal.toPlace
    return Diagnostic(
      .literalMismatch, "\(value.sketch) is no \(type)", at: literal.place,
      caption: type.misfit(in: value) ?? "",
      labels: taker == literal.place
        ? [] : [Label(taker, "\(box.map { "`\($0)`" } ?? "inbox") takes \(type)")])
  }
}
