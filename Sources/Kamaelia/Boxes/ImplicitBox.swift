/// A box that every component has without declaring it; it is made where a graph links it.
package enum ImplicitBox: String, Sendable, CaseIterable {
  /// The inbox whose messages, whatever they are, tell the component to stop.
  case control
  /// The outbox that says that the component has ended, and how.
  case signal
  /// The outbox for messages that were given up after the component failed on them.
  case deadLetters

  package static let inboxes: [ImplicitBox] = [.control]
  package static let outboxes: [ImplicitBox] = [.signal, .deadLetters]

  package var name: String { rawValue }
  package var boxName: BoxName { BoxName(rawValue) }

  package var type: MessageType {
    switch self {
    case .control: .any
    case .signal: .text
    case .deadLetters: .json
    }
  }

  /// What its messages mean.
  package var description: String {
    switch self {
    case .control: "Tells the component to stop, whatever comes."
    case .signal: "Says that the component has ended, and how."
    case .deadLetters: "Messages that were given up after the component failed on them."
    }
  }
}
