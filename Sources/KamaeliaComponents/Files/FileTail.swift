import Glibc
import Kamaelia
import KamaeliaIO

/// Follows a file that grows.
struct FileTail: Component {
  static let summary = "Sends what is appended to a file, for as long as the graph runs."
  static var waitsOnlyForGraph: Bool { true }
  static let details = """
    A log that is rotated is followed by its name: what was still written to the old file is sent first, then the new file \
    from its beginning. The name may lead over links, to files or to folders: a file that is replaced behind them is found, \
    and so is another one when a link is changed. A file that is cut off is read again from its beginning, without the zeros that a \
    program leaves there which goes on writing where it was. A cut is seen when the file is shorter than what was read; a \
    file that has grown beyond that again before it was looked at is not noticed.

    A file that does not exist yet is waited for, and so is one that was deleted; its folder must be there at the start. A \
    folder, a pipe or a device there at the start is an error; one that comes in place of the file later is waited out with a warning. A \
    file that may not be read is an error at any time.

    `from` says where a file begins that is there at the start, also where `restart` begins the component again: with `end`, what was \
    written in between is not seen then. One that appears later is read from its beginning. `outbox` \
    gets the bytes, `lines` the lines as text, each when its end has been written. A line that a rotation or a cut left without \
    an end is sent as it is. In lines, a byte order mark at the beginning of a file is left out, and bytes that are no UTF-8 \
    become U+FFFD; a file that begins as UTF-16 does is told of with a warning. A line of more than `longest` bytes leaves through `tooLong` in pieces of that size, the last one with \
    the line's end; if nobody has linked that, it is left out with a warning.

    It waits for the system's notices and uses no time while nothing is written. On a network's disk there are none for what \
    other machines write.

        FileTail("/var/log/syslog").lines -> Match("error", ignoreCase: true) -> ConsoleWriter()
    """

  /// Where to begin.
  enum Start: String, ChoiceParameter { case start, end }

  // The file that comes in place of a rotated one is found by its name, in the folder.
  static let needs = [Need("read FOLDER-OF-PATH/*") { (it: Self) in .read(path: it.path.place.folder, .entries) }]

  @Parameter("The file to follow.", main: true) var path: Path
  @Parameter("Where to begin in a file that is there at the start.") var from = Start.end
  @Parameter("The most bytes that a line may have, without its end.", in: Size(bytes: 1)...Size.mebibytes(1024))
  var longest = Size.mebibytes(1)
  @Parameter("What ends a line: a line feed, alone or behind a carriage return, or also a carriage return alone.")
  var ends = LineEnds.lf

  let outbox = Outbox<Bytes>("What was appended; never empty.")
  let lines = Outbox<String>("A line that was completed, without its end.")
  let tooLong = Outbox<Bytes>("Part of a line that is too long, its end included.")

  func main() async throws {
    let watch = try Watch()
    defer { watch.close() }
    try await whileHeard(outbox, lines, tooLong) { try await follow(watch) }
  }

  private func follow(_ watch: Watch) async throws {
    _ = try await outside { try await File.facts(of: path.place.folder) }
    // Before the file is looked at, so that nothing happens unseen in between.
    try watch.follow(path.string)
    var file = try await open(watch, isFirst: true)
    var text = LineStream(
      longest: longest, ends: ends, path: path.string, isAtBeginning: from == .start || file == nil, to: lines,
      tooLong: tooLong)
    if from == .end { try file?.skipToEnd() }
    while true {
      if file != nil {
        try await drain(&file, &text)
        if let current = file, try await hasBeenReplaced(current.descriptor) {
          // What came between the last read and the renaming.
          try await drain(&file, &text)
          try await text.finish()
          current.descriptor.close()
          watch.remove(path.string)
          file = nil
        }
      }
      if file == nil {
        file = try await open(watch, isFirst: false)
        if file != nil { continue }
      }
      // Whatever is told: only this file and the way to it are watched.
      _ = try await outside { try await watch.next() }
    }
  }

  /// Opens the file if it is there.
  ///
  /// - Parameter isFirst: whether it is looked for the first time. Later, something else in its place, such as a folder, is waited out.
  private func open(_ watch: Watch, isFirst: Bool) async throws -> FollowedFile? {
    do {
      let file = try await outside { try await File.open(path.string, for: .reading) }
      guard try file.facts().kind == .file else {
        file.close()
        if isFirst { throw NotWhole.noFile(path.string) }
        return waitOut("is no regular file now")
      }
      // Another file may have taken its place meanwhile, which is seen once this one is read.
      try watch.add(path.string)
      return FollowedFile(descriptor: file)
    } catch let error as SystemError where error.isMissing {
      return nil
    } catch let error as SystemError where !isFirst && error.errno == EISDIR {
      return waitOut("is a folder now")
    }
  }

  private func waitOut(_ what: String) -> FollowedFile? {
    Notice.warning("`\(path.string)` \(what); waits for a file in its place")
    return nil
  }

  /// Sends what there is, from the beginning again where the file has been cut off.
  private func drain(_ file: inout FollowedFile?, _ text: inout LineStream) async throws {
    while let next = try await outside({ try await file?.next() }) {
      switch next {
      case .cut: try await text.finish()
      case .bytes(let bytes):
        try await outbox.send(bytes)
        try await text.send(bytes)
      }
    }
  }

  /// Whether the name leads to another file by now, or the file is deleted. One that was only moved away may still be
  /// written to; one that is deleted would keep its disk's room, and its folder from being seen to go.
  private func hasBeenReplaced(_ file: Descriptor) async throws -> Bool {
    do {
      let now = try await outside { try await File.facts(of: path.string) }
      return try !now.isSameFile(as: file.facts())
    } catch let error as SystemError where error.isMissing {
      return try file.facts().links == 0
    }
  }
}
