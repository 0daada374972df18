/// The writer's end of a ring: what the writer alone touches.
@usableFromInline
struct WriterEnd<M: Message> {
  /// Up to where the writer may go without looking at the reader again.
  @usableFromInline var limit = 0
  @usableFromInline var slots: UnsafeMutablePointer<M>
  @usableFromInline var mask: Int
  @usableFromInline var byteLimit: Int
  @usableFromInline var segment: Segment<M>
  /// Where the segment in use began.
  @usableFromInline var segmentStart = 0
  /// How many more messages may be written before the component gives way to others.
  @usableFromInline var budget = 0
  /// How many more bytes.
  @usableFromInline var byteBudget = 0

  @usableFromInline let capacity: Int
  @usableFromInline let byteCapacity: Int
  let largestSegment: Int
  /// What the linkage has of the run's budget; nil where there is none.
  @usableFromInline let share: BudgetShare?

  init(_ segment: Segment<M>, capacity: Int, byteCapacity: Int, largestSegment: Int, share: BudgetShare?) {
    self.segment = segment
    self.capacity = capacity
    self.byteCapacity = byteCapacity
    // The first message comes by the slow path, and with a budget of the run each one does.
    byteLimit = .min
    self.share = share
    self.largestSegment = largestSegment
    slots = segment.slots
    mask = segment.size - 1
  }
}

/// The reader's end of a ring: what the reader alone touches.
@usableFromInline
struct ReaderEnd<M: Message> {
  /// Up to where the reader may go without looking at the writer again.
  @usableFromInline var limit = 0
  @usableFromInline var slots: UnsafeMutablePointer<M>
  @usableFromInline var mask: Int
  @usableFromInline var segment: Segment<M>
  /// How many more messages may be taken before the component gives way to others.
  @usableFromInline var budget = 0
  /// What the linkage has of the run's budget; nil where there is none.
  @usableFromInline let share: BudgetShare?
  /// How many of the bytes that it has taken it has given back to the budget.
  @usableFromInline var given = 0

  init(_ segment: Segment<M>, share: BudgetShare?) {
    self.share = share
    self.segment = segment
    slots = segment.slots
    mask = segment.size - 1
  }
}
