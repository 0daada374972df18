/// A number, a quantity or a Boolean: what was written, and what it is worth.
package struct Literal: SyntaxNode {
  package enum Value: Sendable, Hashable {
    case integer(Int64)
    case double(Double)
    case boolean(Bool)
    case duration(nanoseconds: Int64)
    case size(bytes: Int64)
    case frequency(hertz: Double)
    /// `50%` is 0.5.
    case fraction(Double)
    /// `30/s`: so many in so long; both above or equal to 0, `nanoseconds` above.
    case rate(count: Double, nanoseconds: Int64)
    /// `10MiB/s`
    case byteRate(bytes: Int64, nanoseconds: Int64)
  }

  package let value: Value
  /// The number as written, with sign, such as `1_000` or `-2.5`; the word of a Boolean.
  package let number: String
  /// The unit as written, such as `MiB/s`; empty without.
  package let unit: String
  package let place: Place
  package var children: [any SyntaxNode] { [] }
}

extension Literal.Value {
  /// The type that a parameter for it is declared with.
  var typeName: String? {
    switch self {
    case .integer: "Int"
    case .double: "Double"
    case .boolean: "Bool"
    case .duration: "Duration"
    case .size: "Size"
    case .frequency: "Frequency"
    case .rate, .byteRate: "Rate"
    case .fraction: nil
    }
  }
}
