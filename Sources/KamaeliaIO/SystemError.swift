import CSystem
import Glibc

/// A call to the system that failed: what was tried, on what, and the system's reason.
package struct SystemError: Error, Hashable {
  /// What was tried.
  package enum Operation: String, Sendable {
    case openReading, openWriting, create, read, write, close, position, inspect, sync, replace, rename, delete
    case list, watch, makeFolder, makePipe, makeThread, wait, start, interpret, enter, signal, limit
    case listen, accept, connect, join
  }

  /// The error number, such as `ENOENT`.
  package let errno: Int32
  package let operation: Operation
  /// The path or the name of what it was tried on; empty if there is none.
  package let path: String
  /// Bytes that went through before a `write` failed.
  package let transferred: Int

  package init(errno: Int32, operation: Operation, path: String, transferred: Int = 0) {
    self.errno = errno
    self.operation = operation
    self.path = path
    self.transferred = transferred
  }

  /// The error of the call that has just failed, to be made before any other call.
  static func latest(_ operation: Operation, _ path: String) -> SystemError {
    SystemError(errno: Glibc.errno, operation: operation, path: path)
  }

  /// The reader at the other end has gone (`EPIPE`); a reset connection counts as well.
  package var isBrokenPipe: Bool { errno == EPIPE || errno == ECONNRESET }
  /// The device, or the user's share of it, is full.
  package var isFull: Bool { errno == ENOSPC || errno == EDQUOT }
  /// The process or the machine has no descriptor left.
  package var isOutOfDescriptors: Bool { errno == EMFILE || errno == ENFILE }
  /// There is no such file, folder or program.
  package var isMissing: Bool { errno == ENOENT }
  /// There is no such folder, or no folder there any more.
  package var isMissingFolder: Bool { errno == ENOENT || errno == ENOTDIR }
  /// The user may not do it.
  package var isDenied: Bool { errno == EACCES || errno == EPERM }
  /// Nobody listens there.
  package var isRefused: Bool { errno == ECONNREFUSED }
  /// This machine does not have the address, or nothing of its kind.
  package var isNotHere: Bool { errno == EADDRNOTAVAIL || errno == EAFNOSUPPORT }
  /// There is no room for it at this moment.
  package var isBusy: Bool { errno == EAGAIN }
  /// Another program has the address.
  package var isInUse: Bool { errno == EADDRINUSE }
  /// The descriptor was closed on this side, before the call or while it waited.
  package var isClosed: Bool { errno == EBADF }
}

extension SystemError: CustomStringConvertible {
  /// One sentence without a full stop, such as ``cannot open `x.log` for reading: No such file or directory``.
  package var description: String {
    let name = path.isEmpty ? "" : " `\(path)`"
    return "cannot \(deed(name)): \(reason)"
  }

  private var reason: String {
    switch (errno, operation) {
    case (EBADF, .read), (EBADF, .write), (EBADF, .wait): "it has been closed"
    case (ENOENT, .start): "program not found"
    case (ENOENT, .interpret): "the program that its first line names was not found"
    case (ENOEXEC, .start): "it is not a program, and has no `#!` line that names one"
    case (EXDEV, .openReading), (EXDEV, .openWriting), (EXDEV, .create), (EXDEV, .inspect):
      "it leads out of the folder it must stay in"
    case (EINVAL, .replace): "it is a pipe or a device, and only a file can be replaced"
    case (ENXIO, .openWriting): "nobody has opened it for reading"
    case (EMFILE, .watch): "too many watchers (see `sysctl fs.inotify.max_user_instances`)"
    case (ENOSPC, .watch): "too much is watched (see `sysctl fs.inotify.max_user_watches`)"
    case (ENODEV, .join): "there is no such interface"
    case (EILSEQ, .replace): "it leads to a name that is no UTF-8"
    case (ENOENT, _) where path.unicodeScalars.contains("\u{FFFD}"):
      "No such file or directory (files cannot be named here by bytes that are no UTF-8, for which \u{FFFD} stands)"
    case (EMFILE, _): "Too many open files (see `ulimit -n`)"
    default: String(cString: csys_error_text(errno))
    }
  }

  private func deed(_ name: String) -> String {
    switch operation {
    case .openReading: "open\(name) for reading"
    case .openWriting: "open\(name) for writing"
    case .create: "create\(name)"
    case .read: "read\(name)"
    case .write: "write to\(name)"
    case .close: "close\(name)"
    case .position: "find the place in\(name)"
    case .inspect: "look at\(name)"
    case .sync: "bring\(name) to the disk"
    case .replace: "replace\(name)"
    case .rename: "rename\(name)"
    case .delete: "delete\(name)"
    case .list: "list\(name)"
    case .watch: "watch\(name)"
    case .makeFolder: "make the folder\(name)"
    case .makePipe: "make a pipe\(name.isEmpty ? "" : " for" + name)"
    case .makeThread: "make a thread\(name.isEmpty ? "" : " for" + name)"
    case .wait: "wait for\(name)"
    case .start, .interpret: "start\(name)"
    case .enter: "enter the folder\(name)"
    case .signal: "send a signal to\(name)"
    case .limit: "change the limit of\(name)"
    case .listen: "listen on\(name)"
    case .accept: "accept a connection to\(name)"
    case .connect: "connect to\(name)"
    case .join: "take part in\(name)"
    }
  }
}

/// Calls `body` until a signal does not interrupt it, and gives what it returned.
///
/// - Throws: the error of `operation` on `path` if that was negative.
@discardableResult
func system<Number: SignedInteger>(
  _ operation: SystemError.Operation, _ path: String, _ body: () -> Number
) throws(SystemError) -> Number {
  while true {
    let result = body()
    if result >= 0 { return result }
    if errno != EINTR { throw .latest(operation, path) }
  }
}
