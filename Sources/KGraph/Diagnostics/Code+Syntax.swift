/// K00: what can be said of a text without knowing what its names mean.
extension Code {
  package static let syntax: [Code] = characters + statements + chains
}
