import Kamaelia
import KamaeliaIO

/// Reads a file from its beginning to its end.
struct FileReader: Component {
  static let summary = "Sends the contents of a file, as bytes or as lines."
  static var waitsOnlyForGraph: Bool { true }
  static let details = """
    `outbox` gets the bytes as they are, in stretches of `chunk` or less, `lines` the lines as text; link one of them, or \
    both. The component ends with the file. A named pipe is read until its writers have closed it.

    A file that is missing, a folder, or a file that cannot be read is an error; where `restart` begins the component again, it reads \
    from the beginning. A name that is no UTF-8 cannot be given; a link to it can. What is written to the file meanwhile may \
    or may not be seen; FileTail follows a file that grows.

    Lines end with a line feed, alone or after a carriage return, or as `ends` says. In them, bytes that are no UTF-8 become \
    U+FFFD, and a byte order mark at the beginning of the file is left out; a \
    file that begins as UTF-16 does is told of with a warning. A line of more than `longest` bytes leaves through `tooLong` in pieces of that size, the last one with the line's end; if \
    nobody has linked that, it is left out with a warning.

        FileReader("photo.jpg") -> FileWriter("copy.jpg")
        FileReader("book.txt") -> Lines() -> Words() -> TopK(10)
    """

  var endsByItself: Bool { true }

  static let needs = [Need("read PATH") { (it: Self) in .read(it.path) }]

  @Parameter("The file to read.", main: true) var path: Path
  @Parameter("The most bytes that are read at once.", in: Size(bytes: 1)...Size.mebibytes(16))
  var chunk = Size.kibibytes(64)
  @Parameter("The most bytes that a line may have, without its end.", in: Size(bytes: 1)...Size.mebibytes(1024))
  var longest = Size.mebibytes(1)
  @Parameter("What ends a line: a line feed, alone or behind a carriage return, or also a carriage return alone.")
  var ends = LineEnds.lf

  let outbox = Outbox<Bytes>("The next stretch of the file; never empty.")
  let lines = Outbox<String>("A line of the file, without its end.")
  let tooLong = Outbox<Bytes>("Part of a line that is too long, its end included.")

  func main() async throws {
    let file = try await outside { try await File.open(path.string, for: .reading) }
    defer { file.close() }
    try await whileHeard(outbox, lines, tooLong) { try await read(file) }
  }

  private func read(_ file: Descriptor) async throws {
    var text = LineStream(longest: longest, ends: ends, to: lines, tooLong: tooLong)
    while true {
      let bytes = Bytes(try await outside { try await file.read(upTo: chunk.bytes) })
      if bytes.isEmpty { break }
      try await outbox.send(bytes)
      try await text.send(bytes)
    }
    try await text.finish()
  }
}
