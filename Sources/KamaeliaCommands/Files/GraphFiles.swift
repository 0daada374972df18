import Glibc
import KGraph
import KamaeliaIO

/// The graph files that a command line names: files as they are, and in folders all `*.kgraph`, and all Markdown files that
/// have graphs, in alphabetical order.
struct GraphFiles {
  /// Paths as the user would write them; `-` for standard input.
  let paths: [String]

  /// A graph that stands on the command line itself, in the place of files.
  private let text: String?

  /// What a verb is given: files and folders, or the text behind `-e`.
  init(_ invocation: Invocation) throws(CommandError) {
    let arguments = invocation.arguments
    guard let text = arguments.value("e") else {
      try self.init(arguments.positionals)
      return
    }
    if !arguments.positionals.isEmpty { throw .usage("`-e` is given, and a file as well") }
    self.init(text: text)
  }

  private init(text: String) {
    self.text = text
    paths = ["-e"]
  }

  /// - Throws: ``CommandError/failure(_:help:)`` where folders are named, and no graph is in them.
  init(_ arguments: [String]) throws(CommandError) {
    text = nil
    var paths: [String] = []
    for argument in arguments.isEmpty ? ["."] : arguments {
      guard argument != "-" else {
        paths.append(argument)
        continue
      }
      var facts = stat()
      // What is not there is said when it is read.
      if stat(argument, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR {
        paths += Self.graphs(in: argument)
      } else {
        paths.append(argument)
      }
    }
    var seen: Set<String> = []
    self.paths = paths.filter { seen.insert($0).inserted }
    if paths.isEmpty { throw .failure("there are no graphs here", help: ["their names end with `.kgraph`"]) }
  }

  /// Reads one after the other. Of a file that cannot be read that is said, and the others are gone on with.
  ///
  /// - Returns: whether all could be read.
  func read(
    for terminal: Terminal, _ body: (String, Source) async throws(CommandError) -> Void
  ) async throws(CommandError) -> Bool {
    var areRead = true
    for path in paths {
      let source: Source
      do throws(CommandError) {
        if let text { source = Source(name: path, text: text) } else { source = try Self.read(path) }
        if Markdown.isNamed(path), Markdown(source).blocks.count > Markdown.mostBlocks {
          throw .failure(
            "`\(path)` has more than \(Markdown.mostBlocks) graphs", help: ["divide it into several files"])
        }
      } catch {
        guard case .failure(let message, let help) = error else { throw error }
        terminal.complain(message, help)
        areRead = false
        continue
      }
      try await body(path, source)
    }
    return areRead
  }

  /// All graphs below a folder; hidden folders, such as `.build`, and links to folders are passed over. A folder that
  /// cannot be opened is among them itself, so that it is said when it is read.
  private static func graphs(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [folder] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted().flatMap { name -> [String] in
      let path = folder == "." ? name : folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      var facts = stat()
      // What cannot be looked at, such as a name that is not in UTF-8, is said when it is read.
      guard lstat(path, &facts) == 0 else { return name.hasSuffix(".kgraph") || errno != ENOENT ? [path] : [] }
      if facts.st_mode & S_IFMT == S_IFDIR { return graphs(in: path) }
      return name.hasSuffix(".kgraph") || hasGraphs(path) ? [path] : []
    }
  }

  /// Whether a file is Markdown with graphs in it. One that cannot be read is none that was asked for.
  private static func hasGraphs(_ path: String) -> Bool {
    guard Markdown.isNamed(path) else { return false }
    do throws(CommandError) {
      return !Markdown(try read(path)).blocks.isEmpty
    } catch {
      return false
    }
  }

  /// Reads a file, or standard input for `-`.
  ///
  /// - Throws: ``CommandError/failure(_:help:)`` saying what happened to which file.
  static func read(_ path: String) throws(CommandError) -> Source {
    let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path) }
    defer { if path != "-" { close(descriptor) } }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(path) }
      if count == 0 { return Source(name: path == "-" ? "standard input" : path, bytes: bytes) }
      bytes += buffer[..<count]
      if bytes.count > Limits.standard.fileSize {
        // The lexer refuses it whole, and says so as it says everything.
        if path.hasSuffix(".kgraph") { return Source(name: path, bytes: bytes) }
        throw .failure("`\(path)` has more than \(Limits.standard.fileSize >> 20) MiB, which no graph has")
      }
    }
  }

  private static func failure(_ path: String) -> CommandError {
    .failure("`\(path)` cannot be read: \(String(cString: strerror(errno)))")
  }
}
