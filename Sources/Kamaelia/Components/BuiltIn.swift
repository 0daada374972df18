import KamaeliaIO

extension Library {
  /// Components that the language itself makes instances of; graphs cannot name them, since no name of a component begins
  /// with a small letter.
  package static let builtIn: [any Component.Type] = [Distribute<Placeholder>.self, Collect<Placeholder>.self]
}

/// The role of a component that the language itself makes an instance of.
package enum BuiltInComponent: String, Sendable {
  /// Shares messages out among replicas.
  case distribute
  /// Puts the messages of replicas back in order.
  case collect

  /// The outboxes of `distribute`, one for each replica.
  package static let shares = "out"
  /// The inboxes of `collect`, one for each replica.
  package static let inputs = "inputs"
  /// The box of both for whose turn it is.
  package static let order = "order"
}

/// Shares one inbox's messages out among replicas.
struct Distribute<T: Message>: GenericComponent {
  static var name: String { BuiltInComponent.distribute.rawValue }
  static var summary: String { "Shares messages out among replicas." }

  enum Rule: String, ChoiceParameter { case roundRobin, key }

  @Parameter("Who gets which message.") var by = Rule.roundRobin
  @Parameter("The field whose equal values go to the same replica, under `by key`.") var field = ""

  let inbox = Inbox<T>("What the replicas share.")
  let out = OutboxArray<T>("One for each replica.")
  let order = Outbox<Int>("Which replica got each message, for `ordered`.")

  static func specialised<A: Message>(for type: A.Type) -> any Component.Type { Distribute<A>.self }

  func main() async throws {
    var replicas = out.boxes.enumerated().map { (number: $0, box: $1.outbox) }
    // A replica that leaves is told of, so that another one gets its share.
    for replica in replicas { replica.box.whenUnread = .stops }
    var turn = 0
    for await message in inbox {
      var isDelivered = false
      while !isDelivered {
        if replicas.isEmpty { throw Stopped() }
        turn %= replicas.count
        let chosen = by == .roundRobin ? turn : place(of: message, among: replicas.count)
        if order.isLinked { try await order.send(replicas[chosen].number) }
        do {
          try await replicas[chosen].box.send(message)
          isDelivered = true
          turn += 1
        } catch is Stopped {
          // A replica that has left takes no share any more; another one gets the message.
          replicas.remove(at: chosen)
        }
      }
    }
  }

  /// FNV-1a of the field's value, or of the whole message where it has no such field: the same on every machine.
  private func place(of message: T, among count: Int) -> Int {
    let key = (field.isEmpty ? nil : message.json.value(at: field)?.text) ?? message.text
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for octet in key.utf8 { hash = (hash ^ UInt64(octet)) &* 0x100_0000_01b3 }
    return Int(hash % UInt64(count))
  }
}

/// Gathers what replicas send, in order where that is asked for.
struct Collect<T: Message>: GenericComponent, OrdersReplicas {
  static var name: String { BuiltInComponent.collect.rawValue }
  static var summary: String { "Puts the messages of replicas back in order." }

  let inputs = InboxArray<T>("One for each replica.")
  let order = Inbox<Int>("Which replica's turn it is.")
  let outbox = Outbox<T>("The messages in the order of the inputs they were made of.")

  static func specialised<A: Message>(for type: A.Type) -> any Component.Type { Collect<A>.self }

  /// How many messages each replica had sent when it was done with each input, oldest first; the runtime adds to it.
  package let progress = Progress()

  func main() async throws {
    let replicas = inputs.boxes.map(\.inbox)
    var sent = [Int](repeating: 0, count: replicas.count)
    var held = [T?](repeating: nil, count: replicas.count)
    for await number in order {
      while !isDone(number, sent[number]) {
        if held[number] == nil {
          switch await replicas[number].next(orWhen: { progress.first(of: number) != nil }) {
          case .message(let message): held[number] = message
          case .interrupted: continue
          case .finished: sent[number] = .max
          }
        }
        // Looked at again behind the message: a replica says that it is done before it sends what it makes of its next input,
        // so that a message which is there while it is not done is surely of this one.
        guard let message = held[number], !isDone(number, sent[number]) else { break }
        held[number] = nil
        sent[number] += 1
        try await outbox.send(message)
      }
      progress.dropFirst(of: number)
    }
    // What replicas send when they were done with all their inputs: at their end, or since they do not answer at once.
    for (number, inbox) in replicas.enumerated() {
      if let message = held[number] { try await outbox.send(message) }
      for await message in inbox { try await outbox.send(message) }
    }
  }

  /// Whether all that a replica has made of its oldest input has been sent.
  private func isDone(_ number: Int, _ sent: Int) -> Bool { progress.first(of: number).map { sent >= $0 } ?? false }
}

/// A component that is told how far each of several replicas is.
package protocol OrdersReplicas: Component {
  var progress: Progress { get }
}

/// How far each replica is, told by the replicas' executors and read by the collector's.
package final class Progress: Sendable {
  private struct State { var boundaries: [Int: Fifo<Int>] = [:] }
  private let state = Lock(State())

  /// Replica `number` is done with one more input, having sent `sent` messages so far.
  package func isDone(_ number: Int, sent: Int) {
    state.withLock { $0.boundaries[number, default: Fifo()].append(sent) }
  }

  func first(of number: Int) -> Int? { state.withLock { $0.boundaries[number]?.first } }

  func dropFirst(of number: Int) {
    state.withLock { _ = $0.boundaries[number]?.popFirst() }
  }
}
