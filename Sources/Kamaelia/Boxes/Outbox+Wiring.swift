/// An outbox, whatever it carries: what the runtime wires, counts and closes. On the executor of the outbox's component,
/// or before that component runs.
package protocol AnyOutbox: AnyBox {
  var details: BoxDetails { get }
  var messageType: MessageType { get }
  var swiftType: any Message.Type { get }
  var isLinked: Bool { get }
  /// Whether a task waits for room; from any thread.
  var isWaiting: Bool { get }
  func attach(to instance: Instance, name: BoxName)
  /// Forgets its component, which has ended.
  func forgetOwner()
  func close()
  /// Whether it has had readers, and all of them have left.
  var isAbandoned: Bool { get }
  /// Whether it has readers, or has had some.
  var hadReaders: Bool { get }
  /// Whether somebody reads it whose leaving, with that of the readers of others like it, ends the component.
  var keepsGoing: Bool { get }
  /// It is one of several that the component has declared, and goes on being sent to while another one is read.
  func stopWithOthers()
  /// Whether it only reports; see ``Outbox/init(_:main:needsReader:isReport:refinements:file:)``.
  var isReport: Bool { get }
  /// Waits until all readers have left.
  func untilAbandoned() async
  /// Makes the near end of a linkage to `inbox`; nil where the types do not fit. Nothing is attached yet.
  func makeLinkage(to inbox: any AnyInbox, ends: LinkageEnds, options: LinkageOptions) -> PendingLinkage?
  /// Sends along a linkage that this outbox has made; where it takes the place of another one, along that one no more.
  func attach(_ pending: PendingLinkage, replacing replaced: (any AnyLinkage)?)
  /// Lets go of a linkage: its reader sees the end once it has taken what is under way.
  func unlink(_ linkage: any AnyLinkage)
  /// Lets whoever waits for room look again; from any thread.
  func wake()
}

/// A linkage that is made and not attached yet: each end is attached on the executor of its own component.
///
/// Where it takes the place of another one, its reader goes on with it when the other one has ended, so that the order is
/// kept, and its writer sends along it from then on.
package struct PendingLinkage: Sendable {
  package let linkage: any AnyLinkage
  /// Its near end as the outbox sees it: a `NearEnd` of the outbox's type.
  fileprivate let nearEnd: any AnyObject & Sendable
}

extension Outbox: AnyOutbox {
  package var messageType: MessageType { M.messageType }
  package var swiftType: any Message.Type { M.self }
  package var isWaiting: Bool { waiter.hasSleepers }
  package var sleepers: Waiter { waiter }
  package var hasDeadline: Bool { false }
  package func eachLinkage(_ body: (any AnyLinkage) -> Void) { for port in ports { body(port.linkage) } }

  package var keepsGoing: Bool { whenUnread == .stopsWithOthers && isLinked && !isAbandoned }
  package func stopWithOthers() { if whenUnread == .stops { whenUnread = .stopsWithOthers } }
  package var isReport: Bool { whenUnread == .drops }
  package func forgetOwner() { owner = nil }

  package func attach(to instance: Instance, name: BoxName) {
    owner = instance
    self.name = name
  }

  package func makeLinkage(
    to inbox: any AnyInbox, ends: LinkageEnds, options: LinkageOptions
  ) -> PendingLinkage? {
    if let inbox = inbox as? Inbox<M> { return make(inbox, ends, options) { $0 } }
    if let inbox = inbox as? Inbox<AnyMessage> {
      return make(inbox, ends, options) { Converter($0) { AnyMessage($0) } }
    }
    if let lists = self as? Outbox<[JSON]>, let inbox = inbox as? Inbox<JSON> {
      return lists.make(inbox, ends, options) { Converter($0) { .array($0) } }
    }
    if let inbox = inbox as? Inbox<M?> { return make(inbox, ends, options) { Converter($0) { $0 } } }
    if let whole = M.self as? any WholeNumbers.Type {
      return makeWidened(whole, to: inbox, ends: ends, options: options)
    }
    return nil
  }

  /// The same for whole numbers, and what is made of them, to who takes others as well.
  private func makeWidened<W: WholeNumbers>(
    _ type: W.Type, to inbox: any AnyInbox, ends: LinkageEnds, options: LinkageOptions
  ) -> PendingLinkage? {
    guard let own = self as? Outbox<W> else { return nil }
    if let inbox = inbox as? Inbox<W.Widened> { return own.make(inbox, ends, options) { Converter($0) { $0.widened } } }
    if let inbox = inbox as? Inbox<W.Widened?> {
      return own.make(inbox, ends, options) { Converter($0) { $0.widened } }
    }
    return nil
  }

  private func make<Target: Message>(
    _ inbox: Inbox<Target>, _ ends: LinkageEnds, _ options: LinkageOptions,
    _ port: (Linkage<Target>) -> NearEnd<M>
  ) -> PendingLinkage? {
    guard let owner else { return nil }
    let linkage = Linkage<Target>(
      ends, options, readers: inbox.waiter, writers: waiter, mourners: mourners, timekeeper: owner.timekeeper,
      memory: owner.memory)
    return PendingLinkage(linkage: linkage, nearEnd: port(linkage))
  }

  package func attach(_ pending: PendingLinkage, replacing replaced: (any AnyLinkage)?) {
    guard let end = pending.nearEnd as? NearEnd<M> else { preconditionFailure("a linkage belongs to who has made it") }
    if let replaced { unlink(replaced, replacement: end) } else { link(end) }
  }

  package func unlink(_ linkage: any AnyLinkage) { unlink(linkage, replacement: nil) }

  package func wake() { waiter.wake() }
}
