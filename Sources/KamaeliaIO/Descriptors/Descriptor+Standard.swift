import CSystem
import Glibc

extension Descriptor {
  /// The streams that every program is born with.
  package enum Standard: Int32, Sendable, CaseIterable {
    case input = 0
    case output = 1
    case error = 2

    package var name: String {
      switch self {
      case .input: "standard input"
      case .output: "standard output"
      case .error: "standard error"
      }
    }
  }

  /// Takes the numbers of standard streams that are closed, so that no file which is opened later is taken for one:
  /// with `>&-`, output would go into the first file that is written.
  ///
  /// To be called before anything is opened. To read or write such a stream is an error then (`isClosed`).
  package static func occupyClosedStandardStreams() {
    for stream in Standard.allCases where fcntl(stream.rawValue, F_GETFD) < 0 {
      // The lowest number that is free is this one; it is open for the direction that nobody uses.
      _ = open("/dev/null", stream == .input ? O_WRONLY : O_RDONLY)
    }
  }

  /// A descriptor for one of the standard streams; the stream itself stays open when it is closed.
  ///
  /// The shell and its other programs share the open file behind the stream, and O_NONBLOCK is a mode of the open
  /// file: set here, it would outlive us and break them. So a pipe or a terminal is opened anew, which gives an open
  /// file of our own; a socket is asked call by call; what cannot be opened anew is waited for, and then read or
  /// written on a thread. A regular file is never opened anew, since its position is shared on purpose.
  ///
  /// - Throws: ``SystemError`` if the stream is closed or no descriptor is left.
  package static func standard(
    _ stream: Standard, threads: BlockingThreads = .shared
  ) throws(SystemError) -> Descriptor {
    try Descriptor(sharing: stream.rawValue, name: stream.name, threads: threads)
  }

  /// A descriptor for the open file behind `number`, which stays open, in the mode it has.
  package convenience init(
    sharing number: Int32, name: String, threads: BlockingThreads = .shared
  ) throws(SystemError) {
    if let own = Self.reopened(number) {
      try self.init(owning: own, name: name, threads: threads)
      return
    }
    let copy = try system(.inspect, name) { fcntl(number, F_DUPFD_CLOEXEC, 3) }
    do {
      try self.init(copy, name: name, style: Style(of: copy, name: name, isShared: true), threads: threads)
    } catch {
      _ = Glibc.close(copy)
      throw error
    }
  }

  /// A new open file, non-blocking, for the pipe or the terminal behind `number`; `nil` where there is none to be had.
  static func reopened(_ number: Int32) -> Int32? {
    var facts = stat()
    guard fstat(number, &facts) == 0 else { return nil }
    let kind = facts.st_mode & S_IFMT
    // To open the master of a pseudo-terminal makes another terminal.
    let isTerminal = kind == S_IFCHR && isatty(number) == 1 && !csys_is_terminal_master(number)
    guard kind == S_IFIFO || isTerminal else { return nil }
    let flags = fcntl(number, F_GETFL)
    guard flags >= 0 else { return nil }
    // A pipe is opened for one direction: for both, its end would never be seen.
    let access = kind == S_IFIFO && flags & O_ACCMODE == O_RDWR ? -1 : flags & O_ACCMODE
    guard access >= 0 else { return nil }
    let own = open("/proc/self/fd/\(number)", access | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
    guard own >= 0 else { return nil }
    var ownFacts = stat()
    guard fstat(own, &ownFacts) == 0, ownFacts.st_ino == facts.st_ino, ownFacts.st_dev == facts.st_dev else {
      _ = Glibc.close(own)
      return nil
    }
    return own
  }
}
