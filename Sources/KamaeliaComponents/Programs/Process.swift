import Kamaelia
import KamaeliaIO

/// Runs a program that reads and writes lines.
struct Process: RunsProgram {
  static let summary = "Runs a program: lines in, lines out."
  static let details = """
    The program reads the texts of the inbox as lines and knows nothing of the graph; a text with a line feed in it is several \
    lines to it. What it writes leaves as lines, as soon as it writes them, the last one also without an end. Many programs gather output that goes to no terminal and write it late; some have an option against \
    that, such as `grep --line-buffered`. No shell takes part: what stands in the command is what the program gets.

    `ends: any` is for programs that draw their progress and end lines with a carriage return alone. A byte order mark before the \
    first line is left out, and bytes that are no UTF-8 become U+FFFD. A line of more than `longest` bytes leaves through `tooLong` in pieces of that size, the last one with the line's end; if \
    nobody has linked that, it is left out with a warning.

    When the inbox ends, the program's input does. When the program has ended, the component does; what still comes in then is \
    not read. Processes of its group that it has left behind are killed then; what is in its pipes is read, and what a process in a \
    session of its own still writes there within 100 ms. `errors` has the lines of standard error, which carriage returns alone end as \
    well, and pieces of `longest` bytes of a longer one; if nobody has linked it, they are reported. `exit` has the exit \
    status, 128 more than the number for a signal, however the program has come to its end. If nobody has linked `exit`, a \
    status other than 0 is a failure, with the last 4 KiB of standard error as its reason.

    When the readers of the output have left, the program runs on as long as `errors` or `exit` is read, and what it writes to \
    standard output is dropped; one that never ends by itself then ends with the graph.

    Under `restart`, a program that is started again goes on where the last one has left off: what is in the dead program's pipe, \
    a line that it has read only a part of included, is given to the new one first. What a program had read, be it in blocks ahead of \
    what it worked on, is not given again, since nobody can know whether it had dealt with that.

    A program that is not found, in the `PATH` of the run, is an error before the graph starts; a `folder` that is not there and a \
    file that is no program are one when the component starts. When the component ends before the program, because a graph that \
    feeds nothing to it stops or nobody reads anything of it any more, the program and all that it has started get SIGTERM, and \
    SIGKILL when `grace` is over; what it still writes is not read. What a program has left behind in a session of its own, such as a \
    daemon, is killed when the run ends. So nothing outlives the run, whatever ends that.

        "pear\\napple" -> Split("\\n") -> Process(`sort -r`) -> ConsoleWriter()
    """

  @Parameter("The program and its arguments.", main: true) var command: Command
  @Parameter("The folder that the program starts in; the one that `kamaelia` runs in if left out.") var folder: Path? =
    nil
  @Parameter(
    "Variables to add to those that the program gets from the run, each as \"NAME=value\"; the last of one name counts."
  ) var environment: [String] = []
  @Parameter("How long the program may take to end when it is told to.", in: .zero ... .seconds(3600))
  var grace = Duration.seconds(5)
  @Parameter("The most bytes that a line of output may have.", in: Size(bytes: 1)...Size.mebibytes(1024))
  var longest = Size.mebibytes(1)
  @Parameter(
    "What ends a line of output: a line feed, alone or behind a carriage return, or also a carriage return alone.")
  var ends = LineEnds.lf

  let inbox = Inbox<String>("A line for the program to read, without its end.", isRequired: false)
  let outbox = Outbox<String>("A line that the program wrote, without its end.")
  let tooLong = Outbox<Bytes>("Part of a line that is too long, its end included.")
  let errors = Outbox<String>("A line that the program wrote to standard error.", isReport: true)
  let exit = Outbox<Int>("The exit status, 0 for success.", isReport: true)

  let feed = Feed(isWhole: true)

  var outputs: [any AnyOutbox] { [outbox, tooLong] }

  func bytes(for text: String) -> Bytes { Bytes(text + "\n") }

  func deliver(_ output: Descriptor) async throws {
    var lines = LineStream(longest: longest, ends: ends, to: outbox, tooLong: tooLong)
    while true {
      let bytes = Bytes(try await outside { try await output.read(upTo: 65_536) })
      if bytes.isEmpty { break }
      try await lines.send(bytes)
    }
    try await lines.finish()
  }
}
