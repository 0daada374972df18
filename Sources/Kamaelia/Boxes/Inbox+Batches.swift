extension Inbox {
  /// What is there, again and again, as blocks of up to 1024 messages; see ``batches(atMost:)``.
  ///
  /// ```swift
  /// for await var block in inbox.batches {
  ///   for index in block.indices { block[index] *= gain }
  ///   try await outbox.send(contentsOf: block)
  /// }
  /// ```
  public var batches: Batches { batches(atMost: Self.usualBatch) }

  /// What is there, again and again, as blocks: for components that do better with many messages than with one.
  ///
  /// A block holds one message at least, and does not wait for more: a single message passes as soon as it would by itself.
  /// The order within each linkage is kept, and a block may hold messages of several. The loop ends like the one over
  /// the inbox. Where each message is to be seen by itself, since the component is restarted with the one in its hands, is one
  /// of several replicas whose answers are put in order, or runs with a limit of memory, blocks hold one message.
  ///
  /// - Parameter limit: the most messages in a block, 1 or more.
  public func batches(atMost limit: Int) -> Batches {
    precondition(limit >= 1, "a block holds one message at least")
    return Batches(self, limit)
  }

  @usableFromInline static var usualBatch: Int { 1024 }

  /// The messages of an inbox in blocks.
  public struct Batches: AsyncSequence, Sendable {
    @usableFromInline let inbox: Inbox<M>
    @usableFromInline let limit: Int

    @usableFromInline
    init(_ inbox: Inbox<M>, _ limit: Int) {
      self.inbox = inbox
      self.limit = limit
    }

    public struct AsyncIterator: AsyncIteratorProtocol {
      @usableFromInline let batches: Batches

      @usableFromInline
      init(_ batches: Batches) { self.batches = batches }

      @inlinable
      public mutating func next() async -> [M]? {
        guard let first = await batches.inbox.next() else { return nil }
        return batches.inbox.block(after: first, atMost: batches.limit)
      }

      @inlinable
      public mutating func next(isolation actor: (any Actor)?) async -> [M]? { await next() }
    }

    @inlinable
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(self) }
  }

  /// A message that was taken and those that are there behind it.
  @inlinable
  func block(after first: M, atMost limit: Int) -> [M] {
    guard let ring = fast.pointee else { return blockSlowly(after: first, atMost: limit) }
    let count = Swift.min(limit, 1 + ring.waiting)
    if count == 1 { return [first] }
    // The block may be larger than what the component may take message by message, and counts for less.
    ring.allowReading(count)
    let block = [M](unsafeUninitializedCapacity: count) { memory, filled in
      guard let base = memory.baseAddress else { return }
      base.initialize(to: first)
      filled = 1 + ring.pop(into: base + 1, atMost: count - 1)
    }
    ring.allowReading(0)
    owner?.spend(block: block.count)
    ring.wakeWriter()
    return block
  }

  @usableFromInline
  func blockSlowly(after first: M, atMost limit: Int) -> [M] {
    var block = [first]
    while block.count < limit, let message = takeBeside() { block.append(message) }
    return block
  }
}
