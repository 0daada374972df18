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
      /// A path that is followed may lead to something else by now, or to something at last: look at it again.
      case redirected
      /// More happened than the system could keep: look at everything again.
      case overflow
    }

    package let kind: Kind
    /// The path that was given to ``Watch/add(_:)`` or ``Watch/follow(_:)``; empty for `overflow`.
    package let watched: String
    /// The name in the watched folder; empty if it is the watched file itself, or a path that is followed.
    package let name: FileName
    package let isFolder: Bool
    /// The number that the two halves of a renaming share; 0 for other events.
    package let move: UInt32
  }

  let descriptor: Descriptor
  let state = Lock(WatchState())

  /// Watches nothing yet. A user may have 128 of these, so use one for many folders.
  package init() throws(SystemError) {
    let number = try system(.watch, "") { inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK)) }
    descriptor = try Descriptor(owning: number, name: "watch")
  }

  /// Watches the file or folder `path` too, but not what is in the folders of a folder.
  ///
  /// Events from now on are told. What `path` leads to at this moment is watched, whatever becomes of the path: see
  /// ``follow(_:)``. A path that is already watched is not watched twice; a file that is watched by two paths tells
  /// its events for each.
  package func add(_ path: String) throws(SystemError) {
    try File.check(path, .watch)
    // Under the lock, so that no event of the new watch can be read before its path is known.
    try state.withLock { state throws(SystemError) in
      let id = try descriptor.use(.watch) { number throws(SystemError) in
        try system(.watch, path) { inotify_add_watch(number, path, WatchState.everything) }
      }
      if state.paths[id]?.contains(where: path.hasSameBytes) != true { state.paths[id, default: []].append(path) }
    }
  }

  /// Watches `path`, as it was given to ``add(_:)``, no more.
  package func remove(_ path: String) {
    state.withLock { state in
      for id in state.paths.filter({ $0.value.contains(where: path.hasSameBytes) }).keys {
        state.paths[id]?.removeAll(where: path.hasSameBytes)
        if state.paths[id]?.isEmpty == true { state.paths[id] = nil }
        forget(id, state)
      }
    }
  }

  /// Tells with ``Event/Kind/redirected`` from now on whenever `path` may lead to something else than before: when it or a folder
  /// on its way is made, deleted, renamed or replaced, or a link on the way is.
  ///
  /// All folders on the way are watched, those behind links too, and again after each change. The path may lead to
  /// nothing yet. What is written to the file is told by ``add(_:)`` only, which is to be called again for what `path`
  /// leads to then. A folder that may not be read is passed over, and a disk that is mounted on the way is not noticed.
  package func follow(_ path: String) throws(SystemError) {
    try File.check(path, .watch)
    try state.withLock { state throws(SystemError) in
      if state.ways[path] == nil { try lookUp(path, &state) }
    }
  }

  /// Follows `path`, as it was given to ``follow(_:)``, no more.
  package func unfollow(_ path: String) {
    state.withLock { state in
      guard let way = state.ways.removeValue(forKey: path) else { return }
      for id in Set(way.compactMap(\.id)) { forget(id, state) }
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
        try state.withLock { state throws(SystemError) in
          // Before anybody is told, so that nothing happens unseen after the look that follows.
          for path in state.add(bytes) { try lookUp(path, &state) }
        }
      } catch let error as SystemError where error.isClosed {
        return nil
      }
    }
  }

  /// Ends the watch; a `next()` that waits gives `nil`.
  package func close() { descriptor.close() }
}
