import Kamaelia
import KamaeliaIO

/// Reads whole files, by their paths.
struct WholeFile: Component {
  static let summary = "Reads the file of each path that comes, whole."
  static let details = """
    Files are read one after another, in the order of their paths. `outbox` gets the bytes, `texts` the path together with \
    the content as text, without a byte order mark at its beginning and with U+FFFD in place of bytes that are no UTF-8; a file that \
    begins as UTF-16 does is told of with a warning.

    A file that is missing or cannot be read, that is a folder or a pipe, or that is larger than `largest`, leaves through \
    `errors` as its path with the reason; if nobody has linked that, the component fails. With `root`, paths are relative to \
    that folder, and those that lead out of it, by `..` or by links, are such an error too.

        DirectoryWatch("inbox") -> Format("{path}") -> WholeFile() -> documents
    """

  static let needs = [
    Need("read ROOT/**, or of all files, if `root` is left out") { (it: Self) in
      .read(it.root ?? Path("/"), .everything)
    }
  ]

  @Parameter("The most bytes that a file may have.", in: Size(bytes: 0)...Size.mebibytes(4096))
  var largest = Size.mebibytes(16)
  @Parameter("The folder that paths are relative to and may not lead out of; no such bounds if left out.")
  var root: Path? = nil

  let inbox = Inbox<String>("The path of a file.")
  let outbox = Outbox<Bytes>("The content of one file; empty if the file is.")
  let texts = Outbox<TextFile>("The path of one file and its content.")
  let errors = Outbox<BadInput>("A path whose file could not be read, and why.", needsReader: true)

  func main() async throws {
    let root = try self.root.map { try Root($0.string) }
    for await path in inbox {
      do {
        let content = Bytes(try await outside { try await read(path, in: root) })
        try await outbox.send(content)
        if texts.isLinked {
          warn(of: content, path)
          try await texts.send(TextFile(path: path, text: ByteOrderMark.removed(from: content.text)))
        }
      } catch let error as SystemError {
        try await errors.send(BadInput(error.description, path))
      } catch let error as NotWhole {
        try await errors.send(BadInput(error.description, path))
      }
    }
  }

  private func warn(of content: Bytes, _ path: String) {
    var mark = ByteOrderMark()
    _ = mark.remove(from: content.storage)
    guard let encoding = mark.foreign else { return }
    let remedy = "the bytes of `outbox` can be read by Decode(encoding: \(encoding.rawValue))"
    Notice.warning(ByteOrderMark.warning(encoding, "`\(path)`", remedy: remedy))
  }

  private func read(_ path: String, in root: Root?) async throws -> [UInt8] {
    let file =
      if let root { try await root.open(path, for: .reading) } else { try await File.open(path, for: .reading) }
    defer { file.close() }
    let facts = try file.facts()
    guard facts.kind == .file else { throw NotWhole.noFile(path) }
    // Looked at first, so that nothing of a large file is read in vain; files of /proc say 0.
    guard facts.size <= largest.bytes else { throw NotWhole.tooLarge(path, limit: largest) }
    return try await file.readToEnd(limit: largest.bytes)
  }
}

/// Why a file that is there was not read.
enum NotWhole: Error, Hashable, CustomStringConvertible {
  case noFile(String)
  case tooLarge(String, limit: Size)

  var description: String {
    switch self {
    case .noFile(let path): "`\(path)` is no regular file"
    case .tooLarge(let path, let limit): "`\(path)` is larger than \(limit.text)"
    }
  }
}

/// A file's path and what is in it.
struct TextFile: Message, Hashable {
  let path: String
  let text: String

  static let messageType = MessageType.record(["path": .text, "text": .text])
  static var hasVariableSize: Bool { true }
  var byteCount: Int { path.utf8.count + text.utf8.count }
  var json: JSON { .object(["path": .string(path), "text": .string(text)]) }
}
