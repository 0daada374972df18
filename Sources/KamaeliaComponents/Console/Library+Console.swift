import Kamaelia

extension Library {
  /// Components that talk to the person at the terminal.
  package static let console: [any Component.Type] = [ConsoleReader.self, ConsoleWriter.self, Ticker.self]
}
