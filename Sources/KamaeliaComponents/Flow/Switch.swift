import Kamaelia

/// Sorts messages by a key.
struct Switch<T: Message>: GenericComponent {
  static var summary: String { "Sends each message to the outbox that its key names." }
  static var details: String {
    """
    \(Key.details) A message with the key `audio` goes to `out["audio"]`, one with the key `7` to `out[7]`, which \
    can be written `out["7"]` as well; one with the key `007` to `out["007"]` only. Keys are the same when they have the same Unicode scalars.

    A message without a key, or whose key no linkage names, goes to `unmatched`; where the graph does not link that, such \
    a message is an error. Order is kept within each outbox. Ends with the inbox, or when the readers of all outboxes \
    have left; what is for readers that have left is dropped while others read. Keeps nothing in memory.

        log -> Switch(capture: r"^(ERROR|WARN)") as level
        level.out["ERROR"] -> FileWriter("errors.log")
        level.out["WARN"] -> FileWriter("warnings.log")
        level.unmatched -> Discard()
    """
  }
  static var sendsFewer: Bool { true }
  static var endsWithReaders: Bool { true }

  @Parameter("The field that is the key, such as `user.name`; the whole message if empty.", main: true) var by = ""
  @Parameter("What of the field's text is the key; all of it if left out.") var capture: Pattern? = nil

  let inbox = Inbox<T>("A message that has a key.")
  let out = OutboxArray<T>("A message whose key is the index.", main: true)
  let unmatched = Outbox<T>("A message whose key no linkage names.", needsReader: true)

  var fieldsRead: [String] { by.isEmpty ? [] : [by] }

  static func specialised<A: Message>(for type: A.Type) -> any Component.Type { Switch<A>.self }

  func main() async throws {
    let key = Key(field: by, pattern: capture)
    for await message in inbox {
      let text = try await key.text(of: message)
      do {
        // The key as it is written: `007` and `+7` are not `7`.
        try await (text.flatMap { out[.text($0)] } ?? unmatched).send(message)
      } catch is Unheard {
        throw FlowError.unmatched(text.map { "no linkage takes the key \(Value.text($0))" } ?? key.absence)
      }
    }
  }
}
