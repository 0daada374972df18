import Kamaelia

/// What changes between two texts, line by line, as `diff -u` writes it.
struct LineDifference {
  private enum Line {
    case same(String)
    case removed(String)
    case added(String)
  }

  private let lines: [Line]

  init(from old: String, to new: String) {
    let before = old.lines
    let after = new.lines
    let changes = after.difference(from: before)
    var removed = Set<Int>()
    var added = Set<Int>()
    for change in changes {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): added.insert(offset)
      }
    }
    var lines: [Line] = []
    var (old, new) = (0, 0)
    while old < before.count || new < after.count {
      if removed.contains(old) {
        lines.append(.removed(before[old]))
        old += 1
      } else if added.contains(new) {
        lines.append(.added(after[new]))
        new += 1
      } else if old < before.count {
        lines.append(.same(before[old]))
        old += 1
        new += 1
      } else {
        break
      }
    }
    self.lines = lines
  }

  /// The changes with three lines around each; empty where there are none.
  func text(name: String) -> String {
    let context = 3
    let changed = lines.indices.filter { if case .same = lines[$0] { false } else { true } }
    guard !changed.isEmpty else { return "" }
    var hunks: [Range<Int>] = []
    for index in changed {
      let range = max(0, index - context)..<min(lines.count, index + context + 1)
      if let last = hunks.last, last.upperBound >= range.lowerBound {
        hunks[hunks.count - 1] = last.lowerBound..<range.upperBound
      } else {
        hunks.append(range)
      }
    }
    return "--- \(name)\n+++ \(name) (formatted)\n" + hunks.map(hunk).joined()
  }

  private func hunk(_ range: Range<Int>) -> String {
    var (old, new) = (1, 1)
    for line in lines[..<range.lowerBound] {
      switch line {
      case .same: (old, new) = (old + 1, new + 1)
      case .removed: old += 1
      case .added: new += 1
      }
    }
    var (removed, added, body) = (0, 0, "")
    for line in lines[range] {
      switch line {
      case .same(let text):
        (removed, added) = (removed + 1, added + 1)
        body += " \(text)\n"
      case .removed(let text):
        removed += 1
        body += "-\(text)\n"
      case .added(let text):
        added += 1
        body += "+\(text)\n"
      }
    }
    return "@@ -\(old),\(removed) +\(new),\(added) @@\n" + body
  }
}
