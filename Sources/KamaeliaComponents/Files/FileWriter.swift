import Kamaelia
import KamaeliaIO

/// Writes messages to a file.
struct FileWriter: Component {
  static let summary = "Writes messages to a file: all at once when they end, or as they come."
  static let details = """
    Each message is written as ConsoleWriter shows it, and `end` behind it: text as it is, also where it has line ends in \
    it; numbers, durations and sizes as the language writes them; JSON, such as ParseJSON sends, on one line, but a text of it as it is; a list \
    with a line for each element; records of other components as JSON or in words of their own, such as `created inbox/a`, which \
    may leave something out. FormatJSON before it makes JSON of them all. Bytes are written as they are, with nothing behind them.

    Under `mode: atomic`, all goes to a new file beside `path`, which takes the place of the old one when the inbox ends: \
    whoever reads `path` sees the old content or the new one, whole. When not all has come that was to come, because a component \
    before it has failed, or a file or a program that feeds it was not at its end when the graph was stopped, the old file stays, and so it \
    does when the graph is ended at once or the component fails; what was written up to then is lost, so `restart` is of no use from the \
    first message on. A graph that is stopped while a source without an end feeds \
    it, such as Ticks, leaves what has come. The new file has no name until then; on disks that cannot do that (NFS, FAT), it is \
    called `.NAME.….kamaelia`, and one that is left behind by a run that was killed goes when the next one writes a file of that name. \
    Pipes and devices cannot be written so. A link is followed, and the owner and rights of the old file are kept.

    Under `append` and `replace`, messages are written as they come, behind what is there or in place of it, each at the end of the file, so that several may write to it. Where an old file ends within a record, because a \
    machine went down for instance, an appended one begins behind an `end` of its own, but bytes do not. A file that others rename or delete \
    meanwhile, as logrotate does, is left within a second, with the next message, and a new one begun at `path`; messages \
    that went into a deleted file are written to the new one again. A named pipe that nobody reads is an error at the start; when its \
    reader leaves, the component ends. Where `restart` begins it again, it goes on behind what it has written.

    With `rotateSize` or `rotateAge`, a file that would grow beyond it is renamed to `path.1` before the next message is \
    written, `path.1` to `path.2` and so on, and only `keep` of them stay; those that an earlier run with a larger `keep` \
    has left are not touched. A message is never cut in two: one that is larger than `rotateSize` has a file of its own. \
    `rotateAge` counts from when the file was opened here. Both need `append` or `replace`.

    When the disk is full, `whenFull` decides: `wait` tries again every second, while the senders wait; `drop` drops and \
    reports how many; `fail` is an error. In each case no message stays in the file in part. All other errors of the disk, such as one that is \
    missing or read-only, fail the component.

    `sync` says when what was written is brought to the disk, so that it survives a loss of power: `never` leaves it to the \
    system, `end` does it when a file is finished, `always` after each write, of one message or of some that came together. An atomic file always is, before it takes its place.

        log -> FileWriter("events.log", mode: append, rotateSize: 10MiB, keep: 7)
    """

  /// How the file comes to be.
  enum Mode: String, ChoiceParameter { case atomic, append, replace }

  /// When what was written is brought to the disk.
  enum Sync: String, ChoiceParameter { case never, end, always }

  static let needs = [
    Need("write PATH") { (it: Self) in .write(it.path) },
    Need("write FOLDER-OF-PATH/*, if it rotates") { (it: Self) in
      it.rotateSize == nil && it.rotateAge == nil ? nil : .write(path: it.path.place.folder, .entries)
    },
    Need("read PATH, with `mode: append`") { (it: Self) in it.mode == .append ? .read(it.path) : nil },
  ]

  @Parameter("The file to write.", main: true) var path: Path
  @Parameter("Whether the file appears whole at the end, or is written as messages come.") var mode = Mode.atomic
  @Parameter("What is written after each message but bytes.") var end = "\n"
  @Parameter("The most bytes of a file before a new one begins.", in: Size(bytes: 1)...) var rotateSize: Size? = nil
  @Parameter("How long a file is written to before a new one begins.", in: .milliseconds(1)...)
  var rotateAge: Duration? = nil
  @Parameter("How many files that were rotated away are kept.", in: 0...10_000) var keep = 5
  @Parameter("What happens when the disk is full.") var whenFull = RecordFile.Policy.wait
  @Parameter("When what was written is brought to the disk.") var sync = Sync.end

  let inbox = Inbox<AnyMessage>("What to write.")
  let finished = Outbox<String>(
    "The path of a file that nothing more is written to: rotated away, or at its end.", isReport: true)

  private let earlier = EarlierRun()

  var exclusive: [Capability] {
    mode != .append || rotateSize != nil || rotateAge != nil ? [.write(path)] : []
  }

  func check() throws(ParameterError) {
    if mode == .atomic, rotateSize != nil || rotateAge != nil {
      throw ParameterError("a file with `mode: atomic` is not rotated; use `mode: append` or `mode: replace`")
    }
  }

