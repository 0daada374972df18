import Kamaelia

/// Finds ways from one outbox that meet again in a component that takes messages in step, where one of them lets only some
/// messages pass.
struct BranchCheck {
  private let flat: Flat
  private let joined: [Collapse.Joined]
  private let claims: [Int: ComponentChecks.Claims]
  /// The waiting linkages that lead to each instance.
  private let arriving: [Int: [Int]]

  init(_ flat: Flat, _ joined: [Collapse.Joined], _ claims: [Int: ComponentChecks.Claims]) {
    self.flat = flat
    self.joined = joined
    self.claims = claims
    var arriving: [Int: [Int]] = [:]
    for (number, linkage) in joined.enumerated() where linkage.waits {
      guard case .box(let instance, let name, _) = linkage.to, name != ImplicitBox.control.name else { continue }
      arriving[instance, default: []].append(number)
    }
    self.arriving = arriving
  }

  /// What is found on the way back from an inbox: outboxes, each with the first component on the way that lets only some
  /// messages pass; nil in place of it where there is a way without one.
  private typealias Ways = [FlatEnd: Int?]

  func run(_ findings: Findings) {
    // Many that meet in a large graph: a bound on all steps together keeps a check short.
    var steps = 1_000_000
    for (number, claim) in claims.sorted(by: { $0.key < $1.key }) where claim.takesInStep {
      var inboxes: [FlatEnd: [Int]] = [:]
      var order: [FlatEnd] = []
      for linkage in arriving[number] ?? [] {
        let end = joined[linkage].to
        if inboxes[end] == nil { order.append(end) }
        inboxes[end, default: []].append(linkage)
      }
      guard order.count > 1 else { continue }
      let found = order.map { ways(to: inboxes[$0] ?? [], &steps) }
      guard steps > 0 else { return }
      if let (few, source) = meeting(found) {
        findings.report(
          .unevenBranches(flat.instances[number], fewer: flat.instances[few], source: flat.instances[source]))
      }
    }
  }

  /// The ways from outboxes to an inbox, against the direction of messages.
  private func ways(to linkages: [Int], _ steps: inout Int) -> Ways {
    var found: Ways = [:]
    var waiting: [(linkage: Int, fewer: Int?)] = linkages.map { ($0, nil) }
    while let (linkage, fewer) = waiting.popLast(), steps > 0 {
      steps -= 1
      let end = joined[linkage].from
      // A way without such a component counts for more than one with it.
      if let known = found[end], known == nil || fewer != nil { continue }
      found[end] = .some(fewer)
      guard case .box(let instance, _, _) = end else { continue }
      let next = claims[instance]?.sendsFewer == true ? (fewer ?? instance) : fewer
      for earlier in arriving[instance] ?? [] { waiting.append((earlier, next)) }
    }
    return found
  }

  /// An outbox from which one inbox is reached by few messages, and another one by all.
  private func meeting(_ ways: [Ways]) -> (fewer: Int, source: Int)? {
    for (number, some) in ways.enumerated() {
      for (other, all) in ways.enumerated() where other != number {
        let sources = some.compactMap { end, fewer -> (fewer: Int, source: Int)? in
          guard let fewer, case .box(let instance, _, _) = end, all[end] == .some(nil) else { return nil }
          return (fewer, instance)
        }
        if let first = sources.min(by: { $0.source < $1.source }) { return first }
      }
    }
    return nil
  }
}

extension Diagnostic {
  /// Says: `…` takes messages in step, and `…` lets only some of them pass.
  fileprivate static func unevenBranches(_ meeting: FlatInstance, fewer: FlatInstance, source: FlatInstance)
    -> Diagnostic
  {
    var labels = [Label(fewer.place, "lets only some messages pass")]
    if source.place != fewer.place, source.place != meeting.place {
      labels.append(Label(source.place, "both ways come from here"))
    }
    return Diagnostic(
      .unevenBranches,
      "`\(meeting.shownPath)` takes messages in step, and one way to it from `\(source.shownPath)` has fewer than the other",
      at: meeting.place, caption: "waits for both", labels: labels.filter { $0.place != meeting.place },
      helps: ["let the way with more of them lose some: `-[64, dropOldest]->`"])
  }
}
