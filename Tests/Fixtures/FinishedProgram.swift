import Foundation
import Glibc

/// A program run to its end by a test.
package struct FinishedProgram: Sendable {
  /// Its exit status; -1 where a signal ended it.
  package let status: Int32
  /// What it wrote, errors too.
  package let output: String

  /// Runs a program.
  ///
  /// - Parameters:
  ///   - words: program and arguments; the program is looked for in PATH.
  ///   - input: what it reads.
  /// - Returns: nil if there is no such program.
  package static func run(_ words: [String], input: String = "") throws -> FinishedProgram? {
    let folder = FileManager.default.temporaryDirectory.appending(path: "kamaelia-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(input.utf8).write(to: folder.appending(path: "in"))
    // The shell puts the files in place, and 127 is its word for a program that it cannot find.
    let script = #"exec "$@" <"$0/in" >"$0/out" 2>&1"#
    let arguments = ["sh", "-c", script, folder.path] + words
    var pointers = arguments.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    var id = pid_t()
    guard posix_spawnp(&id, "sh", nil, nil, &pointers, environ) == 0 else { return nil }
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0, errno == EINTR {}
    let code = status & 0x7F == 0 ? status >> 8 & 0xFF : -1
    if code == 127 { return nil }
    return FinishedProgram(
      status: code, output: String(decoding: try Data(contentsOf: folder.appending(path: "out")), as: UTF8.self))
  }
}
