import Kamaelia
import KamaeliaIO

/// A file that is read while others write to it, and that may be cut off.
struct FollowedFile {
  enum Piece {
    /// Never empty.
    case bytes(Bytes)
    /// The file is shorter than what was read of it. What comes next is its beginning.
    case cut
  }

  let descriptor: Descriptor
  /// Whether all that was read since a cut are zeros.
  private var isBehindCut = false
  /// Cuts since there was nothing more to read.
  private var cuts = 0

  init(descriptor: Descriptor) { self.descriptor = descriptor }

  mutating func skipToEnd() throws { try descriptor.seek(to: descriptor.facts().size) }

  /// What comes next; nil where there is no more for now.
  mutating func next() async throws -> Piece? {
    while true {
      // A program that goes on behind a cut where it was leaves a hole, which may be as large as the file ever was.
      if isBehindCut { try await descriptor.skipHole() }
      let read = try await descriptor.read(upTo: 65_536)
      let bytes = isBehindCut ? read.drop { $0 == 0 } : read[...]
      if !bytes.isEmpty {
        isBehindCut = false
        return .bytes(Bytes(bytes))
      }
      if !read.isEmpty { continue }
      let (position, size) = (try descriptor.position(), try descriptor.facts().size)
      if size == position {
        cuts = 0
        return nil
      }
      guard size < position else { continue }
      // Files of /proc have no size whatever is read of them, and would be read for ever.
      cuts += 1
      if cuts > 100 { throw NotWhole.noFile(descriptor.name) }
      try descriptor.seek(to: 0)
      isBehindCut = true
      return .cut
    }
  }
}
