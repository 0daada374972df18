import CSystem
import Glibc

extension Descriptor {
  /// Makes a pipe whose two ends are ours.
  package static func pipe(
    named name: String, threads: BlockingThreads = .shared
  ) throws(SystemError) -> (reading: Descriptor, writing: Descriptor) {
    let (reading, writing) = try rawPipe(named: name)
    let first: Descriptor
    do {
      first = try Descriptor(owning: reading, name: name, threads: threads)
    } catch {
      _ = Glibc.close(writing)
      throw error
    }
    return (first, try Descriptor(owning: writing, name: name, threads: threads))
  }

  /// How many bytes of a pipe nobody has read yet; 0 where it is none.
  package var unread: Int { withNumber { max(0, Int(csys_unread($0))) } ?? 0 }

  /// The end to read from of the pipe that this is the other end of, to ask what is left in it once this one is closed.
  package var reader: Descriptor? {
    let number = withNumber { open("/proc/self/fd/\($0)", O_RDONLY | O_CLOEXEC | O_NONBLOCK) } ?? -1
    guard number >= 0 else { return nil }
    do throws(SystemError) { return try Descriptor(owning: number, name: name, threads: threads) } catch { return nil }
  }

  /// Ends the read that waits, and those to come, as soon as there is nothing to read.
  package func stopReading() { interest?.stopReading() }

  /// Two plain numbers, blocking, closed on exec.
  static func rawPipe(named name: String) throws(SystemError) -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [-1, -1]
    try system(.makePipe, name) { csys_pipe(&ends) }
    return (ends[0], ends[1])
  }
}
