/// How much of a message is read before it is refused; all in bytes unless the name says otherwise.
package struct HTTPLimits: Sendable, Equatable {
  /// The first line without its end; a longer one of a request is answered with 414.
  package var startLine = 8 << 10
  /// All fields of a head together, and once more those of a trailer; answered with 431.
  package var fields = 64 << 10
  /// How many fields a head may have, and a trailer; answered with 431.
  package var fieldCount = 100
  /// A message's content; answered with 413.
  package var body = 1 << 20
  /// What the lines before a message's chunks have together, beyond 16 bytes each.
  package var chunkOverhead = 16 << 10

  package init() {}
}
