import Foundation
import Glibc
import Testing

/// A folder for one test, deleted with it.
final class Scratch: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "kamaelia-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  }

  deinit { _ = try? FileManager.default.removeItem(atPath: path) }

  subscript(name: String) -> String { "\(path)/\(name)" }

  /// Makes a file or replaces what is in it, without replacing the file itself.
  func write(_ name: String, _ text: String) throws { try put(name, text, O_TRUNC) }

  func append(_ name: String, _ text: String) throws { try put(name, text, O_APPEND) }

  private func put(_ name: String, _ text: String, _ flag: Int32) throws {
    let file = open(self[name], O_WRONLY | O_CREAT | flag, 0o644)
    try #require(file >= 0)
    defer { close(file) }
    try #require(Glibc.write(file, text, text.utf8.count) == text.utf8.count)
  }

  func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: self[name], withIntermediateDirectories: false)
  }

  /// Makes a link, or makes an old one lead elsewhere: at once, or as `ln -sfn` does, deleting the old one first.
  func link(_ name: String, to target: String, isAtOnce: Bool = true) throws {
    if !isAtOnce { try delete(name) }
    try FileManager.default.createSymbolicLink(atPath: self[name + ".new"], withDestinationPath: target)
    try rename(name + ".new", to: name)
  }

  func rename(_ name: String, to new: String) throws { try #require(Glibc.rename(self[name], self[new]) == 0) }

  func delete(_ name: String) throws { try FileManager.default.removeItem(atPath: self[name]) }

  /// What is in a file; nil if there is none.
  func read(_ name: String) -> String? {
    FileManager.default.contents(atPath: self[name]).map { String(decoding: $0, as: UTF8.self) }
  }

  var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? [] }
}
