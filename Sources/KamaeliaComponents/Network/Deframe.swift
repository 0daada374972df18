import Kamaelia
import KamaeliaFormats

/// Finds packed messages in a stream.
struct Deframe: Component {
  static let summary = "Finds the messages in a stream that Frame has packed."
  static let details = """
    \(FrameStyle.details) What leaves depends on the bytes alone and not on how the stream was cut. A length beyond \
    `longest` is an error before any memory is taken for it, and so is a stream that ends inside a message.

        TCPServer(port: 1700, protocol: Tunnel)

        graph Tunnel {
            inbox packed: Bytes

            self.packed -> Deframe() -> MulticastSender("239.1.2.3:1600")
        }
    """
  static let endsWithReaders = true

  @Parameter("What keeps the messages apart: a length in bytes, a delimiter, or a length in digits.", main: true)
  var by = FrameStyle.length
  @Parameter("How many bytes a length has: 1, 2, 4 or 8.", in: 1...8) var width = 4
  @Parameter("What stands behind each message.") var delimiter = "\n"
  @Parameter("The most bytes that a message may have.", in: Size(bytes: 1)...Size.mebibytes(1024))
  var longest = Size.mebibytes(1)

  let inbox = Inbox<Bytes>("The stream, in any pieces.")
  let outbox = Outbox<Bytes>("A message, as it was before it was packed.")

  func check() throws(ParameterError) { _ = try by.framing(width: width, delimiter: delimiter) }

  func main() async throws {
    var deframer = Deframer(try by.framing(width: width, delimiter: delimiter), longest: longest.bytes)
    for await bytes in inbox {
      deframer.add(bytes.storage)
      while let message = try deframer.next() { try await outbox.send(Bytes(message)) }
    }
    try Task.checkCancellation()
    try deframer.finish()
  }
}
