import Kamaelia

/// What is said about instances, linkages, and how large a graph becomes.
extension Diagnostic {
  /// Says: there is no component or graph `…`.
  ///
  /// - Parameters:
  ///   - familiar: what it is called elsewhere, where that is known.
  ///   - fits: whether the arguments that are written would do for that component.
  static func unknownComponent(
    _ name: Name, candidates: [String], familiar: FamiliarNames.Entry? = nil, fits: (String) -> Bool = { _ in true }
  ) -> Diagnostic {
    var fixes: [Fix] = []
    var helps: [String] = []
    if let familiar {
      let fitting = familiar.components.filter(fits)
      fixes = fitting.map { Fix("write `\($0)`", [.init(name.place, $0)]) }
      let others = familiar.components.filter { !fitting.contains($0) }
      if !others.isEmpty {
        helps.append(
          "here it may be \(others.map { "`\($0)`" }.joined(separator: " or ")); `kamaelia list \(others[0])` says how")
      }
      if let remark = familiar.remark { helps.append(remark) }
    } else {
      fixes = renaming(name.place, name.text, among: candidates)
    }
    if fixes.isEmpty, helps.isEmpty { helps = ["`kamaelia list` shows those there are"] }
    return Diagnostic(
      .unknownComponent, "there is no component or graph `\(name.text)`", at: name.place, helps: helps, fixes: fixes)
  }

  /// Says: there is no instance `…`.
  /// - Parameters:
  ///   - ownBox: the box of the graph itself that has the name, and whether it can stand there.
  ///   - index: what stands in brackets behind the name.
  static func unknownInstance(
    _ name: Name, candidates: [String], isComponent: Bool = false, isParameter: Bool = false,
    isBackplane: Bool = false, ownBox: (direction: BoxDeclaration.Direction, fits: Bool)? = nil, index: Place? = nil
  ) -> Diagnostic {
    var fixes = renaming(name.place, name.text, among: candidates)
    var helps: [String] = []
    if let ownBox {
      let kind = "an \(ownBox.direction.rawValue) of this graph"
      fixes = ownBox.fits ? [Fix("write `self.\(name.text)`", [.init(name.place, "self.\(name.text)")])] : []
      helps = [
        ownBox.fits
          ? "`\(name.text)` is \(kind)"
          : "`\(name.text)` is \(kind), written `self.\(name.text)`: it "
            + (ownBox.direction == .inbox ? "begins a chain" : "ends a chain")
      ]
    } else if isComponent, let index {
      let inner = index.text.dropFirst().dropLast()
      fixes = [Fix("write `(\(inner))`", [.init(index, "(\(inner))")])]
      helps = ["`\(name.text)` is a component; its arguments stand in parentheses"]
    } else if isComponent {
      fixes = [Fix("write `\(name.text)()`", [.init(name.place.end, "()")])]
      helps = ["`\(name.text)` is a component; parentheses make an instance of it"]
    } else if isParameter {
      helps = ["`$\(name.text)` is a parameter, and no instance"]
    } else if isBackplane {
      fixes = [Fix("write `@\(name.text)`", [.init(name.place, "@\(name.text)")])]
    }
    return Diagnostic(
      .unknownInstance, "there is no instance `\(name.text)`", at: name.place, helps: helps, fixes: fixes)
  }

  /// Says: there is no backplane `…`.
  static func unknownBackplane(_ name: Name, _ place: Place, candidates: [String], isInstance: Bool) -> Diagnostic {
    Diagnostic(
      .unknownBackplane, "there is no backplane `\(name.text)`", at: place,
      helps: candidates.isEmpty && !isInstance ? ["declare it: `backplane \(name.text): Text`"] : [],
      fixes: isInstance
        ? [Fix("write `\(name.text)`", [.init(place, name.text)])]
        : renaming(name.place, name.text, among: candidates))
  }

  /// Says: this library has no component that runs programs.
  static func noPrograms(_ place: Place) -> Diagnostic {
    Diagnostic(.noPrograms, "this library has no component that runs programs", at: place)
  }

  /// Says: hosts are not available yet.
  static func noHostsYet(_ place: Place, _ name: Name) -> Diagnostic {
    Diagnostic(
      .noHostsYet, "hosts are not available yet", at: place.firstLine, caption: "this version runs on one machine")
  }

  // MARK: Boxes

