import Kamaelia
import KamaeliaIO

/// Follows a file that grows.
struct FileTail: Component {
  static let summary = "Sends what is appended to a file, for as long as the graph runs."
  static let details = """
    A log that is rotated is followed by its name: what was still written to the old file is sent first, then the new file \
    from its beginning. A file that is cut off is read again from its beginning, and one that does not exist yet is waited \
    for, and so is one that was deleted; its folder must be there. A cut is seen when the file is shorter than what was read; a file that has grown \
    beyond that again before it was looked at is not noticed.

    `from` says where a file begins that is there at the start; one that appears later is read from its beginning. `outbox` \
    gets the bytes, `lines` the lines as text, each when its end has been written. A line that a rotation or a cut left without \
    an end is sent as it is.

    It waits for the system's notices and uses no time while nothing is written. On a network's disk there are none for what \
    other machines write.

        FileTail("/var/log/syslog") -> Lines() -> Match("error", ignoreCase: true) -> ConsoleWriter()
    """

  /// Where to begin.
  enum Start: String, ChoiceParameter { case start, end }

  // The file that comes in place of a rotated one is found by its name, in the folder.
  static let needs = [Need("read FOLDER-OF-PATH/*") { (it: Self) in .read(path: it.path.place.folder, .entries) }]

  @Parameter("The file to follow.", main: true) var path: Path
  @Parameter("Where to begin in a file that is there at the start.") var from = Start.end
  @Parameter("The most bytes that a line may have, without its end.", in: Size(bytes: 1)...Size.mebibytes(1024))
  var longest = Size.mebibytes(1)

  let outbox = Outbox<Bytes>("What was appended; never empty.")
  let lines = Outbox<String>("A line that was completed, without its end.")

  func main() async throws {
    let watch = try Watch()
    defer { watch.close() }
    try await whileHeard(outbox, lines) { try await follow(watch) }
  }

  private func follow(_ watch: Watch) async throws {
    let (folder, name) = path.place
    // Before the file is looked at, so that nothing happens unseen in between.
    try watch.add(folder)
    var text = LineStream(longest: longest, to: lines)
    var file = try await open(watch)
    if from == .end, let file { try file.seek(to: try file.facts().size) }
    while true {
      if let current = file {
        try await drain(current, &text)
        if try await hasBeenReplaced(current) {
          // What came between the last read and the renaming.
          try await drain(current, &text)
          try await text.finish()
          current.close()
          watch.remove(path.string)
          file = nil
        }
      }
      if file == nil {
        file = try await open(watch)
        if file != nil { continue }
      }
      try await waitForChange(watch, folder: folder, name: name)
    }
  }

  /// Opens the file if it is there.
  private func open(_ watch: Watch) async throws -> Descriptor? {
    do {
      let file = try await outside { try await File.open(path.string, for: .reading) }
      guard try file.facts().kind == .file else { throw NotWhole.noFile(path.string) }
      // By its own name too: a link may lead to another folder.
      try watch.add(path.string)
      return file
    } catch let error as SystemError where error.isMissing {
      return nil
    }
  }

  /// Sends what there is, from the beginning again where the file has been cut off.
  private func drain(_ file: Descriptor, _ text: inout LineStream) async throws {
    var cuts = 0
    while true {
      let bytes = Bytes(try await outside { try await file.read(upTo: 65_536) })
      if bytes.isEmpty {
        let (position, size) = (try file.position(), try file.facts().size)
        if size == position { return }
        if size < position {
          // Files of /proc have no size whatever is read of them, and would be read for ever.
          cuts += 1
          if cuts > 100 { throw NotWhole.noFile(path.string) }
          try await text.finish()
          try file.seek(to: 0)
        }
        continue
      }
      try await outbox.send(bytes)
      if lines.isLinked { try await text.send(bytes) }
    }
  }

  /// Whether the name leads to another file by now, or the file is deleted. One that was only moved away may still be
  /// written to; one that is deleted would keep its disk's room, and its folder from being seen to go.
  private func hasBeenReplaced(_ file: Descriptor) async throws -> Bool {
    do {
      let now = try await outside { try await File.facts(of: path.string) }
      let old = try file.facts()
      return now.inode != old.inode || now.device != old.device
    } catch let error as SystemError where error.isMissing {
      return try file.facts().links == 0
    }
  }

  /// Waits for an event of the file, passing over those of its neighbours.
  private func waitForChange(_ watch: Watch, folder: String, name: String) async throws {
    while let event = try await outside({ try await watch.next() }) {
      if event.kind == .gone, event.watched == folder { throw FolderGone(path: folder) }
      if event.kind == .overflow || event.watched == path.string || event.name == name { return }
    }
    throw FolderGone(path: folder)
  }
}

/// The folder of a file that is followed is not there any more, so that the file cannot come back.
struct FolderGone: Error, CustomStringConvertible {
  let path: String
  var description: String { "the folder `\(path)` is gone" }
}
