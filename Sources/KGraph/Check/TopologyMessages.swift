/// What is said about the shape of a graph.
extension Diagnostic {
  /// Says: nothing is linked to … of `…`.
  ///
  /// - Parameter inside: for a box of a graph, the inbox inside it that needs messages.
  static func inboxWithoutProducer(
    _ instance: String, _ names: [String], at place: Place, inside: (place: Place, name: String)?
  ) -> Diagnostic {
    let listed = names.map { "`\($0)`" }.joined(separator: " and ")
    let boxes = names == ["inbox"] ? "the inbox" : "\(names.count == 1 ? "inbox" : "the inboxes") \(listed)"
    return Diagnostic(
      .inboxWithoutProducer,
      "nothing is linked to \(boxes) of `\(instance)`", at: place,
      caption: names.count == 1 ? "it needs messages there" : "it needs messages on each",
      labels: inside.map { [Label($0.place, "`\($0.name)` gets its messages from there")] } ?? [])
  }

  /// Says: no linkage speaks of `…`.
  static func neverLinked(_ instance: String, at place: Place) -> Diagnostic {
    Diagnostic(
      .neverLinked, "no linkage speaks of `\(instance)`", at: place, caption: "declared here and never linked",
      helps: ["if it is to run all the same, write it without a name"])
  }

  /// Says: no message ever reaches ….
  static func neverReached(_ group: [FlatInstance]) -> Diagnostic {
    let names = group.prefix(4).map { "`\($0.shownPath)`" }.joined(separator: ", ") + (group.count > 4 ? ", …" : "")
    return Diagnostic(
      .neverReached,
      group.count == 1 ? "no message ever reaches \(names)" : "no message ever reaches these \(group.count): \(names)",
      at: group[0].place, caption: group.count == 1 ? "it waits for itself" : "they wait for each other",
      labels: group.dropFirst().prefix(3).filter { $0.place != group[0].place }.map { Label($0.place, "and this") },
      helps: ["a literal can send the first message: `\"start\" -> …`"])
  }

  /// Says: `…` and `…` are linked twice.
  ///
  /// - Parameter line: the chain, if it says nothing else.
  static func linkedTwice(_ from: Place, _ to: Place, arrow: Place, first: Place, line: Place?) -> Diagnostic {
    Diagnostic(
      .linkedTwice, "`\(from.text.prefix(40))` and `\(to.text.prefix(40))` are linked twice", at: arrow,
      caption: "the second time", labels: [Label(first, "the first time")],
      fixes: line.map { [Fix("take the second linkage away", [.init($0, "")])] } ?? [])
  }

  /// Says: `…` takes one linkage.
  static func takesOne(_ inbox: String, at place: Place, first: Place?) -> Diagnostic {
    Diagnostic(
      .takesOne, "`\(inbox)` takes one linkage", at: place,
      caption: first == nil ? "more than one comes from here" : "the second",
      labels: first.map { [Label($0, "the first")] } ?? [],
      helps: ["give each producer an instance of its own"])
  }

  /// Says: these linkages lead in a circle without a component.
  static func emptyCircle(_ linkages: [FlatLinkage]) -> Diagnostic {
    // Where the circle is closed, not inside the graphs that it leads through.
    let closing = linkages.indices.min { linkages[$0].depth < linkages[$1].depth } ?? 0
    let others = linkages[(closing + 1)...] + linkages[..<closing]
    return Diagnostic(
      .emptyCircle, "these linkages lead in a circle without a component", at: linkages[closing].place,
      labels: others.prefix(8).filter { $0.place != linkages[closing].place }.map { Label($0.place, "and on") })
  }

  /// Says: nothing in the graph is linked to its … `…`.
  static func ownBoxUnused(_ junction: Junction) -> Diagnostic {
    Diagnostic(
      .ownBoxUnused, "nothing in the graph is linked to its \(junction.direction.rawValue) `\(junction.name)`",
      at: junction.place,
      caption: junction.direction == .inbox ? "what is sent here goes nowhere" : "nothing ever comes out of it")
  }

  /// Says: these linkages wait for each other in a circle, and can stall.
  static func canStall(drawn: String, _ arrows: [Place]) -> Diagnostic {
    var seen: Set<Place> = []
    let places = arrows.filter { seen.insert($0).inserted }
    return Diagnostic(
      .canStall, "these linkages wait for each other in a circle, and can stall", at: places[0],
      caption: "closes the circle", labels: places.dropFirst().prefix(6).map { Label($0, "waits when full") },
      helps: [
        drawn, "let one of them lose messages, `-[64, dropOldest]->`, or say `# allow(K0410)` if they cannot fill up",
      ])
  }

  /// Says: there is nothing to run in this file.
  static func nothingToRun(_ source: Source) -> Diagnostic {
    Diagnostic(.nothingToRun, "there is nothing to run in this file", at: Place(source, 0..<0))
  }

  /// Says: nothing reads backplane `…`.
  static func lonelyBackplane(_ declaration: BackplaneDeclaration, isPublished: Bool, isRead: Bool) -> Diagnostic {
    let name = declaration.name
    let (what, caption) =
      if isPublished {
        ("nothing reads backplane `\(name.text)`", "link it on: `@\(name.text) -> …`")
      } else if isRead {
        ("nothing publishes to backplane `\(name.text)`", "link something to it: `… -> @\(name.text)`")
      } else {
        ("backplane `\(name.text)` is never used", "")
      }
    return Diagnostic(.lonelyBackplane, what, at: name.place, caption: caption)
  }
}
