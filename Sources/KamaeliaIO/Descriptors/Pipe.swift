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

  /// Two plain numbers, blocking, closed on exec.
  static func rawPipe(named name: String) throws(SystemError) -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [-1, -1]
    try system(.makePipe, name) { csys_pipe(&ends) }
    return (ends[0], ends[1])
  }
}
