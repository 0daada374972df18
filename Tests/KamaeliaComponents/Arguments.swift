import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

/// What a component says of arguments before launch; nil where it accepts them.
func problem(_ component: some Component, _ arguments: [String: Value]) throws -> String? {
  try Members(of: component).set(arguments)
  do {
    try component.check()
    return nil
  } catch {
    return error.description
  }
}
