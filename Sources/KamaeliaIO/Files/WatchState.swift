import CSystem
import Glibc

/// What a ``Watch`` watches, and what it has not told yet.
struct WatchState {
  /// A name that was looked up, and the watch of its folder; nil where the folder may not be read or has gone.
  struct WatchedStep {
    let step: PathLookup.Step
    let id: Int32?
  }

  static let everything = names | UInt32(IN_MODIFY) | UInt32(IN_CLOSE_WRITE)
  /// What changes where a name in a folder leads. Writes to its neighbours wake nobody.
  static let names =
    UInt32(IN_CREATE) | UInt32(IN_MOVED_FROM) | UInt32(IN_MOVED_TO) | UInt32(IN_DELETE) | UInt32(IN_DELETE_SELF)
    | UInt32(IN_MOVE_SELF)

  /// The paths by which a file or folder is watched for its own sake; different ones by their bytes.
  var paths: [Int32: [String]] = [:]
  /// The paths that are followed.
  var ways: [String: [WatchedStep]] = [:]
  var events: ArraySlice<Watch.Event> = []

  /// Takes what the system has told.
  ///
  /// - Returns: the followed paths that may lead to something else now.
  mutating func add(_ bytes: [UInt8]) -> Set<String> {
    var rest = bytes[...]
    var redirected: Set<String> = []
    while let record = InotifyRecord(&rest) {
      let watched = paths[record.watch]
      for path in followed(by: record).sorted() {
        redirected.insert(path)
        let event = Watch.Event(kind: .redirected, watched: path, name: FileName([]), isFolder: false, move: 0)
        if events.last != event { events.append(event) }
      }
      // A watch that has ended is unknown from now on; its number is never used again by the kernel.
      if record.mask & UInt32(IN_IGNORED) != 0 { paths[record.watch] = nil }
      guard let kind = record.kind else { continue }
      for path in kind == .overflow ? [""] : watched?.sorted() ?? [] {
        events.append(
          Watch.Event(
            kind: kind, watched: path, name: record.name, isFolder: record.mask & UInt32(IN_ISDIR) != 0,
            move: record.cookie))
      }
    }
    return redirected
  }

  /// Whether anybody still asks for a watch.
  func needs(_ id: Int32) -> Bool { paths[id] != nil || ways.values.contains { $0.contains { $0.id == id } } }

  private func followed(by record: InotifyRecord) -> [String] {
    if record.kind == .overflow { return Array(ways.keys) }
    if record.kind == .modified || record.kind == .closedAfterWriting { return [] }
    return ways.filter { way in
      way.value.contains { $0.id == record.watch && (record.name.text.isEmpty || $0.step.name == record.name.text) }
    }.map(\.key)
  }
}

extension Watch {
  /// Watches the folders on the way of a path, and those no more that are on no way.
  func lookUp(_ path: String, _ state: inout WatchState) throws(SystemError) {
    // What changes before all of the way is watched is found by looking again. One that changes all the time is
    // told of by the watches that there are.
    var lookup = PathLookup(path)
    for _ in 0..<10 {
      let old = state.ways[path] ?? []
      var way: [WatchState.WatchedStep] = []
      for step in lookup.steps { way.append(WatchState.WatchedStep(step: step, id: try watchNames(in: step.folder))) }
      state.ways[path] = way
      for id in Set(old.compactMap(\.id)) { forget(id, state) }
      let now = PathLookup(path)
      if now == lookup { return }
      lookup = now
    }
  }

  /// Ends a watch that nobody asks for any more.
  func forget(_ id: Int32, _ state: WatchState) {
    guard !state.needs(id) else { return }
    _ = descriptor.withNumber { inotify_rm_watch($0, id) }
  }

  private func watchNames(in folder: String) throws(SystemError) -> Int32? {
    do {
      return try descriptor.use(.watch) { number throws(SystemError) in
        // Besides what is watched in it already.
        try system(.watch, folder) {
          inotify_add_watch(number, folder, WatchState.names | UInt32(IN_MASK_ADD) | UInt32(IN_ONLYDIR))
        }
      }
    } catch {
      guard error.errno == ENOSPC || error.isClosed else { return nil }
      throw error
    }
  }
}

extension String {
  /// Whether the UTF-8 of both is the same: names that Swift takes for equal are those of different files.
  func hasSameBytes(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