  /// Says: `…` has no … `…`.
  ///
  /// - Parameter direction: what is looked for; nil where either would do.
  static func unknownBox(
    _ name: Name, of owner: String, direction: BoxDeclaration.Direction?, candidates: [String]
  ) -> Diagnostic {
    let kind = direction?.rawValue ?? "box"
    let plural = direction.map { "\($0.rawValue)es" } ?? "boxes"
    let elsewhere = [
      "in": "inbox", "input": "inbox", "stdin": "inbox", "out": "outbox", "output": "outbox", "stdout": "outbox",
    ]
    let own = elsewhere[name.text.lowercased()].flatMap { candidates.contains($0) ? $0 : nil }
    return Diagnostic(
      .unknownBox, "`\(owner)` has no \(kind) `\(name.text)`", at: name.place,
      helps: [candidates.isEmpty ? "it has no \(plural)" : "its \(plural): \(listed(candidates))"],
      fixes: own.map { [Fix("write `\($0)`", [.init(name.place, $0)])] }
        ?? renaming(name.place, name.text, among: candidates))
  }

  /// Says: a linkage leads to an inbox, and `…` of `…` is an outbox.
  static func wrongDirection(
    _ name: Name, of owner: String, _ wanted: BoxDeclaration.Direction, _ standard: String?
  ) -> Diagnostic {
    let isInbox = wanted == .inbox
    return Diagnostic(
      .wrongDirection,
      isInbox
        ? "a linkage leads to an inbox, and `\(name.text)` of `\(owner)` is an outbox"
        : "a linkage begins at an outbox, and `\(name.text)` of `\(owner)` is an inbox",
      at: name.place, helps: standard.map { ["the default \(wanted.rawValue) is `\($0)`"] } ?? [])
  }

  /// Says: `…` takes no messages.
  static func noDefaultBox(
    _ place: Place, of owner: String, _ direction: BoxDeclaration.Direction, _ names: [String]
  ) -> Diagnostic {
    let kind = direction.rawValue
    if names.isEmpty {
      return Diagnostic(
        .noDefaultBox,
        direction == .inbox ? "`\(owner)` takes no messages" : "`\(owner)` sends no messages", at: place,
        caption: "it has no \(kind)")
    }
    return Diagnostic(
      .noDefaultBox, "`\(owner)` has no default \(kind)", at: place, caption: "name the one that is meant",
      helps: ["its \(kind)es: \(listed(names))"])
  }

  /// Says: `…` is an inbox and an outbox here.
  static func eitherBox(_ place: Place, name: String?) -> Diagnostic {
    let shown = name ?? "_"
    return Diagnostic(
      .eitherBox, name.map { "`\($0)` is an inbox and an outbox here" } ?? "this element could be of either box",
      at: place, helps: ["say which is meant: `.(\(shown), _)` or `.(_, \(shown))`"])
  }

  /// Says: `…` of `…` is several boxes.
  static func indexMissing(_ place: Place, _ name: String, of owner: String) -> Diagnostic {
    Diagnostic(
      .badElement, "`\(name)` of `\(owner)` is several boxes", at: place, caption: "say which",
      helps: ["as in `\(name)[0]` or `\(name)[\"left\"]`"])
  }

  /// Says: `…` is one box, and has no elements.
  static func noArray(_ place: Place, _ name: String) -> Diagnostic {
    Diagnostic(.badElement, "`\(name)` is one box, and has no elements", at: place)
  }

  /// Says: an index is a whole number from 0, or a text.
  static func badIndex(_ place: Place, _ value: Value) -> Diagnostic {
    Diagnostic(
      .badElement, "an index is a whole number from 0, or a text", at: place, caption: "this is \(value.sketch)")
  }

  // MARK: The graph's own boxes

  /// Says: a box of the graph itself stands in the middle of a chain.
  static func ownBoxInside(_ place: Place) -> Diagnostic {
    Diagnostic(
      .ownBoxInside, "a box of the graph itself stands in the middle of a chain", at: place,
      caption: "it begins a chain, or ends one")
  }

  /// Says: `…` is an outbox of this graph: it ends a chain.
  static func wrongOwnBox(_ name: Name, _ place: Place, isOrigin: Bool) -> Diagnostic {
    Diagnostic(
      .wrongDirection,
      isOrigin
        ? "`\(name.text)` is an outbox of this graph: it ends a chain"
        : "`\(name.text)` is an inbox of this graph: it begins a chain", at: place,
      helps: ["inside the graph, messages come from its inboxes and go to its outboxes"])
  }

