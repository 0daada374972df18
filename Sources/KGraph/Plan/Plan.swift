import Kamaelia

/// A checked graph, flat: what the runtime builds a network from, and what drawings and exports are made of.
///
/// Nothing in it can be wrong any more: every name is resolved, every parameter is set or has its default, every linkage's
/// types fit, and what is generic has its types.
package struct Plan: Sendable {
  /// The graph's name: `ChatRoom`.
  package var name: String
  package var instances: [PlannedInstance] = []
  package var linkages: [PlannedLinkage] = []
  /// Values sent once, before anything else, in order.
  package var literals: [PlannedLiteral] = []
  package var backplanes: [PlannedBackplane] = []
  /// How many copies there are of what is replicated, by its path: those of `read` are `read[0]`, `read[1]` and so on.
  package var copies: [String: Int] = [:]
  /// The boxes that the graph itself exports.
  package var inboxes: [PlannedBox] = []
  package var outboxes: [PlannedBox] = []

  package init(name: String) { self.name = name }

  /// The box that is meant where nobody names one: `inbox`, else the only one.
  package var defaultInbox: PlannedBox? {
    inboxes.first { $0.name == "inbox" } ?? (inboxes.count == 1 ? inboxes[0] : nil)
  }

  /// The same for outboxes, `outbox` being the name.
  package var defaultOutbox: PlannedBox? {
    outboxes.first { $0.name == "outbox" } ?? (outboxes.count == 1 ? outboxes[0] : nil)
  }
}

extension Plan {
  /// Whether linkages lead from the default inbox to the default outbox.
  package var answersItsInbox: Bool {
    guard let start = defaultInbox, let goal = defaultOutbox else { return false }
    var reached: Set<Int> = []
    var waiting = [PlannedEnd.exported(start.name)]
    while let end = waiting.popLast() {
      for linkage in linkages where linkage.isFrom(end) {
        switch linkage.to {
        case .exported(goal.name): return true
        case .box(let instance, _, _) where reached.insert(instance).inserted:
          waiting.append(linkage.to)
        default: continue
        }
      }
    }
    return false
  }
}

extension PlannedLinkage {
  /// Whether it leads on from what has come to `end`: from any box of that instance, or from the graph's own inbox.
  fileprivate func isFrom(_ end: PlannedEnd) -> Bool {
    switch (from, end) {
    case (.box(let own, _, _), .box(let other, _, _)): own == other
    case (.exported(let own), .exported(let other)): own == other
    default: false
    }
  }
}

/// One component of a plan.
package struct PlannedInstance: Sendable {
  /// The path from the top graph: `tail`, `left/fader`, `worker[2]`, and `Lines#3` for one without a name of its own.
  package var path: String
  /// The name under which the library has it.
  package var component: String
  /// What stands for the variables of a generic component: `["T": Text]`.
  package var types: [String: MessageType] = [:]
  /// The arguments that the graph gives; what is not here has its default.
  package var arguments: [String: Value] = [:]
  package var restart = RestartPolicy.never
  /// Where it is declared.
  package var place: Place
  /// Of a replica whose outputs are put back in order: the instance of `collect` and which replica this is.
  package var replica: Replica?

  package struct Replica: Sendable, Hashable {
    package var collector: Int
    package var number: Int

    package init(collector: Int, number: Int) {
      self.collector = collector
      self.number = number
    }
  }

  package init(path: String, component: String, place: Place) {
    self.path = path
    self.component = component
    self.place = place
  }

  /// Its role, where the language itself has made it.
  package var builtIn: BuiltInComponent? { BuiltInComponent(rawValue: component) }
}

/// What happens when a component fails.
package struct RestartPolicy: Sendable, Hashable {
  package enum When: String, Sendable, Hashable, CaseIterable { case never, onFailure, always }

  package var when: When
  /// Restarts within `window` before it counts as failed for good.
  package var limit: Int
  package var window: Duration
  /// The first pause, doubled each time up to the last one.
  package var backoff: ClosedRange<Duration>

  package init(
    _ when: When, limit: Int = 5, window: Duration = .seconds(60),
    backoff: ClosedRange<Duration> = .milliseconds(100)...(.seconds(30))
  ) {
    self.when = when
    self.limit = limit
    self.window = window
    self.backoff = backoff
  }

  package static let never = RestartPolicy(.never)
}

/// One end of a linkage.
package enum PlannedEnd: Sendable, Hashable {
  /// A box of the instance with that number in the plan.
  case box(instance: Int, name: String, index: BoxIndex?)
  /// A backplane, by its path; one that the plan does not list belongs to the graph around it.
  case backplane(String)
  /// A box that the graph itself exports: an inbox where messages come from, an outbox where they go to.
  case exported(String)
}

/// A linkage with its type and its options.
package struct PlannedLinkage: Sendable {
  package var from: PlannedEnd
  package var to: PlannedEnd
  /// What the outbox sends; the inbox takes this type or one that it widens to.
  package var type: MessageType
  package var options: LinkageOptions
  package var place: Place

  package init(from: PlannedEnd, to: PlannedEnd, type: MessageType, options: LinkageOptions, place: Place) {
    self.from = from
    self.to = to
    self.type = type
    self.options = options
    self.place = place
  }
}

/// A value that an inbox gets before anything else.
package struct PlannedLiteral: Sendable {
  package var value: Value
  package var to: PlannedEnd
  package var place: Place

  package init(value: Value, to: PlannedEnd, place: Place) {
    self.value = value
    self.to = to
    self.place = place
  }
}

/// A named place that anything may publish to and subscribe to.
package struct PlannedBackplane: Sendable {
  /// The path from the top graph.
  package var path: String
  package var type: MessageType
  package var place: Place

  package init(path: String, type: MessageType, place: Place) {
    self.path = path
    self.type = type
    self.place = place
  }
}

/// A box that a graph exports.
package struct PlannedBox: Sendable, Hashable {
  package var name: String
  package var type: MessageType

  package init(name: String, type: MessageType) {
    self.name = name
    self.type = type
  }
}

/// A graph that components make instances of while the network runs; what `Value.graph` holds.
package final class PlanTemplate: GraphTemplate, Sendable {
  package let name: String
  /// The names of its parameters; nil where that is not known.
  private let parameters: Set<String>?
  private let expand: @Sendable ([String: Value]) -> (Plan?, [Diagnostic])
  private let drawn: @Sendable () -> Plan?
  private let last = LastAnswer<[String: Value], (Plan?, [Diagnostic])>()

  /// - Parameters:
  ///   - drawn: the plan where what only the component gives is left open.
  ///   - expand: the plan for arguments that take the place of those that the graph file gives.
  package init(
    name: String, parameters: Set<String>? = nil, drawn: @escaping @Sendable () -> Plan? = { nil },
    expand: @escaping @Sendable ([String: Value]) -> (Plan?, [Diagnostic])
  ) {
    self.name = name
    self.parameters = parameters
    self.drawn = drawn
    self.expand = expand
  }

  /// The plan for these arguments. A plan has been made with the graph file's own arguments before launch, so that only
  /// `arguments` can be wrong.
  package func plan(_ arguments: [String: Value]) -> (Plan?, [Diagnostic]) { last(arguments, expand) }

  /// The plan as it is drawn: arguments that only the component gives, while it runs, are left out of it.
  package func outline() -> Plan? { drawn() ?? plan([:]).0 }

  package func takes(_ parameter: String) -> Bool { parameters?.contains(parameter) ?? true }
}
