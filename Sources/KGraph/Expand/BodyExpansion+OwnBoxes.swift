import Kamaelia

/// Ends that are boxes of the graph itself.
extension BodyExpansion {
  /// The ends of `self.box`.
  mutating func ownEnds(_ endpoint: Endpoint, _ position: Position) -> ([Goal], [Origin]) {
    var reference: BoxReference?
    switch endpoint.boxes {
    case .standard: break
    case .one(let box): reference = box
    case .both:
      findings.report(.ownBoxInside(endpoint.place))
      return unknown(endpoint.place, position)
    }
    if position.hasBefore, position.hasAfter {
      findings.report(.ownBoxInside(endpoint.place))
      return unknown(endpoint.place, position)
    }
    let isOrigin = position.hasAfter
    let kind = result.kind
    let face: Kind.Face?
    if let name = reference?.name {
      if name.isMissing { return unknown(endpoint.place, position) }
      face = isOrigin ? kind.inbox(name.text) : kind.outbox(name.text)
      if face == nil {
        let other = isOrigin ? kind.outbox(name.text) : kind.inbox(name.text)
        findings.report(
          other != nil
            ? .wrongOwnBox(name, endpoint.place, isOrigin: isOrigin)
            : .unknownOwnBox(
              name, isOrigin: isOrigin, candidates: (isOrigin ? kind.inboxes : kind.outboxes).map(\.name)))
      }
    } else {
      face = isOrigin ? kind.defaultInbox : kind.defaultOutbox
      if face == nil {
        findings.report(
          .noDefaultOwnBox(
            endpoint.place, isOrigin: isOrigin, (isOrigin ? kind.inboxes : kind.outboxes).map(\.name)))
      }
    }
    if let index = reference?.index, face != nil { findings.report(.noArray(index.place, "self.\(face?.name ?? "")")) }
    guard let face else { return unknown(endpoint.place, position) }
    let end = LocalEnd.exported(face.name)
    return (position.hasBefore ? [(end, endpoint.place)] : [], position.hasAfter ? [.end(end, endpoint.place)] : [])
  }
}
