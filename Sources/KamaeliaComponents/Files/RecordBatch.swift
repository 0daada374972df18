import Kamaelia

/// Records that are written to a file together.
struct RecordBatch {
  private(set) var bytes: [UInt8] = []
  /// Where in `bytes` each record ends.
  private(set) var ends: [Int] = []

  /// - Parameter end: follows the record unless it is bytes, which are written as they are.
  mutating func append(_ message: AnyMessage, end: String) {
    if let stretch = message.base as? Bytes {
      bytes += stretch.storage
    } else {
      bytes += message.text.utf8
      bytes += end.utf8
    }
    ends.append(bytes.count)
  }

  /// Takes the record back that was appended last.
  mutating func removeLast() {
    ends.removeLast()
    bytes.removeLast(bytes.count - (ends.last ?? 0))
  }

  /// Where the last record ends of those that are whole within the first `count` bytes.
  func boundary(within count: Int) -> Int { ends.last { $0 <= count } ?? 0 }

  /// How many records end behind `position`.
  func count(behind position: Int) -> Int { ends.count { $0 > position } }
}
