extension Code {
  /// All codes, in the order of their names.
  package static let all: [Code] =
    syntax + units + parameters + names + types + topology + options + placement + programs
    + tests + lints + permissions

  /// The code of that name, such as `K0301`.
  package static func named(_ name: String) -> Code? { byName[name] }

  private static let byName = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }
}
