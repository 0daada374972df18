import CSystem
import Glibc

/// Changes in files and folders, told when they happen (inotify).
package final class Watch: Sendable {
  /// One change.
  package struct Event: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
      /// A name appeared in the folder.
      case created
      case modified
      /// One who had it open for writing has closed it: a moment at which it is likely to be whole.
      case closedAfterWriting
      /// A name left the folder, or came to it; both of one renaming have the same ``Event/move``.
      case movedFrom, movedTo
      case deleted
      /// What was watched is gone itself, or its disk is; there is nothing more to come from it.
      case gone
      /// More happened than the system could keep: look at everything again.
      case overflow
    }

    package let kind: Kind
    /// The path that was given to ``Watch/add(_:)``; empty for `overflow`.
    package let watched: String
    /// The name in the watched folder; empty if it is the watched file itself.
    package let name: String
    package let isFolder: Bool
    /// The number that the two halves of a renaming share; 0 for other events.
    package let move: UInt32
  }

  private let descriptor: Descriptor
  private let state = Lock(State())

  /// Watches nothing yet. A user may have 128 of these, so use one for many folders.
  package init() throws(SystemError) {
    let number = try system(.watch, "") { inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK)) }
    descriptor = try Descriptor(owning: number, name: "watch")
  }

  /// Watches the file or folder `path` too, but not what is in the folders of a folder.
  ///
  /// Events from now on are told. A path that is already watched is not watched twice.
  package func add(_ path: String) throws(SystemError) {
    try File.check(path, .watch)
    // Under the lock, so that no event of the new watch can be read before its path is known.
    try state.withLock { state throws(SystemError) in
      let id = try descriptor.use(.watch) { number throws(SystemError) in
        try system(.watch, path) { inotify_add_watch(number, path, Self.mask) }
      }
      state.paths[id] = path
    }
  }

  /// Watches `path`, as it was given to ``add(_:)``, no more.
  package func remove(_ path: String) {
    state.withLock { state in
      guard let id = state.paths.first(where: { $0.value == path })?.key else { return }
      state.paths[id] = nil
      _ = descriptor.withNumber { inotify_rm_watch($0, id) }
    }
  }

  /// The next change; waits for it without a thread.
  ///
  /// - Returns: `nil` after ``close()``.
  /// - Throws: ``SystemError``; `CancellationError`.
  package func next() async throws -> Event? {
    while true {
      if let event = state.withLock({ $0.events.popFirst() }) { return event }
      if descriptor.isClosed { return nil }
      do {
        // A name is at most 255 bytes: this is room for some 240 events at least.
        let bytes = try await descriptor.read(upTo: 65_536)
        state.withLock { state in state.add(bytes) }
      } catch let error as SystemError where error.isClosed {
        return nil
      }
    }
  }

  /// Ends the watch; a `next()` that waits gives `nil`.
  package func close() { descriptor.close() }

  private static let mask =
    UInt32(IN_CREATE) | UInt32(IN_MODIFY) | UInt32(IN_CLOSE_WRITE) | UInt32(IN_MOVED_FROM) | UInt32(IN_MOVED_TO)
    | UInt32(IN_DELETE) | UInt32(IN_DELETE_SELF) | UInt32(IN_MOVE_SELF)

  private struct State {
    var paths: [Int32: String] = [:]
    var events: ArraySlice<Event> = []

    mutating func add(_ bytes: [UInt8]) {
      var rest = bytes[...]
      while let record = InotifyRecord(&rest) {
        let path = paths[record.watch]
        // A watch that has ended is unknown from now on; its number is never used again by the kernel.
        if record.mask & UInt32(IN_IGNORED) != 0 { paths[record.watch] = nil }
        guard let kind = record.kind, kind == .overflow || path != nil else { continue }
        events.append(
          Event(
            kind: kind, watched: path ?? "", name: record.name, isFolder: record.mask & UInt32(IN_ISDIR) != 0,
            move: record.cookie))
      }
    }
  }
}
