/// The name of a box of one component: `inbox`; of a box in an array with its index: `out["audio"]`.
package struct BoxName: Sendable, Hashable, CustomStringConvertible {
  package let name: String
  package let index: BoxIndex?

  package init(_ name: String, _ index: BoxIndex? = nil) {
    self.name = name
    self.index = index
  }

  package var description: String { index.map { name + $0.description } ?? name }
}
