import Kamaelia

/// Draws what is replicated once: the first copy stands for all, and the linkages lead to it and from it as the graph file
/// has them, without what shares messages out and puts them back in order.
struct ReplicaFolding {
  private let plan: Plan
  /// The ends behind each `distribute`, and those before each `collect`.
  private var targets: [Int: [PlannedEnd]] = [:]
  private var sources: [Int: [PlannedEnd]] = [:]
  /// How many copies there are, by the path that is drawn.
  private var counts: [String: Int] = [:]

  init(_ plan: Plan) {
    self.plan = plan
    guard !plan.copies.isEmpty else { return }
    for linkage in plan.linkages {
      if case .box(let number, "out", _) = linkage.from, shares(number) {
        targets[number, default: []].append(linkage.to)
      }
      if case .box(let number, "inputs", _) = linkage.to, gathers(number) {
        sources[number, default: []].append(linkage.from)
      }
    }
    for (path, count) in plan.copies { counts[folded(path)] = count }
  }

  /// The path without the numbers of copies.
  func folded(_ path: String) -> String { parts(of: path).folded }

  /// The last part of a path that is drawn, with the number of copies behind it: `read × 4`.
  func title(_ path: String, _ name: String) -> String {
    guard let count = counts[path], count > 1 else { return name }
    return "\(name) × \(count)"
  }

  /// Whether the instance is drawn.
  func shows(_ number: Int) -> Bool {
    !shares(number) && !gathers(number) && parts(of: plan.instances[number].path).isFirst
  }

  func shows(_ backplane: PlannedBackplane) -> Bool { parts(of: backplane.path).isFirst }

  /// The ends that are drawn where a linkage comes from `end`; none where other copies show it.
  func drawnSources(of end: PlannedEnd) -> [PlannedEnd] {
    behind(end) { number in gathers(number) ? sources[number] ?? [] : nil }
  }

  /// The ends that are drawn where a linkage leads to `end`; none where other copies show it.
  func drawnTargets(of end: PlannedEnd) -> [PlannedEnd] {
    behind(end) { number in shares(number) ? targets[number] ?? [] : nil }
  }

  /// Whether the linkage is one that `replicate` made.
  func isMade(_ linkage: PlannedLinkage) -> Bool {
    if case .box(let number, _, _) = linkage.from, shares(number) { return true }
    if case .box(let number, _, _) = linkage.to, gathers(number) { return true }
    return false
  }

  // Components of these names are no others: what graphs can name begins with a capital letter.
  private func shares(_ number: Int) -> Bool { plan.instances[number].builtIn == .distribute }
  private func gathers(_ number: Int) -> Bool { plan.instances[number].builtIn == .collect }

  private func behind(_ end: PlannedEnd, _ next: (Int) -> [PlannedEnd]?) -> [PlannedEnd] {
    var found: [PlannedEnd] = []
    var seen: Set<PlannedEnd> = [end]
    var waiting = [end]
    while let end = waiting.popLast() {
      switch end {
      case .box(let number, _, _):
        if let others = next(number) {
          waiting += others.reversed().filter { seen.insert($0).inserted }
        } else if shows(number) {
          found.append(end)
        }
      case .backplane(let path):
        if parts(of: path).isFirst { found.append(end) }
      case .exported: found.append(end)
      }
    }
    return found
  }

  /// - Returns: the path without the numbers of copies, and whether it is that of the first copy wherever there are several.
  private func parts(of path: String) -> (folded: String, isFirst: Bool) {
    if plan.copies.isEmpty { return (path, true) }
    var whole = ""
    var folded: [Substring] = []
    var isFirst = true
    for part in path.split(separator: "/", omittingEmptySubsequences: false) {
      let before = whole.isEmpty ? "" : whole + "/"
      whole = before + part
      if part.hasSuffix("]"), let bracket = part.lastIndex(of: "["), plan.copies[before + part[..<bracket]] != nil {
        folded.append(part[..<bracket])
        isFirst = isFirst && part[bracket...] == "[0]"
      } else {
        folded.append(part)
      }
    }
    return (folded.joined(separator: "/"), isFirst)
  }
}
