import Kamaelia
import KamaeliaIO

/// Runs a program that reads and writes bytes.
struct ProcessBytes: RunsProgram {
  static let summary = "Runs a program: bytes in, bytes out."
  static let details = """
    As Process, for programs whose input or output is no text or not in lines: the bytes pass as they are, in stretches \
    that mean nothing. `errors` has lines all the same, and pieces of 1 MiB of a longer one. Under `restart`, the new program \
    gets the bytes that the dead one had not read.

        FileReader("talk.wav") -> ProcessBytes(`ffmpeg -i - -f mp3 -`) -> FileWriter("talk.mp3")
    """

  @Parameter("The program and its arguments.", main: true) var command: Command
  @Parameter("The folder that the program starts in; the one that `kamaelia` runs in if left out.") var folder: Path? =
    nil
  @Parameter(
    "Variables to add to those that the program gets from the run, each as \"NAME=value\"; the last of one name counts."
  ) var environment: [String] = []
  @Parameter("How long the program may take to end when it is told to.", in: .zero ... .seconds(3600))
  var grace = Duration.seconds(5)

  let inbox = Inbox<Bytes>("What the program is to read next.", isRequired: false)
  let outbox = Outbox<Bytes>("What the program wrote next; never empty.")
  let errors = Outbox<String>("A line that the program wrote to standard error.", isReport: true)
  let exit = Outbox<Int>("The exit status, 0 for success.", isReport: true)

  let feed = Feed(isWhole: false)

  /// Of standard error, which has lines all the same.
  var longest: Size { .mebibytes(1) }

  var outputs: [any AnyOutbox] { [outbox] }

  func bytes(for bytes: Bytes) -> Bytes { bytes }

  func deliver(_ output: Descriptor) async throws {
    while true {
      let bytes = Bytes(try await outside { try await output.read(upTo: 65_536) })
      if bytes.isEmpty { break }
      try await outbox.send(bytes)
    }
  }
}
