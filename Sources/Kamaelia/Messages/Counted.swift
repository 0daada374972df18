/// A number with the word for what it counts: `1 linkage`, `2 linkages`, `0 matches`.
///
/// - Parameter plural: where it is not the singular with an `s`, or with `es` after `s`, `x`, `ch` and `sh`.
package func counted(_ number: Int, _ singular: String, _ plural: String? = nil) -> String {
  if number == 1 { return "1 \(singular)" }
  let ending = ["s", "x", "ch", "sh"].contains { singular.hasSuffix($0) } ? "es" : "s"
  return "\(number) \(plural ?? singular + ending)"
}
