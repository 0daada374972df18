import Kamaelia
import KamaeliaIO

/// Tells what happens in a folder.
struct DirectoryWatch: Component {
  static let summary = "Sends a record for each change in a folder."
  static let details = """
    `event` is `created` for a new name, `arrived` for a file or folder that was moved here, `modified` for each write, \
    `written` when one who wrote has closed the file, and `removed` for what was deleted or moved away. A file that is to \
    be read whole is ready at `written` or `arrived`. `existing` sends `present` first for what is there already.

    Under `recursive`, folders inside are watched too, new ones included, up to 10,000; links are not followed. What appears \
    in a new folder before it is watched is found by looking, and may be told twice.

    When more happens than the system keeps, because the readers are slow, a record with `overflow` as its event and the \
    folder as its path says that records are missing. The component ends when the folder itself is gone; a folder that is \
    missing at the start is an error. Changes by other machines on a network's disk are not seen.

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
    var folders = WatchedFolders(watch)
    try folders.add(top)
    if existing || recursive { try await look(into: top, &folders, as: existing ? .present : nil) }
    while let event = try await outside({ try await watch.next() }) {
      if event.kind == .overflow {
        try await outbox.send(FileEvent(event: .overflow, path: top, isFolder: true))
        if recursive { try await look(into: top, &folders, as: nil) }
        continue
      }
      if event.kind == .gone {
        folders.remove(event.watched)
        if event.watched != top { continue }
        Notice.warning("the folder `\(top)` is gone")
        return
      }
      let place = Self.join(event.watched, event.name)
      guard let kind = FileEvent.Kind(event.kind), !event.name.isEmpty else { continue }
      if events.contains(kind) {
        try await outbox.send(FileEvent(event: kind, path: place, isFolder: event.isFolder))
      }
      guard recursive, event.isFolder else { continue }
      if kind == .created || kind == .arrived {
        try await look(into: place, &folders, as: .created)
      } else if kind == .removed {
        folders.remove(under: place)
      }
    }
  }

  /// Watches a folder, and those inside where that is asked for, and tells what is in them.
  private func look(into folder: String, _ folders: inout WatchedFolders, as kind: FileEvent.Kind?) async throws {
    var waiting = [folder]
    while let folder = waiting.popLast() {
      let entries: [Folder.Entry]
      do {
        try folders.add(folder)
        entries = try await outside { try await Folder.list(folder) }
      } catch let error as SystemError where error.isMissing && folder != path.string {
        // It has gone again meanwhile.
        continue
      }
      for entry in entries {
        let place = Self.join(folder, entry.name)
        if let kind, kind == .present || events.contains(kind) {
          try await outbox.send(FileEvent(event: kind, path: place, isFolder: entry.kind == .folder))
        }
        if recursive, entry.kind == .folder { waiting.append(place) }
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
  private var paths: Set<String> = []

  init(_ watch: Watch) { self.watch = watch }

  mutating func add(_ path: String) throws {
    if paths.contains(path) { return }
    guard paths.count < Self.most else { throw TooManyFolders(most: Self.most) }
    try watch.add(path)
    paths.insert(path)
  }

  /// The watch has ended by itself.
  mutating func remove(_ path: String) { paths.remove(path) }

  /// What was moved away is watched no more, since its paths are others now.
  mutating func remove(under path: String) {
    for inside in paths where inside == path || inside.hasPrefix(path + "/") {
      watch.remove(inside)
      paths.remove(inside)
    }
  }
}

/// There are more folders inside each other than one component watches.
struct TooManyFolders: Error, CustomStringConvertible {
  let most: Int
  var description: String { "there are more than \(most) folders to watch" }
}
