/// Why a verb ends before its work is done.
package enum CommandError: Error, Hashable {
  /// The command line is wrong: what, and what to do about it. Exit status 2.
  case usage(String, help: [String] = [])
  /// The work cannot be done: what happened to what, and what to do about it. Exit status 1.
  case failure(String, help: [String] = [])
  /// Nobody reads standard output any more, which is no error: `kamaelia list | head -1`. Exit status 0.
  case outputClosed
}
