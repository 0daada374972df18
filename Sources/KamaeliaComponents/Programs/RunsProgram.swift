import Kamaelia
import KamaeliaIO

/// A component whose work is done by a program of the system.
protocol RunsProgram: Component {
  associatedtype Input: Message
  associatedtype Output: Message
  var command: Command { get }
  var folder: Path? { get }
  var environment: [String] { get }
  var grace: Duration { get }
  var inbox: Inbox<Input> { get }
  var outbox: Outbox<Output> { get }
  var errors: Outbox<String> { get }
  var exit: Outbox<Int> { get }

  /// Where what the program writes to standard output goes.
  var outputs: [any AnyOutbox] { get }
  /// The most bytes of a line of standard error; a longer one comes in pieces.
  var longest: Size { get }
  /// What is left to be read when a program ends that is started again.
  var feed: Feed { get }

  /// What the program reads for a message.
  func bytes(for message: Input) -> Bytes

  /// Sends what the program wrote, until it writes no more.
  func deliver(_ output: Descriptor) async throws
}

extension RunsProgram {
  static var waitsOnlyForGraph: Bool { true }
  var endsByItself: Bool { true }

  // A program reads ahead, and answers when it likes.
  static var answersLate: Bool { true }

  static var needs: [Need] {
    [
      Need("exec COMMAND, the program of it") { (it: Self) in
        let name = it.command.words[0]
        guard let folder = it.folder, name.contains("/"), !name.hasPrefix("/") else { return .exec(program: name) }
        return .exec(program: "\(folder.string)/\(name)")
      }
    ]
  }

  func check() throws(ParameterError) {
    for variable in environment where variable.utf8.contains(0) || variable.hasPrefix("=") || !variable.contains("=") {
      throw ParameterError("parameter `environment` takes texts such as \"NAME=value\", not \(Excerpt.of(variable))")
    }
    if program == nil {
      throw ParameterError("parameter `command` names the program `\(command.words[0])`, which is not found")
    }
  }

  func main() async throws {
    let child = try await outside { try await Child.start(launch) }
    do {
      let (status, complaint) = try await run(child)
      await keepUnread(of: child)
      if !inbox.isKeptInHand { inbox.close() }
      if exit.wasLinked { return try await exit.send(Int(status.shellStatus)) }
      if !status.isSuccess { throw ProgramFailure(command: command, exit: status, complaint: complaint.text) }
    } catch {
      // Cancelled, failed, or nobody listens any more: in each case the program has no reason to go on.
      let status = await outside { await child.terminate(grace: grace) }
      await keepUnread(of: child)
      if let status { await tell(status) }
      throw error
    }
  }

  /// Tells of the end of a program that the component has ended.
  private func tell(_ status: Exit) async {
    do { try await exit.sendInTheEnd(Int(status.shellStatus)) } catch {
      // There is no time left for it, and what has ended the component matters more.
    }
  }

  private func run(_ child: Child) async throws -> (Exit, ErrorTail) {
    try await withThrowingTaskGroup { group in
      group.addTask { try await give(child) }
      group.addTask { try await forward(child) }
      group.addTask { try await collectErrors(of: child) }
      group.addTask { ProgramStep.ended(try await outside { try await child.exitStatus() }) }
      if isRead {
        group.addTask {
          for box in boxes where box.wasLinked { await box.untilAbandoned() }
          try Task.checkCancellation()
          throw Stopped()
        }
      }
      // Whoever still feeds it when it has ended is feeding nobody.
      defer { group.cancelAll() }
      var (hasForwarded, status, complaint) = (false, Exit?.none, ErrorTail?.none)
      while let step = try await group.next() {
        switch step {
        case .fed: break
        case .forwarded: hasForwarded = true
        case .complained(let tail): complaint = tail
        case .ended(let exit):
          status = exit
          group.addTask { try await endReading(of: child) }
        }
        if hasForwarded, let status, let complaint { return (status, complaint) }
      }
      throw CancellationError()
    }
  }

  /// A daemon that the program has left behind may hold its pipes open for ever: what is in them counts, and what comes soon.
  private func endReading(of child: Child) async throws -> ProgramStep {
    try await Time.sleep(for: .milliseconds(100))
    child.output?.stopReading()
    child.error?.stopReading()
    return .fed
  }

  private var boxes: [any AnyOutbox] { outputs + [errors as any AnyOutbox, exit] }

  /// Whether somebody reads what the program writes to standard output, or has done so.
  private var isRead: Bool { outputs.contains { $0.wasLinked } }

  /// Keeps what the program has not read, for the next one, if the component is to be started again.
  private func keepUnread(of child: Child) async {
    defer { child.input?.close() }
    guard inbox.isKeptInHand, let input = child.input else { return }
    await feed.programEnded(unread: input.unread)
    // It is among what is left.
    _ = inbox.giveUpInHand()
    if await feed.mustHold() { inbox.hold() }
  }

  private var launch: Launch {
    var launch = Launch(program ?? command.words[0], Array(command.words.dropFirst()))
    launch.name = command.words[0]
    launch.folder = folder?.string
    for variable in environment {
      let parts = variable.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      launch.environment[String(parts[0])] = parts.count > 1 ? String(parts[1]) : ""
    }
    launch.input = inbox.isLinked ? .pipe : .null
    launch.output = isRead ? .pipe : .null
    launch.error = .pipe
    return launch
  }

