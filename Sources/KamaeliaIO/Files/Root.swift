import CSystem
import Glibc

/// A folder that paths may not lead out of: not by `..`, not as absolute paths, not by links.
///
/// The kernel sees to it where it can (openat2 with RESOLVE_BENEATH); elsewhere the path is walked step by step, each
/// folder held open, so that renaming one on the way changes nothing.
package final class Root: Sendable {
  /// The folder's own path, without links.
  package let path: String
  private let number: Int32
  private let asksKernel: Bool

  /// - Throws: ``SystemError`` if `path` is no folder.
  package convenience init(_ path: String) throws(SystemError) { try self.init(path, asksKernel: true) }

  init(_ path: String, asksKernel: Bool) throws(SystemError) {
    try File.check(path, .inspect)
    let number = try system(.inspect, path) { Glibc.open(path, csys_place_only | O_DIRECTORY | O_CLOEXEC) }
    do throws(SystemError) {
      self.path = try Self.path(of: number, path)
    } catch {
      _ = close(number)
      throw error
    }
    self.number = number
    self.asksKernel = asksKernel
  }

  deinit { _ = close(number) }

  /// Opens a file below the folder.
  ///
  /// - Parameter path: relative to the folder; `..` may occur in it as long as it stays below.
  /// - Throws: ``SystemError``, with `EXDEV` if the path leads out.
  package func open(
    _ path: String, for access: File.Access, permissions: mode_t = 0o666, threads: BlockingThreads = .shared
  ) async throws -> Descriptor {
    try await threads.offload {
      let number = try self.locate(
        path, access.flags | O_NONBLOCK | O_NOCTTY, permissions, access.operation)
      return try Descriptor(opened: number, path: path, access: access, threads: threads)
    }
  }

  /// The real path, without links, of something that exists below the folder.
  ///
  /// - Throws: ``SystemError``, with `EXDEV` if the path leads out.
  package func resolve(_ path: String) throws(SystemError) -> String {
    let found = try locate(path, csys_place_only, 0, .inspect)
    defer { _ = close(found) }
    return try Self.path(of: found, path)
  }

  private func locate(
    _ path: String, _ flags: Int32, _ mode: mode_t, _ operation: SystemError.Operation
  ) throws(SystemError) -> Int32 {
    try File.check(path, operation)
    if asksKernel {
      let isNew = flags & O_CREAT != 0
      let found = csys_open_beneath(number, path, UInt64(UInt32(bitPattern: flags)), isNew ? UInt64(mode) : 0)
      if found >= 0 { return found }
      // EPERM: a sandbox that does not know the call.
      guard errno == ENOSYS || errno == EPERM else { throw .latest(operation, path) }
    }
    do throws(SystemError) {
      return try PathWalk(root: number).open(path, flags, mode)
    } catch {
      throw SystemError(errno: error.errno, operation: operation, path: path)
    }
  }

  private static func path(of number: Int32, _ name: String) throws(SystemError) -> String {
    var target = [UInt8](repeating: 0, count: Int(PATH_MAX) + 1)
    let size = try system(.inspect, name) {
      target.withUnsafeMutableBytes { bytes in
        bytes.withMemoryRebound(to: CChar.self) { characters in
          guard let start = characters.baseAddress else { return -1 }
          return readlink("/proc/self/fd/\(number)", start, characters.count)
        }
      }
    }
    return String(decoding: target[..<size], as: UTF8.self)
  }
}
