/// What goes where the same is taken with `Double` in the place of `Int`: whole numbers, lists of them, and numbers that may be
/// missing.
protocol WholeNumbers: Message {
  associatedtype Widened: Message

  var widened: Widened { get }
}

extension Int: WholeNumbers {
  var widened: Double { Double(self) }
}

extension Array: WholeNumbers where Element: WholeNumbers {
  var widened: [Element.Widened] { map(\.widened) }
}

extension Optional: WholeNumbers where Wrapped: WholeNumbers {
  var widened: Wrapped.Widened? { map(\.widened) }
}
