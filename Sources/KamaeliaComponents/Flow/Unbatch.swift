import Kamaelia

/// Takes lists apart.
struct Unbatch<T: Message>: GenericComponent {
  static var summary: String { "Sends the elements of lists one by one." }
  static var details: String {
    """
    The opposite of Batch. Elements go in their order; an empty list sends nothing. JSON that is an array is a list too, whose \
    elements are JSON; other JSON leaves through `errors`, and if nobody has linked that, the component fails. Ends with \
    the inbox. Keeps one list in memory.

        numbers -> Batch(10) -> Unbatch() -> ConsoleWriter()
        "[1, 2, 3]" -> ParseJSON() -> Unbatch() -> ConsoleWriter()
    """
  }
  static var endsWithReaders: Bool { true }

  let inbox = Inbox<[T]>("A list, or JSON that is an array.", takesArrays: true)
  let outbox = Outbox<T>("An element of it.")
  let errors = Outbox<BadInput>("JSON that is no array, and why.", needsReader: true)

  static func specialised<A: Message>(for type: A.Type) -> any Component.Type {
    A.self == JSON.self ? JSON.Unbatch.self : Unbatch<A>.self
  }

  func main() async throws {
    for await list in inbox {
      for element in list { try await outbox.send(element) }
    }
  }
}

extension JSON {
  /// Takes arrays apart, which lists of JSON come as, too: `Unbatch` where its elements are JSON.
  struct Unbatch: Component {
    static let summary = "Sends the elements of lists one by one."
    static let endsWithReaders = true

    let inbox = Inbox<JSON>("JSON that is an array.")
    let outbox = Outbox<JSON>("An element of it.")
    let errors = Outbox<BadInput>("JSON that is no array, and why.", needsReader: true)

    func main() async throws {
      for await json in inbox {
        if case .array(let elements) = json {
          for element in elements { try await outbox.send(element) }
        } else {
          try await errors.send(BadInput("this is no array", json.encoded))
        }
      }
    }
  }
}
