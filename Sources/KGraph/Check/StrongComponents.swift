/// Groups of nodes that all lead to each other, one node alone included.
///
/// - Parameters:
///   - count: of the nodes, which are numbered from 0.
///   - next: where each node leads.
/// - Returns: each node in one group, each group in ascending order, and those that lead to others behind those.
/// - Note: R. Tarjan, Depth-first search and linear graph algorithms, SIAM J. Comput. 1 (1972); without recursion.
package func strongComponents(_ count: Int, next: (Int) -> [Int]) -> [[Int]] {
  var index = [Int?](repeating: nil, count: count)
  var low = [Int](repeating: 0, count: count)
  var isOnStack = [Bool](repeating: false, count: count)
  var stack: [Int] = []
  var counter = 0
  var groups: [[Int]] = []

  func enter(_ node: Int) -> (node: Int, rest: ArraySlice<Int>) {
    index[node] = counter
    low[node] = counter
    counter += 1
    stack.append(node)
    isOnStack[node] = true
    return (node, next(node)[...])
  }

  for start in 0..<count where index[start] == nil {
    var path = [enter(start)]
    while let node = path.last?.node {
      if let other = path[path.count - 1].rest.popFirst() {
        if let seen = index[other] {
          if isOnStack[other] { low[node] = min(low[node], seen) }
        } else {
          path.append(enter(other))
        }
        continue
      }
      path.removeLast()
      if let parent = path.last?.node { low[parent] = min(low[parent], low[node]) }
      guard low[node] == index[node], let first = stack.lastIndex(of: node) else { continue }
      let group = stack[first...].sorted()
      stack.removeSubrange(first...)
      for member in group { isOnStack[member] = false }
      groups.append(group)
    }
  }
  return groups
}
