/// A piece of a graph: it reads its inboxes, writes its outboxes, and knows nothing else.
///
/// ```swift
/// struct Ticks: Component {
///   static let summary = "Sends 0, 1, 2, … at a fixed interval."
///
///   @Parameter("Time between ticks.", in: .nanoseconds(1)..., main: true) var interval = Duration.seconds(1)
///   let outbox = Outbox<Int>("The number of the tick, from 0.")
///
///   func main() async throws {
///     var due = Time.now
///     for tick in 0... {
///       try await outbox.send(tick)
///       due += interval
///       try await Time.sleep(until: due)
///     }
///   }
/// }
/// ```
/// What waits for something that is none of the boxes (a socket, a program, a call back) does so in ``outside(_:)``, so that the
/// graph does not count as stuck meanwhile.
///
/// State is the local variables of `main`. Messages that it keeps count in the memory that the run may have where it says so to
/// ``KeptBytes``. Boxes and parameters are stored properties and are found by reflection. Nothing
/// is written for shutdown: when `main` returns, the outboxes close; when all readers have left, `send` throws
/// ``Stopped``; when the component is told to stop, loops over inboxes end and `sleep` and `send` throw
/// `CancellationError`. Both errors end a component without failure; any other fails it.
public protocol Component: Sendable {
  /// What graphs call it; the name of the type unless it says otherwise.
  static var name: String { get }

  /// One sentence: what it does.
  static var summary: String { get }

  /// Paragraphs for the manual page: order, ends, errors, limits, an example. May be empty.
  static var details: String { get }

  /// Whether it may send something before anything comes to its inboxes; false unless it says otherwise. What has no
  /// inboxes does so anyway. The checker takes a circle of components for dead where none of them does.
  static var sendsUnasked: Bool { get }

  /// Whether it has nothing more to do once all readers of its outboxes have left, whatever still comes to it; false unless
  /// it says otherwise, and true for a ``Transform``. It is told to stop then, also while it waits, so that those before it
  /// learn of it at once. For components whose only effect is what they send.
  static var endsWithReaders: Bool { get }

  /// Whether it may send what it makes of a message after it has asked for the next one; false unless it says otherwise.
  /// Of replicas of such a component nobody can tell which answer belongs to which message: `ordered` gets a warning.
  static var answersLate: Bool { get }

  /// Whether it comes to an end by itself, as a reader of a file does, where nothing comes to it: if it is stopped before, those
  /// who read what it sends are told that it is not all (``Inbox/isIncomplete``). False unless it says otherwise.
  var endsByItself: Bool { get }

  /// Whether its child tasks, where it makes any, wait for nothing but its boxes, time, and what runs in ``outside(_:)``; false
  /// unless it says otherwise. Of a component without child tasks the runtime knows that by itself.
  ///
  /// A graph in which every component waits for another one ends with an error that says who waits for whom. One that may wait for
  /// something else is left alone, with a warning.
  static var waitsOnlyForGraph: Bool { get }

  /// Whether it may send fewer messages than it takes, as what filters or gathers does; false unless it says otherwise. The checker
  /// warns where its messages meet again with those that it was sent.
  static var sendsFewer: Bool { get }

  /// What it reads, writes, listens and connects to and which programs it starts, as its parameters say; nothing unless it
  /// says otherwise. A graph that asks for more than its user permits is refused before it starts.
  static var needs: [Need] { get }

  /// Makes a component whose parameters have their defaults.
  init()

  /// Looks, before launch and when a graph is checked, whether the component can do what its parameters ask: that a program
  /// is there, that two parameters fit each other. Reads nothing that changes while a graph runs.
  ///
  /// - Throws: what is wrong, worded for the author of the graph.
  func check() throws(ParameterError)

  /// The fields that messages at its inboxes must have, as its parameters name them: `size`, `user.name`; none unless it
  /// says otherwise. An empty name stands for the whole message, which has to be a single value: no list and no record. Asked after ``check()``. The checker says where messages are of a type that has no such field.
  var fieldsRead: [String] { get }

  /// The same for messages of one type, where what is looked for depends on it, or has to be a number: ``fieldsRead`` unless it
  /// says otherwise.
  func fieldsRead(in type: MessageType) -> FieldsRead

  /// The fields that messages from an outbox have, where that is of JSON and the parameters say which they are; nil, unless it says
  /// otherwise, where they may have any. Asked after ``check()``.
  func fieldsSent(by outbox: String) -> [String]?

  /// Whether it takes messages from its inboxes in step, and waits at one while another one fills up; false unless it says
  /// otherwise.
  var takesInStep: Bool { get }

  /// Of what it needs, what nobody else in the graph may use at the same time, such as a file that it replaces; nothing unless it
  /// says otherwise. Where it listens belongs to it anyway.
  var exclusive: [Capability] { get }

  /// What it gives, as arguments, to the graphs that it makes of those that one of its parameters holds; an empty list for
  /// nothing, and nil, unless it says otherwise, where the checker is not to look. Asked after ``check()``.
  func argumentsGiven(toGraphsOf parameter: String) -> [GivenArgument]?

  /// The component's work, from its beginning to its end.
  func main() async throws
}

extension Component {
  public static var name: String {
    let name = String(describing: Self.self)
    return name.firstIndex(of: "<").map { String(name[..<$0]) } ?? name
  }

  public static var details: String { "" }
  public static var sendsUnasked: Bool { false }
  public static var endsWithReaders: Bool { false }
  public static var answersLate: Bool { false }
  public static var waitsOnlyForGraph: Bool { false }
  public static var needs: [Need] { [] }
  public var endsByItself: Bool { false }
  public func check() throws(ParameterError) {}
  public var fieldsRead: [String] { [] }
  public func fieldsRead(in type: MessageType) -> FieldsRead { FieldsRead(fieldsRead, of: type) }
  public func fieldsSent(by outbox: String) -> [String]? { nil }
  public static var sendsFewer: Bool { false }
  public var takesInStep: Bool { false }
  public var exclusive: [Capability] { [] }
  public func argumentsGiven(toGraphsOf parameter: String) -> [GivenArgument]? { nil }
}

/// A component that is made for the types that a graph asks for: `struct Tee<T: Message>`.
///
/// Its declaration for ``Placeholder`` is what the checker reads: wherever that stands is one and the same type, which the
/// checker finds.
public protocol GenericComponent: Component {
  /// The component for one type: `Tee<T>.self`.
  static func specialised<T: Message>(for type: T.Type) -> any Component.Type
}

/// Stands for the `T` of a generic component that is declared and not made yet.
public enum Placeholder: Message {
  public static let messageType = MessageType.variable("T")
}

/// A component that is made for two types: `struct Zip<A: Message, B: Message>`.
public protocol GenericComponent2: Component {
  /// The component for two types: `Zip<A, B>.self`.
  static func specialised<A: Message, B: Message>(for a: A.Type, _ b: B.Type) -> any Component.Type
}

/// Stands for the second type, `U`, of a component that is generic in two.
public enum SecondPlaceholder: Message {
  public static let messageType = MessageType.variable("U")
}
