import Glibc
import Testing

@testable import KamaeliaIO

/// What is open in a process, and what each leads to.
func openDescriptors(of process: String = "self") -> [Int32: String] {
  guard let folder = opendir("/proc/\(process)/fd") else { return [:] }
  defer { closedir(folder) }
  var open: [Int32: String] = [:]
  while let entry = readdir(folder) {
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    guard let number = Int32(name), process != "self" || number != dirfd(folder) else { continue }
    var target = [UInt8](repeating: 0, count: 4096)
    let size = target.withUnsafeMutableBytes { bytes in
      readlink("/proc/\(process)/fd/\(number)", bytes.baseAddress!, bytes.count)
    }
    // Another thread has closed it meanwhile.
    guard size >= 0 else { continue }
    open[number] = String(decoding: target.prefix(size), as: UTF8.self)
  }
  return open
}

/// What is open now and was not `before`; what earlier tests left to be closed on other threads may go meanwhile.
func opened(since before: [Int32: String]) -> [Int32: String] {
  openDescriptors().filter { before[$0.key] != $0.value }
}

/// The mode of the open file behind `number`.
func statusFlags(_ number: Int32) -> Int32 { fcntl(number, F_GETFL) }

/// A folder among the temporary files for one test, deleted with all in it afterwards.
func withTemporaryFolder<Result>(
  _ body: (String) async throws -> Result
) async throws -> Result {
  let parent = Environment.current["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? P_tmpdir
  var template = Array("\(parent)/kamaelia-io-XXXXXX".utf8CString)
  let made: String? = template.withUnsafeMutableBufferPointer { buffer in
    buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
  }
  let path = try #require(made)
  do {
    let result = try await body(path)
    _ = try await deleteAll(path)
    return result
  } catch {
    _ = try await deleteAll(path)
    throw error
  }
}

private func deleteAll(_ path: String) async throws -> Exit {
  try await Child.start(Launch("/bin/rm", ["-rf", path])).exitStatus()
}

/// A value that closures of several tasks share.
final class Shared<Value: Sendable>: Sendable {
  private let lock: Lock<Value>

  init(_ value: Value) { lock = Lock(value) }

  func withLock<Result: Sendable>(_ body: (inout Value) -> Result) -> Result { lock.withLock { body(&$0) } }
}
