/// What sending does where all readers of an outbox have left.
enum WhenUnread {
  /// The component is told that it is to end: nobody reads what it makes.
  case stops
  /// It is told so once nobody reads its other outboxes either; until then, the message is dropped.
  case stopsWithOthers
  /// The message is dropped: the outbox only reports.
  case drops
}
