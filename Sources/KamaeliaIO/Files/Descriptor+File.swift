import CSystem
import Glibc

extension Descriptor {
  /// The facts of the open file. Asking does not wait, save on a network's disk.
  package func facts() throws(SystemError) -> FileFacts {
    try use(.inspect) { number throws(SystemError) in
      var facts = stat()
      try system(.inspect, name) { fstat(number, &facts) }
      return FileFacts(facts)
    }
  }

  /// Brings what was written to the disk (fsync).
  ///
  /// - Parameter metadata: whether times are brought there as well; without them (fdatasync) it is quicker, and the
  ///   contents are as safe.
  package func sync(metadata: Bool = true) async throws {
    try await threads.offload {
      try self.use(.sync) { number throws(SystemError) in
        _ = try system(.sync, self.name) { metadata ? fsync(number) : fdatasync(number) }
      }
    }
  }

  /// Goes to `position`, in bytes from the start, for the next read or write.
  package func seek(to position: Int64) throws(SystemError) {
    try use(.position) { number throws(SystemError) in
      _ = try system(.position, name) { lseek(number, off_t(position), SEEK_SET) }
    }
  }

  /// Where the next read or write is, in bytes from the start.
  package func position() throws(SystemError) -> Int64 {
    try use(.position) { number throws(SystemError) in
      Int64(try system(.position, name) { lseek(number, 0, SEEK_CUR) })
    }
  }

  /// Goes forward to where something was written, if nothing was at the position; stays where the file has ended, and
  /// where its system knows of no holes.
  package func skipHole() async throws {
    try await threads.offload {
      try self.use(.position) { number throws(SystemError) in
        let position = try system(.position, self.name) { lseek(number, 0, SEEK_CUR) }
        // To look behind the end is an error and moves nothing.
        _ = lseek(number, position, csys_seek_data)
      }
    }
  }

  /// Cuts the file off, or fills it up with zeros, at `size` bytes: so that a record which the disk had no room for
  /// is not left there in part.
  package func truncate(to size: Int64) async throws {
    try await threads.offload {
      try self.use(.write) { number throws(SystemError) in
        _ = try system(.write, self.name) { ftruncate(number, off_t(size)) }
      }
    }
  }
}
