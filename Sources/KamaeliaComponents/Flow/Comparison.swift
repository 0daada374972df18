import Kamaelia

/// How two values lie to each other: numbers as numbers, text by its Unicode scalars, all else only as equal or not.
enum Comparison {
  case less, equal, greater, different

  init(_ a: JSON, _ b: JSON) {
    if let a = Self.number(a), let b = Self.number(b) {
      self = a < b ? .less : a > b ? .greater : a == b ? .equal : .different
    } else if case .string(let a) = a, case .string(let b) = b {
      self = a == b ? .equal : a < b ? .less : .greater
    } else {
      self = a == b ? .equal : .different
    }
  }

  private static func number(_ json: JSON) -> Double? {
    switch json {
    case .int(let number): Double(number)
    case .double(let number): number
    default: nil
    }
  }
}
