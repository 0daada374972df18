import Kamaelia
import KamaeliaIO

/// A file that records are written to, each whole or not at all.
struct RecordFile {
  /// What happens to records that the disk has no room for.
  enum Policy: String, ChoiceParameter {
    /// They wait, and so do those who send them; it is tried again every second.
    case wait
    /// They are dropped, counted and reported.
    case drop
    /// It is an error.
    case fail
  }

  let path: String
  let descriptor: Descriptor
  /// Bytes in the file, as far as it is known here.
  private(set) var size: Int64
  /// Whether a part of a record can be taken back: not so for pipes and devices.
  private let isRegular: Bool
  /// Records that were dropped.
  private var lost = 0

  /// Takes over a file that is open for writing at its end.
  init(_ descriptor: Descriptor, path: String) throws(SystemError) {
    let facts = try descriptor.facts()
    self.path = path
    self.descriptor = descriptor
    size = facts.size
    isRegular = facts.kind == .file
  }

  /// Writes the records of a batch.
  ///
  /// Where the disk is full, what was written of the record that did not fit is cut off again, so that whoever reads
  /// the file, then or after a crash, finds whole records only.
  ///
  /// - Throws: ``SystemError``; ``Stopped`` when the reader of a pipe has gone.
  mutating func write(_ batch: RecordBatch, whenFull policy: Policy) async throws {
    var start = 0
    var hasWaited = false
    while start < batch.bytes.count {
      do {
        let from = start
        try await outside { [descriptor] in try await descriptor.write(batch.bytes, from: from) }
        size += Int64(batch.bytes.count - start)
        start = batch.bytes.count
      } catch let error as SystemError where error.isBrokenPipe {
        throw Stopped()
      } catch let error as SystemError where error.isFull {
        start = try await recover(batch, start: start, written: error.transferred)
        switch policy {
        case .fail: throw error
        case .drop:
          if lost == 0 { Notice.warning("there is no room to write to `\(path)`: messages are dropped") }
          lost += batch.count(behind: start)
          return
        case .wait:
          if !hasWaited { Notice.warning("there is no room to write to `\(path)`: tries again every second") }
          hasWaited = true
          try await Time.sleep(for: .seconds(1))
        }
      }
    }
    if hasWaited { Notice.note("there is room again to write to `\(path)`") }
  }

  /// Whether the path still leads to this file; pipes and devices are taken to stay. Takes note of its size, too, which
  /// others may have changed.
  mutating func isInPlace() async throws -> Bool {
    guard isRegular else { return true }
    do {
      let facts = try await outside { [path] in try await File.facts(of: path) }
      let own = try descriptor.facts()
      size = own.size
      return facts.isSameFile(as: own)
    } catch let error as SystemError where error.isMissing {
      return false
    }
  }

  /// Whether the file has no name any more. Takes note of its size, too, which others may change.
  mutating func isDeleted() throws -> Bool {
    guard isRegular else { return false }
    let facts = try descriptor.facts()
    size = facts.size
    return facts.links == 0
  }

  /// Says how many records were dropped; nothing where all were written.
  func reportLosses() {
    if lost > 0 { Notice.warning("\(counted(lost, "message")) for `\(path)` \(lost == 1 ? "was" : "were") dropped") }
  }

  /// Cuts off what was written of a record that did not fit.
  ///
  /// - Returns: where in the batch to go on.
  private mutating func recover(_ batch: RecordBatch, start: Int, written: Int) async throws -> Int {
    let reached = start + written
    size += Int64(written)
    let boundary = max(start, batch.boundary(within: reached))
    // Where others append to the file as well, what is at its end may be theirs.
    guard isRegular, boundary < reached, try descriptor.facts().size == size else { return reached }
    let whole = size - Int64(reached - boundary)
    try await outside { [descriptor] in
      try await descriptor.truncate(to: whole)
      try descriptor.seek(to: whole)
    }
    size = whole
    return boundary
  }
}