  /// The program's file; nil where there is none. A path is relative to the folder that the program starts in.
  private var program: String? {
    let name = command.words[0]
    let isRelative = name.contains("/") && !name.hasPrefix("/")
    guard isRelative, let folder else { return Program.find(name) }
    return Program.find("\(folder.string)/\(name)") == nil ? nil : name
  }

  /// Gives the program what comes in, until the end or until it reads no more.
  private func give(_ child: Child) async throws -> ProgramStep {
    guard let input = child.input else { return .fed }
    if inbox.isKeptInHand { return try await giveOneByOne(input) }
    defer { input.close() }
    while let first = await inbox.next() {
      var batch = Array(bytes(for: first).storage)
      while batch.count < 65_536, let next = inbox.nextIfReady() { batch += bytes(for: next).storage }
      do {
        try await outside { [batch] in try await input.write(batch) }
      } catch let error as SystemError where error.isBrokenPipe {
        inbox.close()
      }
    }
    return .fed
  }

  /// The same for a component that may be started again: what it takes and the program does not read is for the next one.
  private func giveOneByOne(_ input: Descriptor) async throws -> ProgramStep {
    do {
      while let left = await feed.next() { try await write(left, to: input) }
      if await feed.mayRelease() { inbox.release() }
      while let message = await inbox.next() { try await write(Array(bytes(for: message).storage), to: input) }
    } catch let error as SystemError where error.isBrokenPipe {
      // The next one will read on.
      return .fed
    }
    try Task.checkCancellation()
    await feed.finish(input)
    return .fed
  }

  private func write(_ bytes: [UInt8], to input: Descriptor) async throws {
    await feed.begin(bytes)
    // A pipe takes so many bytes as a whole or not at all (PIPE_BUF), so that it is known how many are written.
    var position = 0
    while position < bytes.count {
      let piece = Array(bytes[position..<min(position + 4096, bytes.count)])
      try await outside { try await input.write(piece) }
      position += piece.count
      await feed.wrote(piece.count)
    }
  }

  private func forward(_ child: Child) async throws -> ProgramStep {
    guard let output = child.output else { return .forwarded }
    do {
      try await deliver(output)
    } catch let stopped as Stopped {
      guard boxes.contains(where: { $0.wasLinked && !$0.isAbandoned }) else { throw stopped }
      // A closed pipe would end the program, of which somebody still hears.
      while try await !outside({ try await output.read(upTo: 65_536) }).isEmpty {}
    }
    return .forwarded
  }

  /// Sends the lines of standard error, or reports them where nobody has linked the box.
  private func collectErrors(of child: Child) async throws -> ProgramStep {
    var tail = ErrorTail()
    guard let stream = child.error else { return .complained(tail) }
    var splitter = LineSplitter(longest: longest.bytes, ends: .any)
    while true {
      let bytes = Bytes(try await outside { try await stream.read(upTo: 16_384) })
      if bytes.isEmpty { break }
      tail.add(bytes)
      splitter.add(bytes)
      while let piece = splitter.next() { try await complain(piece) }
    }
    while let piece = splitter.finish() { try await complain(piece) }
    return .complained(tail)
  }

  private func complain(_ piece: LineSplitter.Piece) async throws {
    let text =
      switch piece {
      case .line(let line): line.text
      case .tooLong(let part, _): part.text
      }
    if errors.wasLinked { try await errors.send(text) } else { Notice.note(text) }
  }
}

extension AnyOutbox {
  /// Whether a graph has linked it, be it that its readers have left since.
  fileprivate var wasLinked: Bool { isLinked || hadReaders }
}

/// A part of a program's life that has come to its end.
private enum ProgramStep: Sendable {
  case fed, forwarded
  case complained(ErrorTail)
  case ended(Exit)
}

/// The last that a program wrote to its standard error.
struct ErrorTail: Sendable {
  /// Bytes.
  static let most = 4096

  private var bytes: [UInt8] = []

  mutating func add(_ more: Bytes) {
    bytes += more.suffix(Self.most)
    if bytes.count > Self.most { bytes.removeFirst(bytes.count - Self.most) }
  }

  /// Without blank lines around it.
  var text: String {
    // A character that was cut in two at the beginning is left out.
    let whole = bytes.count < Self.most ? bytes[...] : bytes.drop { $0 & 0xC0 == 0x80 }
    let scalars = String(decoding: whole, as: UTF8.self).unicodeScalars
    let start = scalars.drop { $0.properties.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.properties.isWhitespace }) else { return "" }
    return String(start[...last])
  }
}

/// A program did not end well.
struct ProgramFailure: Error, CustomStringConvertible {
  let command: Command
  let exit: Exit
  /// The last that it wrote to standard error.
  let complaint: String

  var description: String {
    let what =
      switch exit {
      case .exited: "\(command.value) ended with \(exit)"
      case .signalled: "\(command.value) was \(exit)"
      }
    return complaint.isEmpty ? what : "\(what): \(complaint)"
  }
}
