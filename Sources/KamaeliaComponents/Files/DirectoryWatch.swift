import Kamaelia
import KamaeliaIO

/// Tells what happens in a folder.
struct DirectoryWatch: Component {
  static let summary = "Sends a record for each change in a folder."
  static var waitsOnlyForGraph: Bool { true }
  static let details = """
    `event` is `created` for a new name, `arrived` for a file or folder that was moved here, `modified` for each write, \
    `written` when one who wrote has closed the file, and `removed` for what was deleted or moved away. A file that is to \
    be read whole is ready at `written` or `arrived`. `existing` sends `present` first for what is there already.

    Under `recursive`, folders inside are watched too, new ones included, up to 10,000; links in them are not followed, and \
    one that may not be read is passed over with a warning. What is in a new folder before it is watched is found by looking: it is told \
    as `created`, and also as `modified` and `written`, or as `arrived` where the folder was moved here, whichever of these are asked \
    for. So a file may be told twice, and one that somebody is still writing to is told as `written` when it is found and \
    again when it is closed.

    When more happens than the system keeps, because the readers are slow, a record with `overflow` as its event and the \
    folder as its path says that records are missing. The component ends when the folder itself is gone; where `path` leads \
    over a link that is made to lead to another folder, that one is watched from then on, and what is in it has arrived. A folder \
    that is missing at the start is an error. Changes by other machines on a network's disk are not seen.

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
    let place = Self.join(event.watched, event.name)
    guard let kind = FileEvent.Kind(event.kind), !event.name.isEmpty else { return }
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
        let place = Self.join(folder, entry.name)
        let isFolder = entry.kind == .folder
        for kind in kinds where !isFolder || (kind != .modified && kind != .written) {
          try await outbox.send(FileEvent(event: kind, path: place, isFolder: isFolder))
        }
        if recursive, isFolder { waiting.append(place) }
      }
    }
  }

  private static func join(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }
}

/// The folders that a watch watches.
private struct WatchedFolders {
  private static let most = 10_000

  private let watch: Watch
  private var paths: Set<TextKey> = []

  init(_ watch: Watch) { self.watch = watch }

  mutating func add(_ path: String) throws {
    if paths.contains(TextKey(path)) { return }
    guard paths.count < Self.most else { throw TooManyFolders(most: Self.most) }
    try watch.add(path)
    paths.insert(TextKey(path))
  }

  /// None is watched any more.
  mutating func removeAll() {
    for path in paths { watch.remove(path.text) }
    paths = []
  }

  /// The watch has ended by itself.
  mutating func remove(_ path: String) { paths.remove(TextKey(path)) }

  /// What was moved away is watched no more, since its paths are others now.
  mutating func remove(under path: String) {
    for inside in paths
    where inside.text.hasSameBytes(as: path) || inside.text.utf8.starts(with: (path + "/").utf8) {
      watch.remove(inside.text)
      paths.remove(inside)
    }
  }
}

/// There are more folders inside each other than one component watches.
struct TooManyFolders: Error, CustomStringConvertible {
  let most: Int
  var description: String { "there are more than \(most) folders to watch" }
}
