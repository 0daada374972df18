import Kamaelia
import KamaeliaIO

/// When a file that is written makes room for a new one, and what becomes of it.
struct Rotation {
  let size: Size?
  let age: Duration?
  /// How many old files there are at most.
  let keep: Int

  /// Whether the file is to be put away before `bytes` more are written to it.
  func isDue(_ file: RecordFile, adding bytes: Int, opened: Instant) -> Bool {
    // A file is never put away empty, however large the record.
    guard file.size > 0 else { return false }
    if let size, file.size + Int64(bytes) > Int64(size.bytes) { return true }
    return age.map { Time.now - opened >= $0 } ?? false
  }

  /// The same for a message with what follows it.
  func isDue(_ file: RecordFile, adding message: AnyMessage, end: String, opened: Instant) -> Bool {
    guard size != nil || age != nil else { return false }
    var batch = RecordBatch()
    batch.append(message, end: end)
    return isDue(file, adding: batch.bytes.count, opened: opened)
  }

  /// Gives `path` the name `path.1`, `path.1` the name `path.2` and so on; the oldest goes.
  ///
  /// - Returns: the new name; nil where none is kept, and where others have put the file away themselves.
  func putAway(_ path: String) async throws -> String? {
    do {
      if keep == 0 {
        try await File.delete(path)
        return nil
      }
      for number in stride(from: keep, through: 2, by: -1) {
        do {
          try await File.rename("\(path).\(number - 1)", to: "\(path).\(number)")
        } catch let error as SystemError where error.isMissing {
          continue
        }
      }
      try await File.rename(path, to: "\(path).1")
      return "\(path).1"
    } catch let error as SystemError where error.isMissing {
      return nil
    }
  }
}