  /// Says: this graph has no … `…`.
  static func unknownOwnBox(_ name: Name, isOrigin: Bool, candidates: [String]) -> Diagnostic {
    let kind = isOrigin ? "inbox" : "outbox"
    return Diagnostic(
      .unknownBox, "this graph has no \(kind) `\(name.text)`", at: name.place,
      helps: candidates.isEmpty ? ["declare it: `\(kind) \(name.text): Text`"] : [],
      fixes: renaming(name.place, name.text, among: candidates))
  }

  /// Says: this graph has no ….
  static func noDefaultOwnBox(_ place: Place, isOrigin: Bool, _ names: [String]) -> Diagnostic {
    let kind = isOrigin ? "inbox" : "outbox"
    return Diagnostic(
      .noDefaultBox, names.isEmpty ? "this graph has no \(kind)" : "this graph has no default \(kind)", at: place,
      helps: [names.isEmpty ? "declare one: `\(kind) name: Text`" : "its \(kind)es: \(listed(names))"])
  }

  // MARK: Extent

  /// Says: graph `…` contains itself.
  ///
  /// - Parameter circle: the graphs from the first to its repetition, each with the place that asks for it.
  static func graphCircle(_ circle: [(name: String, place: Place)]) -> Diagnostic {
    let place = circle[circle.count - 1].place
    let labels = circle.dropFirst().dropLast().map { Label($0.place, "contains `\($0.name)`") }
    return Diagnostic(
      .graphCircle, circle.count == 2 ? "graph `\(circle[0].name)` contains itself" : "these graphs contain each other",
      at: place, caption: "leads back to `\(circle[0].name)`", labels: Array(labels.prefix(8)),
      helps: [circle.map(\.name).joined(separator: " -> ")])
  }

  /// Says: graphs are nested more than … deep.
  static func graphsTooDeep(_ place: Place, limit: Int) -> Diagnostic {
    Diagnostic(.tooDeep, "graphs are nested more than \(limit) deep", at: place)
  }

  /// Says: the graph has more than … ….
  static func tooLarge(_ place: Place, _ what: String, count: Int, limit: Int) -> Diagnostic {
    Diagnostic(
      .tooLargeGraph, "the graph has more than \(limit) \(what)", at: place,
      caption: count == .max ? "with this, more than can be counted" : "with this, at least \(count)")
  }

  /// Says: `…` is used where its backplane `…` does not exist.
  static func backplaneElsewhere(_ place: Place, _ name: String, graph: String) -> Diagnostic {
    Diagnostic(
      .backplaneElsewhere, "`\(graph)` is used where its backplane `\(name)` does not exist", at: place,
      caption: "declared around the graph, which was imported without it")
  }

  /// Says: these copies have no input to ….
  static func nothingToShare(_ place: Place, isOrdered: Bool) -> Diagnostic {
    Diagnostic(
      .nothingToShare, "these copies have no input to \(isOrdered ? "keep the order of" : "share")", at: place,
      caption: "nothing is linked to their default inbox")
  }

  /// Says: `…` may answer late, so that nobody can put its answers in order.
  static func orderOfLateAnswers(_ place: Place, of component: String) -> Diagnostic {
    Diagnostic(
      .orderOfLateAnswers, "`\(component)` may answer late, so that `ordered` cannot put its answers in order",
      at: place, caption: "which answer belongs to which message is not known",
      helps: ["leave `ordered` away, or replicate a component that answers before it takes the next message"])
  }

  /// Says: `ordered` does not reach `…`.
  static func orderOfOtherBox(_ place: Place, _ name: String, standard: String?, ordered: Place) -> Diagnostic {
    Diagnostic(
      .orderOfOtherBox, "`ordered` does not reach `\(name)`", at: place,
      caption: "messages come from here as the copies send them",
      labels: [Label(ordered, standard.map { "puts the messages of `\($0)` in order" } ?? "puts nothing in order")],
      helps: ["if their order does not matter, say `# allow(K0413)` on the line"])
  }

  /// Says: `ordered` is for copies of a single component.
  static func orderedGraph(_ place: Place) -> Diagnostic {
    Diagnostic(
      .orderedGraph, "`ordered` is for copies of a single component", at: place, caption: "these are copies of a graph")
  }
}
