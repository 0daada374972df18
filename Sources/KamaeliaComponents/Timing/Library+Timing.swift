import Kamaelia

extension Library {
  /// Components that say when.
  package static let timing: [any Component.Type] = [
    Clock.self,
    Debounce<Placeholder>.self,
    Ticks.self,
    Timeout<Placeholder>.self,
  ]
}
