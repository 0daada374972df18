import Kamaelia
import KamaeliaFormats

/// Packs messages, so that they stay apart in a stream.
struct Frame: Transform {
  static let summary = "Packs each message, so that a stream keeps them apart."
  static let details = """
    \(FrameStyle.details) Deframe with the same parameters finds the messages again, however the stream is cut. A message \
    that does not fit is an error: one that is longer than `width` bytes can say, or that has the delimiter in it, be it together with \
    the one behind it.

        MulticastReceiver("239.1.2.3:1600") -> Frame() -> TCPClient("tunnel.example.org:1700")
    """

  @Parameter("What keeps the messages apart: a length in bytes, a delimiter, or a length in digits.", main: true)
  var by = FrameStyle.length
  @Parameter("How many bytes a length has: 1, 2, 4 or 8.", in: 1...8) var width = 4
  @Parameter("What stands behind each message.") var delimiter = "\n"

  let inbox = Inbox<Bytes>("A message.")
  let outbox = Outbox<Bytes>("The message, packed.")

  func check() throws(ParameterError) { _ = try by.framing(width: width, delimiter: delimiter) }

  func transform(_ message: Bytes) throws -> Bytes {
    Bytes(try by.framing(width: width, delimiter: delimiter).frame(message.storage))
  }
}
