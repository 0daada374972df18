import Glibc
import Kamaelia
import KamaeliaIO

/// Tells what happens in a folder.
struct DirectoryWatch: Component {
  static let summary = "Sends a record for each change in a folder."
  static var waitsOnlyForGraph: Bool { true }
  static let details = """
    `event` is `created` for a new name, `arrived` for a file or folder that was moved here, `modified` for each write, \
    `written` when one who wrote has closed the file, and `removed` for what was deleted or moved away. A file that is to \
    be read whole is ready at `written` or `arrived`. `existing` sends `present` first for what is there already, by \
    their names; `present` and `overflow` are told whether or not `events` holds them. `path` is the folder's, as it was given, and the name.

    Under `recursive`, folders inside are watched too, new ones included, up to 10,000; links in them are not followed, and \
    one that may not be read is passed over with a warning. What is in a new folder before it is watched is found by looking: it is told \
    as `created`, and also as `modified` and `written`, or as `arrived` where the folder was moved here, whichever of these are asked \
    for. So a file may be told twice, and one that somebody is still writing to is told as `written` when it is found and \
    again when it is closed.

    When more happens than the system keeps, because the readers are slow, a record with `overflow` as its event and the \
    folder as its path says that records are missing. The component ends when the folder itself is gone; where `path` leads \
    over a link that is made to lead to another folder, that one is watched from then on, and what is in it has arrived. A folder \
    that is missing at the start is an error, and so are a file in its place and more folders than 10,000. What has a name that is no UTF-8 is passed over with \
    a warning, since nothing could open it by what is told. Changes by other machines on a network's disk are not seen.

        DirectoryWatch("inbox", events: [arrived, written]) -> Format("{path}") -> WholeFile() -> documents
    """

  static let needs = [
    Need("read PATH, or with `recursive` PATH/**") { (it: Self) in .read(it.path, it.recursive ? .everything : .itself)
    }
  ]

  @Parameter("The folder to watch.", main: true) var path: Path
  @Parameter("Which events to send.") var events: [FileEvent.Kind] = [.created, .arrived, .written, .removed]
  @Parameter("Whether folders inside are watched too.") var recursive = false
  @Parameter("Whether to begin with what is there already.") var existing = false

  let outbox = Outbox<FileEvent>("What happened to which file.")

  func main() async throws {
    let watch = try Watch()
    defer { watch.close() }
    try await whileHeard(outbox) { try await follow(watch) }
  }

  private func follow(_ watch: Watch) async throws {
    let top = path.string
    try watch.follow(top)
    var folders = WatchedFolders(watch)
    var current = try await outside { try await File.facts(of: top) }
    guard current.kind == .folder else { throw SystemError(errno: ENOTDIR, operation: .watch, path: top) }
    try folders.add(top)
    if existing || recursive { try await look(into: top, &folders, telling: existing ? [.present] : []) }
    while let event = try await outside({ try await watch.next() }) {
      switch event.kind {
      case .overflow:
        try await outbox.send(FileEvent(event: .overflow, path: top, isFolder: true))
        if recursive { try await look(into: top, &folders, telling: []) }
      case .gone where event.watched != top: folders.remove(event.watched)
      case .gone, .redirected:
        guard let now = try await facts(of: top) else {
          if event.kind == .redirected { continue }
          Notice.warning("the folder `\(top)` is gone")
          return
        }
        if now.isSameFile(as: current) { continue }
        if now.kind != .folder {
          Notice.warning("`\(top)` is no folder any more")
          return
        }
        current = now
        folders.removeAll()
        try folders.add(top)
        try await look(into: top, &folders, telling: Self.arrived.filter(events.contains))
      default: try await tell(event, &folders)
      }
    }
  }

  /// Tells what has happened in a folder.
  private func tell(_ event: Watch.Event, _ folders: inout WatchedFolders) async throws {
    guard let kind = FileEvent.Kind(event.kind), !event.name.text.isEmpty,
      let place = folders.path(of: event.name, in: event.watched)
    else { return }
    if events.contains(kind) {
      try await outbox.send(FileEvent(event: kind, path: place, isFolder: event.isFolder))
    }
    guard recursive, event.isFolder else { return }
    switch kind {
    case .created: try await look(into: place, &folders, telling: Self.created.filter(events.contains))
    case .arrived: try await look(into: place, &folders, telling: Self.arrived.filter(events.contains))
    case .removed: folders.remove(under: place)
    case .modified, .written, .present, .overflow: break
    }
  }

  /// What is told of what is found in a folder that was made here: what was missed of it, as far as that can be known.
  private static let created: [FileEvent.Kind] = [.created, .modified, .written]
  /// The same for a folder that was moved here.
  private static let arrived: [FileEvent.Kind] = [.created, .arrived]

  /// Nil where there is nothing.
  private func facts(of path: String) async throws -> FileFacts? {
    do {
      return try await outside { try await File.facts(of: path) }
    } catch let error as SystemError where error.isMissing {
      return nil
    }
  }

  /// Watches a folder, and those inside where that is asked for, and tells what is in them.
  private func look(into folder: String, _ folders: inout WatchedFolders, telling kinds: [FileEvent.Kind]) async throws
  {
    var waiting = [folder]
    while let folder = waiting.popLast() {
      let entries: [Folder.Entry]
      do {
        try folders.add(folder)
        entries = try await outside { try await Folder.list(folder) }
      } catch let error as SystemError where error.isMissingFolder && folder != path.string {
        // It has gone again meanwhile.
        folders.remove(under: folder)
        continue
      } catch let error as SystemError where error.isDenied && folder != path.string {
        Notice.warning("\(error): what is in it is passed over")
        folders.remove(under: folder)
        continue
      }
      for entry in entries {
        guard let place = folders.path(of: entry.name, in: folder) else { continue }
        let isFolder = entry.kind == .folder
        for kind in kinds where !isFolder || (kind != .modified && kind != .written) {
          try await outbox.send(FileEvent(event: kind, path: place, isFolder: isFolder))
        }
        if recursive, isFolder { waiting.append(place) }
      }
    }
  }
}