  func main() async throws {
    if mode == .atomic { try await writeAtOnce() } else { try await writeAsTheyCome() }
  }

  private func writeAtOnce() async throws {
    if earlier.hasWritten { throw LostBeginning(path: path.string) }
    let replacement = try await outside { try await Replacement.begin(path.string) }
    defer { replacement.abandon() }
    var file = try RecordFile(replacement.descriptor, path: path.string)
    while let first = await inbox.next() {
      var batch = RecordBatch()
      batch.append(first, end: end)
      while batch.bytes.count < 65_536, let next = inbox.nextIfReady() { batch.append(next, end: end) }
      try await write(batch, to: &file)
      earlier.hasWritten = true
    }
    file.reportLosses()
    // A graph that is cut short or fails has not said all, and the old file stays.
    try checkNotCutShort()
    if inbox.isIncomplete { return Notice.warning("not all came that was to come: `\(path.string)` is left as it was") }
    try await outside { try await replacement.commit() }
    try await finished.send(path.string)
  }

  private func writeAsTheyCome() async throws {
    let rotation = Rotation(size: rotateSize, age: rotateAge, keep: keep)
    var file = try await open(mode == .append || earlier.hasWritten ? .appending : .replacing)
    earlier.hasWritten = true
    var (opened, looked) = (Time.now, Time.now)
    var isFirst = true
    var held: AnyMessage?
    while true {
      var next = held
      held = nil
      if next == nil { next = await inbox.next() }
      guard let first = next else { break }
      if Time.now - looked >= Self.timeBetweenLooks || rotation.isDue(file, adding: first, end: end, opened: opened) {
        looked = Time.now
        if try await !file.isInPlace() {
          // Others have renamed or deleted it, to make room for a new one.
          try await finish(file)
          file = try await open(.appending)
          (opened, isFirst) = (looked, true)
        }
      }
      var batch = RecordBatch()
      if isFirst, !(first.base is Bytes), try await isCutOff(file) { batch.append(AnyMessage(""), end: end) }
      isFirst = false
      batch.append(first, end: end)
      if rotation.isDue(file, adding: batch.bytes.count, opened: opened) {
        try await finish(file)
        if let old = try await outside({ try await rotation.putAway(path.string) }) { try await finished.send(old) }
        file = try await open(.appending)
        opened = Time.now
      }
      while batch.bytes.count < 65_536, let next = inbox.nextIfReady() {
        batch.append(next, end: end)
        if let limit = rotateSize, file.size + Int64(batch.bytes.count) > Int64(limit.bytes) {
          held = next
          batch.removeLast()
          break
        }
      }
      try await write(batch, to: &file)
      while try file.isDeleted() {
        // Nobody will ever see what was written to it just now.
        file.descriptor.close()
        file = try await open(.appending)
        (opened, looked) = (Time.now, Time.now)
        try await write(batch, to: &file)
      }
    }
    try await finish(file)
    try await finished.send(path.string)
  }

  /// Whether the file is still there is asked this often at most.
  private static let timeBetweenLooks = Duration.seconds(1)

  private func open(_ access: File.Access) async throws -> RecordFile {
    try RecordFile(try await outside { try await File.open(path.string, for: access) }, path: path.string)
  }

  private func write(_ batch: RecordBatch, to file: inout RecordFile) async throws {
    try await file.write(batch, whenFull: whenFull)
    if sync == .always, mode != .atomic {
      try await outside { [file] in try await file.descriptor.sync(metadata: false) }
    }
  }

  private func finish(_ file: RecordFile) async throws {
    file.reportLosses()
    if sync != .never, try file.descriptor.facts().kind == .file {
      try await outside { try await file.descriptor.sync() }
    }
    file.descriptor.close()
  }

  /// Whether the file that is appended to ends within a record.
  private func isCutOff(_ file: RecordFile) async throws -> Bool {
    let end = Array(self.end.utf8)
    guard mode == .append, file.size > 0, !end.isEmpty else { return false }
    return try await outside {
      let reader = try await File.open(path.string, for: .reading)
      defer { reader.close() }
      // Others may write to the file, or cut it, between these looks: what is not there is not cut off.
      let facts = try reader.facts()
      guard facts.kind == .file, facts.size >= end.count else { return false }
      try reader.seek(to: facts.size - Int64(end.count))
      let last = try await reader.read(upTo: end.count)
      return last.count == end.count && last != end
    }
  }
}

/// What a component knows of itself when it has failed and was begun again.
private final class EarlierRun: Sendable {
  private let state = Lock(false)

  /// Whether what it took from its inbox went into the file.
  var hasWritten: Bool {
    get { state.withLock { $0 } }
    set { state.withLock { $0 = newValue } }
  }
}

/// A file that is written at once cannot be begun again: the messages that it began with have gone with the first attempt.
struct LostBeginning: Error, CustomStringConvertible {
  let path: String
  var description: String {
    "what was written before the failure is lost: `\(path)` is left as it was (`mode: append` and `mode: replace` can go on)"
  }
}
