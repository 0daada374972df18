import Kamaelia

/// Reads bytes as text.
struct Decode: Component {
  static let summary = "Reads bytes as text in a given encoding."
  static let details = """
    The texts that leave, put together, are the whole text; where they are cut depends on how the bytes come, but never \
    inside a character's code. For lines use Lines, or Decode(encoding: latin1) -> Encode() -> Lines() where the bytes are \
    in another encoding than UTF-8.

    A byte order mark at the beginning is no part of the text; where `utf16` finds none, high bytes come first. A stream that begins as \
    UTF-16 does and is read as UTF-8 is told of with a warning. Bytes that are none of the encoding, a character cut off \
    at the end included, become U+FFFD, or an error under `invalid: fail`.

        FileReader("old.txt") -> Decode(encoding: latin1) -> ConsoleWriter(end: "")
    """
  static let endsWithReaders = true

  @Parameter("How the text is written as bytes.", main: true) var encoding = TextEncoding.utf8
  @Parameter("What becomes of bytes that are no text in this encoding.") var invalid = TextDecoder.Policy.replace

  let inbox = Inbox<Bytes>("A stretch of the stream, cut anywhere.", takesOne: true)
  let outbox = Outbox<String>("The next stretch of the text; never empty.")

  func main() async throws {
    var decoder = TextDecoder(encoding, invalid)
    var mark = ByteOrderMark()
    for await bytes in inbox {
      if encoding == .utf8, !mark.isDecided {
        _ = mark.remove(from: bytes.storage)
        if let encoding = mark.foreign {
          let remedy = "`encoding: \(encoding.rawValue)` is for that"
          Notice.warning(ByteOrderMark.warning(encoding, "the text", remedy: remedy))
        }
      }
      let text = try decoder.decode(bytes)
      if !text.isEmpty { try await outbox.send(text) }
    }
    let text = try decoder.finish()
    if !text.isEmpty { try await outbox.send(text) }
  }
}
