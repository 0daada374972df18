import Kamaelia

extension Library {
  /// Components that run other programs.
  package static let programs: [any Component.Type] = [Process.self, ProcessBytes.self]
}
